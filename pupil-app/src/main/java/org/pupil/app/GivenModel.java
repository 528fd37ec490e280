package org.pupil.app;

import java.nio.file.Files;
import java.nio.file.Path;
import org.pupil.errors.PupilException;
import org.pupil.model.Model;

/** The model that a person names, or the one of the run that finished last. */
final class GivenModel {
  private GivenModel() {}

  /**
   * Reads it.
   *
   * @param launcher how Pupil is called, for the message
   * @throws PupilException (bad model) as {@link Model#read(Path)}; if there is none, it says how
   *     to get one
   */
  static Model read(Path graph, Launcher launcher) {
    if (!Files.exists(graph)) {
      Path folder = graph.toAbsolutePath().normalize().getParent();
      throw PupilException.badModel(
          "there is no graph %s (looked in %s): go to the folder where you trained it, name the model with --graph FILE, or train one first: %s"
              .formatted(graph, folder, launcher.line("retrain --image_dir FOLDER")));
    }
    return Model.read(graph);
  }
}
