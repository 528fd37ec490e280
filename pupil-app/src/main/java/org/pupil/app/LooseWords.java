package org.pupil.app;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Says what is meant by words that belong to no flag: most often a path with a space that is not
 * quoted, or one whose flag was forgotten.
 */
final class LooseWords {
  private static final String IMAGE_DIR = "--image_dir";
  private static final String LOGDIR = "--logdir";

  private final CommandName command;
  private final Launcher launcher;
  private final TypedPaths paths;

  LooseWords(CommandName command, Launcher launcher, TypedPaths paths) {
    this.command = command;
    this.launcher = launcher;
    this.paths = paths;
  }

  /**
   * One line about a loose word.
   *
   * @param arguments all of them, flags as {@code --flag=value}
   * @param loose the first that belongs to no flag
   * @throws org.pupil.errors.PupilException if it is a path that cannot be read
   */
  String message(List<String> arguments, String loose) {
    int at = Math.max(0, arguments.indexOf(loose));
    String start = FlagNames.shown(loose) + " is neither a flag nor the value of one";
    String before = at == 0 ? "" : arguments.get(at - 1);
    Optional<String> quoted =
        before.startsWith("--") && before.indexOf('=') > 0
            ? quoted(before, arguments.subList(at, arguments.size()))
            : Optional.empty();
    if (quoted.isPresent()) {
      return start + ": " + quoted.get();
    }
    return switch (command) {
      case RETRAIN, CHECK, EVALUATE, TUNE -> start + ": " + forgotten(arguments, IMAGE_DIR, loose);
      case BOARD -> start + ": " + forgotten(arguments, LOGDIR, loose);
      case LABEL_IMAGE, EXPLAIN, EXPORT -> unreadable(loose).orElse(start);
      case DATASET, DOCTOR, CLEAN, SELF_CHECK, COMPLETION, WORKSHOP -> start;
    };
  }

  /** A photo's name is loose only because the parser could not read it, and does not say why. */
  private Optional<String> unreadable(String photo) {
    if (photo.isEmpty()) {
      return Optional.of("--image must be the name of a file or folder, was empty");
    }
    if (!photo.startsWith("-")) {
      paths.path(photo); // says why
    }
    return Optional.empty();
  }

  /** Words that are a path together with the value before them. */
  private static Optional<String> quoted(String flagAndValue, List<String> words) {
    int equals = flagAndValue.indexOf('=');
    String flag = flagAndValue.substring(0, equals);
    String value = flagAndValue.substring(equals + 1);
    StringBuilder joined = new StringBuilder(value);
    for (String word : words) {
      if (word.startsWith("--")) {
        break;
      }
      joined.append(' ').append(word);
      if (exists(joined.toString())) {
        String path = ShellWord.of(joined.toString());
        return Optional.of("quote a name with a space, %s %s".formatted(flag, path));
      }
    }
    return Optional.empty();
  }

  private static boolean exists(String path) {
    try {
      return Files.exists(Path.of(path), LinkOption.NOFOLLOW_LINKS);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private String forgotten(List<String> arguments, String flag, String loose) {
    boolean isGiven = arguments.stream().anyMatch(argument -> argument.startsWith(flag + "="));
    return isGiven
        ? "a name with a space is typed in quotes"
        : "type " + launcher.line("%s %s %s".formatted(command.typed(), flag, ShellWord.of(loose)));
  }
}
