package org.pupil.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.WholeFile;
import org.pupil.run.PupilVersion;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The flag {@code --report}, which several commands have. */
final class ReportOption {
  /** What a page begins with, that of another program too. */
  private static final String HTML = "<!doctype html";

  private final CommandOption<Path> file =
      CommandOption.of(
          Path.class,
          OptionSpec.builder("--report")
              .paramLabel("FILE")
              .description(
                  "Also write the results as an HTML page, with photos and plots, and the words explained. It is one file, which needs no network. Default: none"));

  void addTo(CommandSpec command) {
    command.addOption(file.spec());
  }

  /** Where the page is to be; empty if none is wanted. */
  Optional<Path> file() {
    return file.given();
  }

  /**
   * Checks, before long work, that the page can be written, and that nothing else is lost by it.
   *
   * @throws PupilException (usage) if what is there is no page; (unavailable) if it cannot be
   *     written
   */
  void check() {
    file().ifPresent(ReportOption::check);
  }

  private static void check(Path file) {
    if (file.equals(GivenPhotos.STANDARD_INPUT)) {
      throw PupilException.usage(
          Message.of(
              Setting.REPORT,
              " goes into a file, not to standard output: name it, as report.html"));
    }
    WholeFile.checkWritable(Setting.REPORT, file);
    if (Files.isRegularFile(file) && !isPage(file)) {
      throw PupilException.usage(
          Message.of(
              Setting.REPORT,
              ": " + file + " is there and is no HTML page: delete it, or choose another name"));
    }
  }

  private static boolean isPage(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(HTML.length());
      String text = new String(start, US_ASCII).toLowerCase(Locale.ROOT);
      return text.equals(HTML) || Arrays.equals(start, new byte[0]);
    } catch (IOException e) {
      // It can be written but not read: nobody knows what would be lost.
      return false;
    }
  }

  /** The foot of a page. */
  static String made(Clock clock) {
    return "Made by Pupil %s on %s".formatted(PupilVersion.number(), LocalDate.now(clock));
  }
}
