package org.pupil.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.pupil.errors.OneLine;
import org.pupil.labelling.Float32Text;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.LabelledPhoto;

/**
 * A line for each label, {@code dog 0.9991627}. With more than one photo each gets a block: its
 * path, its lines, an empty line. What would break a line is escaped, see {@link OneLine}.
 *
 * <p>A person at a terminal sees the same once more beside it, {@code 99.9 %} and a bar; a file or
 * a pipe never does.
 */
final class PlainAnswers implements AnswerPrinter {
  private static final int LONGEST_BAR = 20;

  /** Between a line, its percentage and its bar. */
  private static final String GAP = "   ";

  private final Terminal terminal;
  private final PrintStream out;
  private final int topK;
  private final boolean blocks;

  PlainAnswers(Terminal terminal, int topK, boolean blocks) {
    this.terminal = terminal;
    this.out = terminal.data();
    this.topK = topK;
    this.blocks = blocks;
  }

  @Override
  public void print(LabelledPhoto photo) {
    if (photo.error().isPresent()) {
      return;
    }
    if (blocks) {
      out.println(OneLine.of(photo.source().name()));
    }
    List<LabelProbability> labels = photo.labels().stream().limit(topK).toList();
    if (terminal.outIsTerminal()) {
      int width = labels.stream().mapToInt(label -> LineWrap.width(line(label))).max().orElse(0);
      labels.forEach(label -> out.println(drawn(label, width)));
    } else {
      labels.forEach(label -> out.println(line(label)));
    }
    if (blocks) {
      out.println();
    }
  }

  private static String line(LabelProbability label) {
    return OneLine.of(label.label()) + " " + Float32Text.of(label.probability());
  }

  /** As much of the percentage and the bar as there is room for. */
  private String drawn(LabelProbability label, int width) {
    String line = line(label);
    String percent = percent(label.probability());
    int room = terminal.columns() - width - GAP.length() - percent.length();
    if (room < 0) {
      return line;
    }
    String text = line + " ".repeat(width - LineWrap.width(line)) + GAP + percent;
    int columns = Math.min(LONGEST_BAR, room - GAP.length());
    return columns < 2
        ? text
        : (text + GAP + Bars.of(label.probability(), columns, terminal.unicode())).stripTrailing();
  }

  /** What is not certain is not called so, however near to it. */
  private static String percent(double probability) {
    String rounded = String.format(Locale.ROOT, "%.1f", 100 * probability);
    if (rounded.equals("0.0") && probability > 0) {
      rounded = "<0.1";
    } else if (rounded.equals("100.0") && probability < 1) {
      rounded = ">99.9";
    }
    return String.format(Locale.ROOT, "%5s %%", rounded);
  }

  @Override
  public void close() {
    out.flush();
  }
}
