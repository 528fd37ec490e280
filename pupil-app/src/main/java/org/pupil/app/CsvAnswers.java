package org.pupil.app;

import java.io.PrintStream;
import java.util.List;
import java.util.StringJoiner;
import org.pupil.labelling.Float32Text;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.LabelledPhoto;

/**
 * Comma-separated values (RFC 4180), a row for each photo: {@code image,error,label,probability}
 * and then {@code label_2,probability_2} and so on.
 */
final class CsvAnswers implements AnswerPrinter {
  private static final String LINE_END = "\r\n";

  private final PrintStream out;
  private final int columns;
  private boolean begun;

  /**
   * @param columns how many labels a row has
   */
  CsvAnswers(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public void print(LabelledPhoto photo) {
    if (!begun) {
      out.print(header(columns));
      begun = true;
    }
    List<LabelProbability> labels = photo.labels().stream().limit(columns).toList();
    StringJoiner row = new StringJoiner(",", "", LINE_END);
    row.add(quoted(photo.source().name())).add(quoted(photo.error().orElse("")));
    for (LabelProbability label : labels) {
      row.add(quoted(label.label())).add(Float32Text.of(label.probability()));
    }
    out.print(row);
  }

  private static String header(int columns) {
    StringJoiner header = new StringJoiner(",", "", LINE_END);
    header.add("image").add("error").add("label").add("probability");
    for (int i = 2; i <= columns; i++) {
      header.add("label_" + i).add("probability_" + i);
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
