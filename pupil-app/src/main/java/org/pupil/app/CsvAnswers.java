package org.pupil.app;

import java.io.PrintStream;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.pupil.labelling.Float32Text;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.LabelledPhoto;
import org.pupil.labelling.Trust;

/**
 * Comma-separated values (RFC 4180), a row for each photo: {@code image,error,label,probability}
 * and then {@code label_2,probability_2} and so on. Where the model knows how far its answers can
 * be trusted, {@code familiarity,unlike_training,undecided} come last.
 */
final class CsvAnswers implements AnswerPrinter {
  private static final String LINE_END = "\r\n";
  private static final List<String> TRUST = List.of("familiarity", "unlike_training", "undecided");

  private final PrintStream out;
  private final int columns;
  private final boolean trust;
  private boolean begun;

  /**
   * @param columns how many labels a row has
   * @param trust whether a row says how far they can be trusted
   */
  CsvAnswers(PrintStream out, int columns, boolean trust) {
    this.out = out;
    this.columns = columns;
    this.trust = trust;
  }

  @Override
  public void print(LabelledPhoto photo) {
    if (!begun) {
      out.print(header());
      begun = true;
    }
    List<LabelProbability> labels = photo.labels().stream().limit(columns).toList();
    StringJoiner row = new StringJoiner(",", "", LINE_END);
    row.add(quoted(photo.source().name())).add(quoted(photo.error().orElse("")));
    for (LabelProbability label : labels) {
      row.add(quoted(label.label())).add(Float32Text.of(label.probability()));
    }
    if (trust) {
      addTrust(photo, row);
    }
    out.print(row);
  }

  /** A photo without labels has empty fields in their place, so that these are in theirs. */
  private void addTrust(LabelledPhoto photo, StringJoiner row) {
    if (photo.trust().isEmpty()) {
      IntStream.range(0, 2 * columns + TRUST.size()).forEach(field -> row.add(""));
      return;
    }
    Trust known = photo.trust().get();
    row.add(Float32Text.of(known.familiarity()))
        .add(String.valueOf(known.unlikeTraining()))
        .add(String.valueOf(known.undecided()));
  }

  private String header() {
    StringJoiner header = new StringJoiner(",", "", LINE_END);
    header.add("image").add("error").add("label").add("probability");
    for (int i = 2; i <= columns; i++) {
      header.add("label_" + i).add("probability_" + i);
    }
    if (trust) {
      TRUST.forEach(header::add);
    }
    return header.toString();
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() {
    out.flush();
  }
}
