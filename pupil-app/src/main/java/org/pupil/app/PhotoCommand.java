package org.pupil.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pupil.errors.OneLine;

/** A command to type that asks a model about a photo. */
final class PhotoCommand {
  private PhotoCommand() {}

  /**
   * The command in parts, between which a line may be broken.
   *
   * @param launcher how Pupil is called
   * @param name such as {@code label_image}
   * @param graph the model; not named if it is the one that is taken anyway
   * @param image the photo, as it is to be typed
   */
  static List<String> parts(Launcher launcher, String name, Path graph, String image) {
    List<String> parts = new ArrayList<>();
    parts.add(launcher.line(name));
    if (!graph.equals(DefaultPlaces.graph())) {
      parts.add("--graph " + ShellWord.of(graph));
    }
    parts.add("--image " + image);
    return parts.stream().map(OneLine::of).toList();
  }

  /** Whether a path can be typed as it is read. */
  static boolean canBeTyped(Path path) {
    String text = path.toString();
    return OneLine.isSafe(text) && text.indexOf('\ufffd') < 0;
  }
}
