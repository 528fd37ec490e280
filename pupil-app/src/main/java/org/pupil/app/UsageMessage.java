package org.pupil.app;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What the parser cannot make sense of, in the words of those who typed it. */
final class UsageMessage {
  private static final String WHOLE_NUMBER = "a whole number";
  private static final String NUMBER = "a number";

  private static final Map<Class<?>, String> WANTED =
      Map.of(
          int.class, WHOLE_NUMBER,
          Integer.class, WHOLE_NUMBER,
          long.class, WHOLE_NUMBER,
          double.class, NUMBER,
          Double.class, NUMBER,
          Float.class, NUMBER,
          URI.class, "an address",
          Path.class, "the name of a file or folder");

  private UsageMessage() {}

  /** One line: {@code --learning_rate must be a number, was x}. */
  static String of(CommandLine.ParameterException trouble) {
    if (trouble instanceof CommandLine.UnmatchedArgumentException unmatched) {
      return FlagNames.shown(unmatched.getUnmatched().get(0))
          + " is neither a flag nor the value of one";
    }
    String typed = trouble.getValue();
    if (typed != null && trouble.getArgSpec() instanceof OptionSpec option) {
      return "%s must be %s, was %s"
          .formatted(
              option.longestName(),
              WANTED.getOrDefault(option.type(), "something else"),
              typed.isEmpty() ? "empty" : FlagNames.shown(typed));
    }
    return trouble.getMessage().lines().findFirst().orElse("wrong usage");
  }
}
