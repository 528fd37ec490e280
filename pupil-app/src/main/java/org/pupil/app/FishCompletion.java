package org.pupil.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What the shell fish needs to complete the words of a program: picocli knows bash and zsh only.
 */
final class FishCompletion {
  private FishCompletion() {}

  /** Its commands, their flags, and the values of flags that have few. */
  static String of(CommandLine program) {
    String name = program.getCommandName();
    List<String> lines = new ArrayList<>();
    lines.add("# Completes the commands and flags of " + name + " in fish.");
    Map<String, CommandLine> commands = program.getSubcommands();
    commands.forEach(
        (typed, command) -> {
          if (typed.equals(command.getCommandName())) {
            lines.add(
                "complete -c %s -n __fish_use_subcommand -f -a %s -d %s"
                    .formatted(name, typed, quoted(header(command.getCommandSpec()))));
          }
        });
    commands.forEach(
        (typed, command) ->
            command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(option -> line(name, typed, option))
                .forEach(lines::add));
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static String header(CommandSpec command) {
    return String.join(" ", command.usageMessage().header());
  }

  private static String line(String program, String command, OptionSpec option) {
    StringBuilder line = new StringBuilder("complete -c " + program);
    line.append(" -n ").append(quoted("__fish_seen_subcommand_from " + command));
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    if (option.arity().min() > 0) {
      line.append(" -r");
    }
    List<String> values = values(option.completionCandidates());
    if (!values.isEmpty()) {
      line.append(" -f -a ").append(quoted(String.join(" ", values)));
    }
    return line.append(" -d ").append(quoted(summary(option))).toString();
  }

  private static List<String> values(@Nullable Iterable<String> candidates) {
    return candidates == null
        ? List.of()
        : StreamSupport.stream(candidates.spliterator(), false).toList();
  }

  /** The first sentence. */
  private static String summary(OptionSpec option) {
    String text = String.join(" ", option.description()).replace("%%", "%");
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
