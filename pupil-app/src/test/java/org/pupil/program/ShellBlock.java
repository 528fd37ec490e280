package org.pupil.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a document that is marked {@code sh}: commands for the reader to type, shown
 * without their output. Two comments, which readers do not see, may stand in the line above it:
 *
 * <pre>
 * &lt;!-- first: COMMAND --&gt;    what must be there is made by this command
 * &lt;!-- not run: REASON --&gt;   a test cannot run it
 * </pre>
 *
 * @param commands the lines of the block, parted by {@code \n}
 * @param first what to run before it; may be empty
 * @param notRun why it is not run, if it is not
 */
record ShellBlock(String commands, String first, Optional<String> notRun) {
  private static final Pattern FENCE = Pattern.compile("\\s*```(.*)");
  private static final Pattern COMMENT =
      Pattern.compile("\\s*<!-- (?:first: (?<first>.*)|not run: (?<reason>.*)) -->");

  /** Finds the blocks of a text in Markdown, in their order. */
  static List<ShellBlock> in(String markdown) {
    List<ShellBlock> blocks = new ArrayList<>();
    List<String> lines = markdown.lines().toList();
    int line = 0;
    while (line < lines.size()) {
      Matcher fence = FENCE.matcher(lines.get(line));
      int start = line + 1;
      line = start;
      if (fence.matches()) {
        while (line < lines.size() && !FENCE.matcher(lines.get(line)).matches()) {
          line++;
        }
        if (fence.group(1).equals("sh")) {
          String above = start >= 2 ? lines.get(start - 2) : "";
          blocks.add(block(above, String.join("\n", lines.subList(start, line))));
        }
        line++;
      }
    }
    return blocks;
  }

  private static ShellBlock block(String above, String commands) {
    Matcher comment = COMMENT.matcher(above);
    if (!comment.matches()) {
      return new ShellBlock(commands, "", Optional.empty());
    }
    return new ShellBlock(
        commands,
        Optional.ofNullable(comment.group("first")).orElse(""),
        Optional.ofNullable(comment.group("reason")));
  }
}
