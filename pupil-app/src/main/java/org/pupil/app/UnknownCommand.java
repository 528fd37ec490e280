package org.pupil.app;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pupil.errors.EditDistance;
import org.pupil.errors.PupilException;

/** Says what is meant by a word that stands where a command should. */
final class UnknownCommand {
  /** A wrong letter more than these, and it is another word. */
  private static final int MOST_WRONG_LETTERS = 2;

  /** What others call it. */
  private static final Map<String, CommandName> OTHER_WORDS =
      Map.ofEntries(
          Map.entry("train", CommandName.RETRAIN),
          Map.entry("learn", CommandName.RETRAIN),
          Map.entry("fit", CommandName.RETRAIN),
          Map.entry("predict", CommandName.LABEL_IMAGE),
          Map.entry("classify", CommandName.LABEL_IMAGE),
          Map.entry("recognize", CommandName.LABEL_IMAGE),
          Map.entry("test", CommandName.LABEL_IMAGE),
          Map.entry("show", CommandName.BOARD),
          Map.entry("serve", CommandName.BOARD),
          Map.entry("logs", CommandName.BOARD));

  private UnknownCommand() {}

  static PupilException of(String word, Launcher launcher) {
    return PupilException.usage(
        "there is no command %s: %s (commands are %s; %s tells more)"
            .formatted(
                FlagNames.shown(word),
                meant(word, launcher),
                String.join(
                    ", ", Arrays.stream(CommandName.values()).map(CommandName::typed).toList()),
                launcher.line("--help")));
  }

  private static String meant(String word, Launcher launcher) {
    Optional<Path> file = existing(word);
    if (file.isPresent()) {
      String path = ShellWord.of(file.get());
      return Files.isDirectory(file.get())
          ? "to train on the photos in that folder, type "
              + launcher.line("retrain --image_dir " + path)
          : "to label that photo, type " + launcher.line("label_image --image " + path);
    }
    return (word.equalsIgnoreCase("version")
            ? Optional.of("--version")
            : nearest(word).map(CommandName::typed))
        .map(typed -> "did you mean " + launcher.line(typed) + "?")
        .orElse("say first what to do");
  }

  private static Optional<Path> existing(String word) {
    try {
      return Optional.of(Path.of(word)).filter(Files::exists);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<CommandName> nearest(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(OTHER_WORDS.get(lower))
        .or(
            () ->
                Arrays.stream(CommandName.values())
                    .filter(command -> distance(command, lower) <= MOST_WRONG_LETTERS)
                    .min(Comparator.comparingInt(command -> distance(command, lower))));
  }

  private static int distance(CommandName command, String word) {
    return Math.min(
        EditDistance.between(command.typed(), word), EditDistance.between(command.alias(), word));
  }
}
