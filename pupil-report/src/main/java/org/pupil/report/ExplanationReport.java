package org.pupil.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupil.errors.OneLine;
import org.pupil.errors.PupilException;
import org.pupil.explain.Explanation;
import org.pupil.explain.HeatMap;
import org.pupil.labelling.LabelProbability;

/**
 * The report of explanations, {@code explanation.jte}: of the first {@value #MOST_IN_FULL} photos
 * the answer, the heat map, the most similar training photos, and what the model says when the
 * photo is changed a little; of the others a row each. However many photos there are, the report
 * and what is kept for it are bounded: photos beyond the last row are counted.
 */
public final class ExplanationReport {
  /** Whoever wants to see more of a photo explains it alone. */
  static final int MOST_IN_FULL = 20;

  /** So that the report stays below 5 MB, with the pictures. */
  private static final int MOST_BYTES_OF_ROWS = 500_000;

  /** What stands around the texts of a row. */
  private static final int BYTES_OF_A_ROW = 150;

  /** That of an ampersand. */
  private static final int LONGEST_ESCAPE = 5;

  private static final int MOST_LABELS = 10;

  /** No name has such a mark itself: it would be escaped. */
  private static final Pattern PART = Pattern.compile("\u2068([^\u2069]*)\u2069|[^\u2068\u2069]+");

  private final PhotoPictures pictures;
  private final List<Full> full = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private int photos;
  private int bytesOfRows;

  /**
   * A report that has no photos yet.
   *
   * @param pictures of the photos that are shown
   */
  public ExplanationReport(PhotoPictures pictures) {
    this.pictures = pictures;
  }

  /**
   * A photo that is shown in full.
   *
   * @param explanation without its heat map
   * @param maps empty if there is no heat map
   */
  public record Full(Explanation explanation, Optional<Maps> maps) {}

  /**
   * A heat map.
   *
   * @param photo its picture, as a {@code data:} address; empty if the report has enough pictures
   * @param panels the photo with the map of each label
   * @param scale what the strongest colour stands for
   */
  public record Maps(String photo, List<Panel> panels, String scale) {
    public Maps {
      panels = List.copyOf(panels);
    }
  }

  /**
   * A map over the photo.
   *
   * @param picture as a {@code data:} address; empty if the report has enough pictures
   * @param title the label and its probability
   */
  public record Panel(String picture, String title) {}

  /**
   * A photo of which little is said.
   *
   * @param image what the photo is called
   * @param sentence what the model says, or why the photo cannot be read, on one line
   * @param steadiness how many changes leave the answer as it is; empty if it cannot be read
   */
  public record Row(String image, String sentence, String steadiness) {}

  /** Adds a photo. Nothing is kept of it that the report does not show. */
  public void add(Explanation explanation) {
    photos++;
    if (full.size() < MOST_IN_FULL) {
      full.add(new Full(withoutHeatMap(explanation), explanation.heatMap().map(this::maps)));
    } else {
      add(
          new Row(
              explanation.image(),
              sentence(explanation),
              "%d of %d".formatted(explanation.unchanged(), explanation.changes().size())));
    }
  }

  /**
   * Adds a photo that could not be read.
   *
   * @param image what it is called
   */
  public void addUnreadable(String image, String reason) {
    photos++;
    add(new Row(image, OneLine.of(reason), ""));
  }

  private void add(Row row) {
    int bytes = BYTES_OF_A_ROW + bytes(OneLine.of(row.image)) + bytes(row.sentence);
    if (bytesOfRows + bytes <= MOST_BYTES_OF_ROWS) {
      bytesOfRows += bytes;
      rows.add(row);
    } else {
      bytesOfRows = MOST_BYTES_OF_ROWS; // a short one after a long one would look forgotten
    }
  }

  /** What a text takes at most: some characters are escaped, others are of several bytes. */
  private static int bytes(String text) {
    int escaped = (int) text.chars().filter(character -> "<>&".indexOf(character) >= 0).count();
    return text.getBytes(StandardCharsets.UTF_8).length + (LONGEST_ESCAPE - 1) * escaped;
  }

  /** The pixels of the photo are not kept. */
  private static Explanation withoutHeatMap(Explanation explanation) {
    return new Explanation(
        explanation.image(),
        explanation.labels(),
        explanation.trust(),
        Optional.empty(),
        explanation.similar(),
        explanation.changes(),
        explanation.missing());
  }

  private Maps maps(HeatMap map) {
    String photo = pictures.ofJpeg(map.photoJpeg());
    List<byte[]> overlays = map.overlays();
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < overlays.size(); i++) {
      panels.add(new Panel(pictures.ofJpeg(overlays.get(i)), map.panels().get(i).title()));
    }
    return new Maps(photo, panels, map.scale());
  }

  /**
   * Writes the report.
   *
   * @param about which model was asked, in a few words
   * @param made when and by what, for its foot
   * @param file where to; replaced if it is there
   * @throws PupilException (unavailable) if it cannot be written
   */
  public void write(Path file, String about, String made) {
    new Templates()
        .write(
            file,
            "explanation.jte",
            Map.of("report", this, "pictures", pictures, "about", about, "made", made));
  }

  /** The photos that are shown in full. */
  public List<Full> full() {
    return List.copyOf(full);
  }

  /** The photos that have a row. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /** How many photos there are. */
  public int photos() {
    return photos;
  }

  /** How many photos have not even a row. */
  public int hidden() {
    return photos - full.size() - rows.size();
  }

  /** What the model says: each name keeps its own direction, and the sentence goes to the right. */
  public static String sentence(Explanation explanation) {
    return explanation.sentence(name -> "\u2068" + OneLine.of(name) + "\u2069");
  }

  /**
   * A part of a sentence.
   *
   * @param isName whether it is a label or the name of a photo, which may go in either direction
   */
  public record Part(String text, boolean isName) {}

  /** The parts of a sentence in which names stand between marks of their direction. */
  public static List<Part> parts(String sentence) {
    List<Part> parts = new ArrayList<>();
    Matcher part = PART.matcher(sentence);
    while (part.find()) {
      boolean isName = part.group(1) != null;
      parts.add(new Part(isName ? part.group(1) : part.group(), isName));
    }
    return parts;
  }

  /** The likeliest labels. */
  public static List<LabelProbability> labels(Explanation explanation) {
    return explanation.labels().stream().limit(MOST_LABELS).toList();
  }

  /** The last part of a path. */
  public static String fileName(String image) {
    return image.substring(Math.max(image.lastIndexOf('/'), image.lastIndexOf('\\')) + 1);
  }

  /** As {@link Numbers#percent}, but what is not certain is not called so, however near to it. */
  public static String percent(float probability) {
    String text = Numbers.percent(probability);
    if (probability < 1 && text.equals(Numbers.percent(1))) {
      return ">99.9 %";
    }
    return probability > 0 && text.equals(Numbers.percent(0)) ? "<0.1 %" : text;
  }

  /** A width in percent, for a bar. */
  public static String width(float probability) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * probability);
  }

  /** What could not be found out, with the flags' names. */
  public static List<String> missing(Explanation explanation) {
    return explanation.missing().stream()
        .map(message -> message.in(setting -> "--" + setting.withUnderscores()))
        .toList();
  }
}
