package org.pupil.app;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A station of the workshop, as its page in {@code docs/workshop} has it: what a person reads, the
 * commands, and the answer to the question. The pages are the only place where all of this stands.
 *
 * <p>Understands as much of Markdown as the pages use: headings, paragraphs, lists, tables, fenced
 * blocks, images, links, bold text, and an answer that is folded away.
 *
 * @param title of the station
 * @param steps in their order
 * @param troubles what to do when it goes wrong, in lines
 */
record WorkshopPage(String title, List<Step> steps, List<String> troubles) {
  private static final String FENCE = "```";
  private static final String PROMPT = "$ ";
  private static final int WIDEST_TABLE = 78;
  private static final String TROUBLES = "When it goes wrong";
  private static final Pattern IMAGE = Pattern.compile("!\\[([^]]*)]\\([./]*([^)]*)\\)");
  private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");
  private static final Pattern BOLD = Pattern.compile("\\*\\*([^*]*)\\*\\*");

  WorkshopPage {
    steps = List.copyOf(steps);
    troubles = List.copyOf(troubles);
  }

  /** A part of a station. */
  sealed interface Step {}

  /**
   * Something to read.
   *
   * @param lines paragraphs, each on one line
   * @param isAnswer whether it answers a question that was asked before it
   */
  record Reading(List<String> lines, boolean isAnswer) implements Step {
    Reading {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Something to type.
   *
   * @param line as a shell takes it
   * @param isRun whether it can be run here; else it is only shown
   */
  record Command(String line, boolean isRun) implements Step {
    /** Whether it ends only when it is told to. */
    boolean isServer() {
      return line.startsWith("./pupil board");
    }
  }

  /** Takes a page apart. */
  static WorkshopPage of(String markdown) {
    return new Parser().parse(markdown);
  }

  /** Goes through the lines of a page. */
  private static final class Parser {
    private final List<Step> steps = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final List<String> reading = new ArrayList<>();
    private final List<List<String>> table = new ArrayList<>();
    private String title = "";
    private String fence = "";
    private boolean isAnswer;
    private boolean isInTroubles;
    private boolean isRun = true;

    WorkshopPage parse(String markdown) {
      markdown.lines().forEach(this::line);
      endReading();
      return new WorkshopPage(title, steps, troubles);
    }

    private void line(String line) {
      if (line.startsWith(FENCE)) {
        fence(line.substring(FENCE.length()));
      } else if (!fence.isEmpty()) {
        block(line);
      } else if (line.startsWith("|")) {
        table.add(cells(line));
      } else {
        endTable();
        prose(line);
      }
    }

    private void fence(String kind) {
      if (fence.isEmpty()) {
        fence = kind.isEmpty() ? "text" : kind;
      } else {
        fence = "";
        isRun = true;
      }
    }

    private void block(String line) {
      switch (fence) {
        case "console" -> {
          if (line.startsWith(PROMPT)) {
            command(line.substring(PROMPT.length()));
          }
        }
        case "sh" -> command(line);
        default -> reading.add("    " + line);
      }
    }

    private void command(String line) {
      endReading();
      Command command = new Command(line, isRun);
      // Where no test may open a browser, a person may.
      steps.add(command.isServer() ? new Command(line, true) : command);
    }

    private void prose(String line) {
      if (line.startsWith("# ")) {
        title = line.substring(2);
      } else if (line.startsWith("#")) {
        String heading = line.replaceFirst("^#+ ", "");
        isInTroubles = heading.equals(TROUBLES);
        if (!isInTroubles) {
          endReading();
          reading.add(heading);
          reading.add("-".repeat(heading.length()));
        }
      } else if (line.startsWith("<details>")) {
        endReading();
        isAnswer = true;
      } else if (line.startsWith("</details>")) {
        endReading();
        isAnswer = false;
      } else if (line.startsWith("<!-- not run")) {
        isRun = false;
      } else if (!line.startsWith("<") && !line.startsWith("Next: ")) {
        (isInTroubles ? troubles : reading).add(plain(line));
      }
    }

    private static List<String> cells(String line) {
      String inner = line.substring(1, line.lastIndexOf('|'));
      return List.of(inner.split("\\|")).stream().map(cell -> plain(cell.strip())).toList();
    }

    /** Rows that are short stand in columns, others with one cell below the other. */
    private void endTable() {
      table.removeIf(row -> row.stream().allMatch(cell -> cell.matches(":?-+:?")));
      if (table.isEmpty()) {
        return;
      }
      int columns = table.get(0).size();
      int[] widths = new int[columns];
      for (List<String> row : table) {
        for (int i = 0; i < Math.min(columns, row.size()); i++) {
          widths[i] = Math.max(widths[i], row.get(i).length());
        }
      }
      int width = 0;
      for (int one : widths) {
        width += one + 2;
      }
      boolean isNarrow = width <= WIDEST_TABLE;
      for (List<String> row : isNarrow ? table : table.subList(1, table.size())) {
        StringBuilder line = new StringBuilder(isNarrow ? "  " : "* ");
        for (int i = 0; i < row.size(); i++) {
          line.append(
              isNarrow
                  ? row.get(i) + " ".repeat(widths[i] + 2 - row.get(i).length())
                  : row.get(i) + (i == 0 ? ": " : " "));
        }
        reading.add(line.toString().stripTrailing());
      }
      table.clear();
    }

    private void endReading() {
      endTable();
      trim(reading);
      if (!reading.isEmpty()) {
        steps.add(new Reading(reading, isAnswer));
        isAnswer = false;
        reading.clear();
      }
    }

    private static void trim(List<String> lines) {
      while (!lines.isEmpty() && lines.get(0).isBlank()) {
        lines.remove(0);
      }
      while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
        lines.remove(lines.size() - 1);
      }
    }

    private static String plain(String line) {
      String text = IMAGE.matcher(line).replaceAll("(Picture: $1. It is in docs/$2)");
      text = LINK.matcher(text).replaceAll("$1");
      return BOLD.matcher(text).replaceAll("$1").replaceFirst("^- ", "* ");
    }
  }
}
