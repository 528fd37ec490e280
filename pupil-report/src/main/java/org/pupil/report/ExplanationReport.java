package org.pupil.report;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pupil.errors.PupilException;
import org.pupil.explain.Explanation;
import org.pupil.labelling.LabelProbability;

/**
 * The report of explanations, {@code explanation.jte}: of each photo the answer, the heat map, the
 * most similar training photos, and what the model says when the photo is changed a little.
 *
 * @param about which model was asked, in a few words
 * @param made when and by what, for its foot
 */
public record ExplanationReport(List<Explanation> explanations, String about, String made) {
  private static final int MOST_LABELS = 10;

  public ExplanationReport {
    explanations = List.copyOf(explanations);
  }

  /**
   * Writes the report.
   *
   * @param file where to; replaced if it is there
   * @param pictures of the photos that are shown
   * @throws PupilException (unavailable) if it cannot be written
   */
  public void write(Path file, PhotoPictures pictures) {
    new Templates().write(file, "explanation.jte", Map.of("report", this, "pictures", pictures));
  }

  /** The heat map as a {@code data:} address; empty if there is none. */
  public static String heatMap(Explanation explanation) {
    return explanation
        .heatMap()
        .map(map -> "data:image/png;base64," + Base64.getEncoder().encodeToString(map.png()))
        .orElse("");
  }

  /** The likeliest labels. */
  public static List<LabelProbability> labels(Explanation explanation) {
    return explanation.labels().stream().limit(MOST_LABELS).toList();
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
