package org.pupil.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.FileTrouble;
import org.pupil.files.WholeFile;

/**
 * The folder of one run, {@code runs/NAME}. It is made in one call of the system that fails if it
 * is there already, so two runs at once get two.
 *
 * <p>{@code runs/newest} is a file with one line: the name of the run that finished last.
 *
 * @param runs the folder that has a folder for each run
 * @param name this run's
 * @param before the run that had finished last when this one began
 */
public record RunFolder(Path runs, String name, Optional<String> before) {
  /** Name of the folder of all runs. */
  static final String RUNS = "runs";

  private static final String NEWEST = "newest";

  /** What the board calls {@code pupil-model/logs}, where Pupil kept logs before it kept runs. */
  private static final String OLD_LOGS = "logs";

  private static final int LONGEST_NAME = 100;

  /** A file's name has 255 bytes at most; some are for the number of a name that is taken. */
  private static final int MOST_BYTES = 240;

  /** What Windows takes for a device, whatever stands behind a dot. */
  private static final Pattern RESERVED =
      Pattern.compile(
          "(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\\s*(\\..*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NUMBERED = Pattern.compile("run-(\\d{1,9})");

  /** No separators of any system, and nothing that a terminal or a shell takes for more. */
  private static final Pattern PLAIN_NAME =
      Pattern.compile("[^./\\\\:*?\"<>|\\p{C}][^/\\\\:*?\"<>|\\p{C}]*");

  /**
   * @throws PupilException (usage) if a folder cannot have this name everywhere
   */
  static void checkName(String name) {
    if (!isName(name)) {
      throw PupilException.usage(
          Message.of(
              Setting.RUN_NAME,
              " must be a plain file name, such as slow-2: no slash, no dot at its beginning,"
                  + " at most %d characters and %d bytes, nothing that Windows keeps for itself; was %s"
                      .formatted(LONGEST_NAME, MOST_BYTES, name.replaceAll("\\p{C}", "?"))));
    }
    if (name.equalsIgnoreCase(NEWEST)) {
      throw PupilException.usage(
          Message.of(
              Setting.RUN_NAME,
              " must not be " + name + ": the file of that name says which run is the newest"));
    }
    if (name.equalsIgnoreCase(OLD_LOGS)) {
      throw PupilException.usage(
          Message.of(
              Setting.RUN_NAME,
              " must not be " + name + ": the board calls the logs of an older Pupil so"));
    }
  }

  private static boolean isName(String name) {
    return name.length() <= LONGEST_NAME
        && name.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
        && !name.endsWith(".")
        && !RESERVED.matcher(name).matches()
        && PLAIN_NAME.matcher(name).matches()
        && name.equals(name.strip());
  }

  /**
   * Makes the folder.
   *
   * @param wanted its name, with {@code -2}, {@code -3} ... behind it if that is taken; empty for
   *     the next {@code run-N}
   * @throws PupilException (unavailable) if it cannot be made
   */
  public static RunFolder make(Path runs, Optional<String> wanted) {
    try {
      if (!Files.isDirectory(runs)) {
        Files.createDirectories(runs);
      }
      Optional<String> before = newest(runs);
      int number = wanted.isPresent() ? 1 : lastNumber(runs) + 1;
      while (true) {
        String name = wanted.isPresent() ? numbered(wanted.get(), number) : "run-" + number;
        try {
          Files.createDirectory(runs.resolve(name));
          return new RunFolder(runs, name, before);
        } catch (FileAlreadyExistsException taken) {
          number++;
        }
      }
    } catch (IOException e) {
      throw PupilException.unavailable(
          Message.of(
              "cannot make a folder for this run in " + runs + ": " + FileTrouble.reason(e) + "; ",
              Setting.OUTPUT_GRAPH,
              ", ",
              Setting.OUTPUT_LABELS,
              " and ",
              Setting.SUMMARIES_DIR,
              " choose other places"),
          e);
    }
  }

  private static String numbered(String wanted, int number) {
    return number == 1 ? wanted : wanted + "-" + number;
  }

  private static int lastNumber(Path runs) throws IOException {
    int last = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(runs)) {
      for (Path entry : entries) {
        Matcher matcher = NUMBERED.matcher(entry.getFileName().toString());
        if (matcher.matches()) {
          last = Math.max(last, Integer.parseInt(matcher.group(1)));
        }
      }
    }
    return last;
  }

  /** The run that finished last; empty if there is none, or somebody has taken it away. */
  private static Optional<String> newest(Path runs) {
    Path file = runs.resolve(NEWEST);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      String name = new String(in.readNBytes(4 * LONGEST_NAME), StandardCharsets.UTF_8).strip();
      return isName(name) && Files.isDirectory(runs.resolve(name))
          ? Optional.of(name)
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty(); // it is only a word in a sentence
    }
  }

  /** Where this run's files are. */
  public Path path() {
    return runs.resolve(name);
  }

  /** Where the run's files are that had finished before. */
  public Optional<Path> pathBefore() {
    return before.map(runs::resolve);
  }

  /** Says that this run is the one that finished last. */
  void markNewest() {
    WholeFile.write(runs.resolve(NEWEST), name + "\n");
  }
}
