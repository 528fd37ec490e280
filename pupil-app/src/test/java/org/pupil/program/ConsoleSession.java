package org.pupil.program;

import java.util.ArrayList;
import java.util.List;

/**
 * What a document says happens at a terminal: its fenced blocks that are marked {@code console}, in
 * their order.
 *
 * <pre>
 * ```console
 * $ command            typed; goes on in the next line if that begins with "&gt; "
 * output               stdout and stderr as they come, up to the next "$ " or the end of the block
 * ...                  alone on its line: any number of lines
 * ```
 * </pre>
 *
 * @param exchanges the commands with their output
 */
record ConsoleSession(List<Exchange> exchanges) {
  private static final String FENCE = "```";
  private static final String PROMPT = "$ ";
  private static final String MORE = "> ";

  /**
   * One command.
   *
   * @param command what is typed, lines parted by {@code \n}
   * @param output the lines that follow, without empty ones at the end
   */
  record Exchange(String command, List<String> output) {}

  /** Finds the sessions in a text in Markdown. */
  static ConsoleSession in(String markdown) {
    List<Exchange> exchanges = new ArrayList<>();
    boolean inside = false;
    StringBuilder command = new StringBuilder();
    List<String> output = new ArrayList<>();
    for (String line : markdown.lines().toList()) {
      if (line.startsWith(FENCE)) {
        add(command, output, exchanges);
        inside = line.equals(FENCE + "console");
      } else if (inside && line.startsWith(PROMPT)) {
        add(command, output, exchanges);
        command.append(line.substring(PROMPT.length()));
      } else if (inside && output.isEmpty() && line.startsWith(MORE)) {
        command.append('\n').append(line.substring(MORE.length()));
      } else if (inside) {
        output.add(line);
      }
    }
    return new ConsoleSession(exchanges);
  }

  private static void add(StringBuilder command, List<String> output, List<Exchange> exchanges) {
    while (!output.isEmpty() && output.get(output.size() - 1).isBlank()) {
      output.remove(output.size() - 1);
    }
    if (command.length() > 0) {
      exchanges.add(new Exchange(command.toString(), List.copyOf(output)));
    } else if (!output.isEmpty()) {
      throw new IllegalArgumentException("a console block begins without a command: " + output);
    }
    command.setLength(0);
    output.clear();
  }
}
