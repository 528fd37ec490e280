package org.pupil.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reports among event files: HTML pages that Pupil made, by what they begin with. The board shows
 * those that it finds in the folders that it watches.
 */
public final class ReportFile {
  /** The name of the report that a training run writes beside its event files. */
  public static final String OF_RUN = "pupil-report.html";

  /** How the name of a report ends that the board looks at. */
  public static final String EXTENSION = ".html";

  /** The line by which a report is known; it stands in its first {@value #BEGINNING} bytes. */
  public static final String MARK = "<meta name=\"generator\" content=\"Pupil\">";

  /** Larger files are no reports. */
  public static final int MOST_BYTES = 8 << 20;

  private static final int BEGINNING = 2048;
  private static final Pattern TITLE = Pattern.compile("<title>([^<]{1,200})</title>");

  private ReportFile() {}

  /**
   * The title of a report, as text.
   *
   * @param file not opened if it is a link
   * @return empty if the file is no report, or cannot be read
   */
  public static Optional<String> title(Path file) {
    try (InputStream in = open(file)) {
      return title(new String(in.readNBytes(BEGINNING), UTF_8));
    } catch (IOException e) {
      return Optional.empty(); // just replaced, or nobody's to read
    }
  }

  /**
   * Reads a report whole.
   *
   * @param file not opened if it is a link
   * @return empty if the file is no report, is too large, or cannot be read
   */
  public static Optional<String> read(Path file) {
    try (InputStream in = open(file)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      String text = new String(content, UTF_8);
      return content.length > MOST_BYTES || title(text).isEmpty()
          ? Optional.empty()
          : Optional.of(text);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static InputStream open(Path file) throws IOException {
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static Optional<String> title(String page) {
    String beginning = page.substring(0, Math.min(page.length(), BEGINNING));
    Matcher title = TITLE.matcher(beginning);
    return beginning.contains(MARK) && title.find()
        ? Optional.of(unescaped(title.group(1)))
        : Optional.empty();
  }

  /** A report's template escapes these, and no others, in its title. */
  private static String unescaped(String html) {
    return html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
