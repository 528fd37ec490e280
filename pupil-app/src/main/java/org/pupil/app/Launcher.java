package org.pupil.app;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How Pupil is called from where the person stands, so that a line that is to be typed works there.
 *
 * @param command the words before a command's name, quoted where a shell needs it
 */
record Launcher(String command) {
  /** Where nothing is known, and in documents. */
  static final Launcher PLAIN = new Launcher("pupil");

  private static final String TYPED = "PUPIL_LAUNCHER";

  /**
   * What the launcher says of itself.
   *
   * @param environment of which {@code PUPIL_LAUNCHER} (the launcher's path as it was started) and
   *     {@code PATH} are looked at
   */
  static Launcher of(Map<String, String> environment) {
    String typed = environment.getOrDefault(TYPED, "");
    if (typed.isEmpty()) {
      return PLAIN;
    }
    try {
      Path launcher = Path.of(typed);
      Path name = launcher.getFileName();
      if (name != null && isFoundAs(name, launcher, environment.getOrDefault("PATH", ""))) {
        return new Launcher(ShellWord.of(name.toString()));
      }
      boolean isExecutable = Files.isExecutable(launcher) || File.separatorChar == '\\';
      return new Launcher((isExecutable ? "" : "sh ") + ShellWord.of(typed));
    } catch (InvalidPathException e) {
      return PLAIN;
    }
  }

  /** Whether a shell that looked for this name found the launcher. */
  private static boolean isFoundAs(Path name, Path launcher, String searched) {
    for (String folder : searched.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder).resolve(name);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return candidate.equals(launcher);
      }
    }
    return false;
  }

  /**
   * The folder that the launcher is in, which has the example photos, too.
   *
   * @param environment of which {@code PUPIL_LAUNCHER} is looked at
   * @return empty if nothing is known
   */
  static Optional<Path> folder(Map<String, String> environment) {
    String typed = environment.getOrDefault(TYPED, "");
    try {
      return typed.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(Path.of(typed).toAbsolutePath().getParent());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Whether the command is just {@code pupil}. */
  boolean isPlain() {
    return command.equals(PLAIN.command);
  }

  /** A line to type: {@code ./pupil label_image --image some.jpg}. */
  String line(String rest) {
    return command + " " + rest;
  }
}
