package org.pupil.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pupil.errors.OneLine;

/**
 * Labels as a column of a table has them: in one line each, and no wider than the column. What is
 * too wide loses its end; but where several labels would then look the same, they lose their middle
 * instead.
 */
final class LabelColumn {
  private static final String CUT = "...";

  private final Map<String, String> shown = new HashMap<>();
  private final int width;

  /**
   * @param widest columns that a label may take, at least 9
   */
  LabelColumn(List<String> labels, int widest) {
    Map<String, Integer> alike = new HashMap<>();
    for (String label : labels) {
      alike.merge(withoutEnd(OneLine.of(label), widest), 1, Integer::sum);
    }
    for (String label : labels) {
      String line = OneLine.of(label);
      String text = withoutEnd(line, widest);
      shown.put(label, alike.get(text) == 1 ? text : withoutMiddle(line, widest));
    }
    width = shown.values().stream().mapToInt(LineWrap::width).max().orElse(0);
  }

  /** Columns that the widest of the labels takes. */
  int width() {
    return width;
  }

  /** One of the labels, not filled up. */
  String shown(String label) {
    return shown.getOrDefault(label, label);
  }

  private static String withoutEnd(String line, int widest) {
    return LineWrap.width(line) <= widest ? line : head(line, widest - CUT.length()) + CUT;
  }

  private static String withoutMiddle(String line, int widest) {
    if (LineWrap.width(line) <= widest) {
      return line;
    }
    int room = widest - CUT.length();
    return head(line, room / 2) + CUT + tail(line, room - room / 2);
  }

  private static String head(String line, int columns) {
    int end = line.length();
    while (LineWrap.width(line.substring(0, end)) > columns) {
      end = line.offsetByCodePoints(end, -1);
    }
    return line.substring(0, end);
  }

  private static String tail(String line, int columns) {
    int start = 0;
    while (LineWrap.width(line.substring(start)) > columns) {
      start = line.offsetByCodePoints(start, 1);
    }
    return line.substring(start);
  }
}
