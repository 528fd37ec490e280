package org.pupil.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The commands of a document with the output that it shows: its {@code console} blocks, in their
 * order. A command's line begins with {@code $}; a line of {@code ...} stands for any lines that
 * were left out.
 */
record Session(List<Step> steps) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\n(.*?)^```$");
  private static final String LEFT_OUT = "...";

  /**
   * A command and its output.
   *
   * @param command as typed
   * @param shown the lines of its output as the document has them
   */
  record Step(String command, List<String> shown) {
    Step {
      shown = List.copyOf(shown);
    }

    /** Whether the document's output is that one, apart from what differs from run to run. */
    boolean shows(List<String> printed) {
      return matches(shown, OutputLine.of(printed));
    }

    private static boolean matches(List<String> shown, List<OutputLine> printed) {
      int gap = shown.indexOf(LEFT_OUT);
      if (gap < 0) {
        return startsWith(shown, printed) && shown.size() == printed.size();
      }
      if (!startsWith(shown.subList(0, gap), printed)) {
        return false;
      }
      List<String> rest = shown.subList(gap + 1, shown.size());
      for (int from = gap; from <= printed.size(); from++) {
        if (matches(rest, printed.subList(from, printed.size()))) {
          return true;
        }
      }
      return false;
    }

    private static boolean startsWith(List<String> shown, List<OutputLine> printed) {
      if (shown.size() > printed.size()) {
        return false;
      }
      for (int i = 0; i < shown.size(); i++) {
        if (!printed.get(i).isNear(new OutputLine(shown.get(i)))) {
          return false;
        }
      }
      return true;
    }
  }

  static Session of(Path document) throws IOException {
    return parse(Files.readString(document));
  }

  static Session parse(String markdown) {
    List<Step> steps = new ArrayList<>();
    BLOCK.matcher(markdown).results().forEach(block -> addSteps(block.group(1), steps));
    return new Session(List.copyOf(steps));
  }

  private static void addSteps(String block, List<Step> steps) {
    if (!block.startsWith("$ ")) {
      throw new IllegalArgumentException("a console block must begin with a command: " + block);
    }
    for (String part : block.substring(2).split("\n\\$ ", -1)) {
      List<String> lines = Arrays.asList(part.stripTrailing().split("\n", -1));
      steps.add(new Step(lines.get(0), lines.subList(1, lines.size())));
    }
  }
}
