package org.pupil.app;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.pupil.images.PerChannel;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the parser cannot make sense of, in the words of those who typed it. */
final class UsageMessage {
  private static final String WHOLE_NUMBER = "a whole number";
  private static final String NUMBER = "a number";

  private static final Map<Class<?>, String> WANTED =
      Map.of(
          int.class,
          WHOLE_NUMBER,
          Integer.class,
          WHOLE_NUMBER,
          long.class,
          WHOLE_NUMBER,
          double.class,
          NUMBER,
          Double.class,
          NUMBER,
          PerChannel.class,
          "a number, or three for red, green and blue",
          URI.class,
          "an address",
          Path.class,
          "the name of a file or folder",
          NamedFolder.class,
          "NAME:FOLDER",
          PluginSamples.class,
          "PLUGIN=N with a whole number N, such as scalars=1000");

  private UsageMessage() {}

  /** One line: {@code --learning_rate must be a number, was x}. */
  static String of(CommandLine.ParameterException trouble) {
    String typed = trouble.getValue();
    if (typed != null && trouble.getArgSpec() != null) {
      ArgSpec argument = trouble.getArgSpec();
      return "%s must be %s, was %s"
          .formatted(
              argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel(),
              WANTED.getOrDefault(
                  argument.isMultiValue() ? argument.auxiliaryTypes()[0] : argument.type(),
                  "something else"),
              typed.isEmpty() ? "empty" : FlagNames.shown(typed));
    }
    return trouble.getMessage().lines().findFirst().orElse("wrong usage");
  }
}
