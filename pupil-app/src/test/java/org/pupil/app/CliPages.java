package org.pupil.app;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The pages of {@code docs/cli} in Markdown, made of what the help texts are made of. */
final class CliPages {
  private static final String NOTE =
      "<!-- Generated from the descriptions of the flags: change those, not this page. CliPagesTest says how. -->\n\n";
  private static final String TABLE = "| flag | what it does | default |\n|---|---|---|\n";
  private static final String OVERVIEW = "README.md";
  private static final Pattern DEFAULT = Pattern.compile(" ?Default: (.*?)\\.?$");

  private CliPages() {}

  /** All pages by the name of their file. */
  static Map<String, String> all() {
    Map<String, String> pages = new LinkedHashMap<>();
    List<CommandLine> commands = Arrays.stream(CommandName.values()).map(CliPages::parser).toList();
    pages.put(OVERVIEW, overview(commands));
    commands.forEach(command -> pages.put(fileName(command), page(command)));
    return pages;
  }

  private static CommandLine parser(CommandName command) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal = Terminal.redirected(nowhere, nowhere);
    return command.parser(terminal, Clock.systemUTC(), Map.of());
  }

  private static String fileName(CommandLine command) {
    return command.getCommandName() + ".md";
  }

  private static String overview(List<CommandLine> commands) {
    StringBuilder text = new StringBuilder("# The commands\n\n" + NOTE);
    text.append("| command | or | what it does |\n|---|---|---|\n");
    for (CommandLine command : commands) {
      String link = "[pupil %s](%s)".formatted(command.getCommandName(), fileName(command));
      text.append(row(link, code("pupil " + alias(command)), header(command)));
    }
    text.append(
        """

        In a checkout, run `./pupil`. `pupil --help` lists the commands, `pupil COMMAND --help` lists the flags of a command, and `pupil --version` prints the version.

        ## How to type flags

        - `--learning_rate` or `--learning-rate`: underscores and dashes mean the same.
        - `--learning_rate 0.1` or `--learning_rate=0.1`. A value that starts with a dash needs the `=`, unless it is a number.
        - You can shorten a flag as long as no other flag starts the same way: `--learn 0.1`.
        - A switch needs no value, `--flip_left_right`, but can have one, `--flip_left_right=false`. `--noflip_left_right` turns it off too.
        - If you give a flag twice, the last one counts. (Each `--image` of `label_image` adds a photo instead.)
        - `~` at the start of a path is your home folder, also after the `=`. For a file that is really called `~`, type `./~`.
        - A flag that does not exist is an error, which suggests the closest one that does.

        ## Where output goes

        Results go to standard output. Progress, warnings and errors go to standard error. An error is one line; `--verbose` adds the stack trace.

        ## Exit status

        | status | meaning |
        |---|---|
        """);
    for (ExitStatus status : ExitStatus.values()) {
      text.append("| %d | %s |\n".formatted(status.code(), cell(status.meaning())));
    }
    text.append(
        """

        ## Environment

        | variable | meaning |
        |---|---|
        | `JAVA_HOME` | the Java to run with; without it, the `java` on the path |
        | `PUPIL_JAVA_OPTS` | more options for the Java virtual machine, such as `-Xmx4g` |
        | `PUPIL_CACHE` | the folder for files that Pupil can make again: the unpacked native libraries (30 MB, and 650 MB with TensorFlow), temporary files of `self-check` and, for a Pupil installed where you cannot write, the archive for fast starts (60 MB). It must be on a disk from which programs may be run. Without this variable, the first of these that can be used: `$XDG_CACHE_HOME/pupil`, on Windows `%LOCALAPPDATA%\\pupil`, `~/.cache/pupil`, a private folder among the temporary files |
        | `PUPIL_BUILD` | `never`: the launcher does not check whether the sources are newer than the build |
        | `https_proxy`, `all_proxy`, `no_proxy` | the proxy for downloads, and the hosts that need none; upper case works too |
        | `NO_COLOR` | any value turns colours off |
        """);
    return text.toString();
  }

  private static String page(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    StringBuilder text = new StringBuilder("# pupil %s\n\n".formatted(spec.name()) + NOTE);
    text.append(header(command)).append(" Also `pupil %s`.\n\n".formatted(alias(command)));
    text.append("```\n").append(synopsis(command)).append("\n```\n\n");
    text.append(prose(spec.usageMessage().description()));
    Set<OptionSpec> elsewhere = new HashSet<>();
    spec.argGroups().forEach(group -> elsewhere.addAll(group.allOptionsNested()));
    List<OptionSpec> common = spec.mixins().get(CommandName.COMMON_OPTIONS).options();
    elsewhere.addAll(common);
    List<String> own = new ArrayList<>();
    spec.options().stream()
        .filter(option -> !elsewhere.contains(option))
        .forEach(option -> own.add(row(option)));
    spec.positionalParameters().forEach(parameter -> own.add(row(parameter)));
    text.append(table("Flags", own));
    spec.argGroups().stream()
        .sorted(Comparator.comparingInt(ArgGroupSpec::order))
        .forEach(group -> text.append(table(heading(group), rows(group.allOptionsNested()))));
    text.append(table("Flags of every command", rows(common)));
    text.append("[How to type flags, and what the exit statuses mean](%s)\n".formatted(OVERVIEW));
    return text.toString();
  }

  private static List<String> rows(List<OptionSpec> options) {
    return options.stream().map(CliPages::row).toList();
  }

  private static String table(String heading, List<String> rows) {
    return rows.isEmpty() ? "" : "## " + heading + "\n\n" + TABLE + String.join("", rows) + "\n";
  }

  private static String heading(ArgGroupSpec group) {
    return group.heading().replace("%n", "").strip();
  }

  private static String header(CommandLine command) {
    return String.join(" ", command.getCommandSpec().usageMessage().header());
  }

  private static String alias(CommandLine command) {
    return command.getCommandSpec().aliases()[0];
  }

  private static String synopsis(CommandLine command) {
    String[] own = command.getCommandSpec().usageMessage().customSynopsis();
    return own.length > 0
        ? String.join("\n", own)
        : "pupil " + command.getCommandName() + " [FLAG...]";
  }

  /** Paragraphs; lines that begin with blanks are commands to type. */
  private static String prose(String... lines) {
    StringBuilder text = new StringBuilder();
    boolean code = false;
    for (String written : lines) {
      String line = written.replace("%%", "%"); // picocli formats them
      boolean isCode = line.startsWith("  ");
      if (isCode != code) {
        text.append(isCode ? "```\n" : "```\n\n");
        code = isCode;
      }
      if (isCode) {
        text.append(line.strip()).append('\n');
      } else if (!line.isBlank()) {
        text.append(line).append("\n\n");
      }
    }
    return text.append(code ? "```\n\n" : "").toString();
  }

  private static String row(OptionSpec option) {
    boolean isSwitch = option.arity().min() == 0;
    String value = isSwitch ? "" : "=" + option.paramLabel();
    String flag =
        Arrays.stream(option.names())
            .filter(name -> name.startsWith("--"))
            .map(name -> code(name + value))
            .collect(Collectors.joining(", "));
    String description = String.join(" ", option.description());
    Matcher ending = DEFAULT.matcher(description);
    if (ending.find()) {
      return row(flag, cell(description.substring(0, ending.start())), said(ending.group(1)));
    }
    boolean answers = option.usageHelp() || option.versionHelp();
    return row(flag, cell(description), isSwitch && !answers ? "off" : "");
  }

  private static String row(PositionalParamSpec parameter) {
    return row(code(parameter.paramLabel()), cell(String.join(" ", parameter.description())), "");
  }

  /** A default that is a value to type is shown as code. */
  private static String said(String defaultValue) {
    return defaultValue.contains(" ") || defaultValue.equals("none")
        ? cell(defaultValue)
        : code(defaultValue);
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }

  /** Text of a table's cell: flags in it become code, so that no dash or underscore is markup. */
  private static String cell(String text) {
    return text.replace("|", "\\|")
        .replaceAll("(?<![\\w`])(--[a-z][a-z_]*(?:=[A-Za-z_0-9]+)?)", "`$1`")
        .replaceAll("(?<![\\w`-])([a-z0-9]+(?:_[A-Za-z0-9{}.,]*[A-Za-z0-9}])+)(?![\\w`])", "`$1`");
  }
}
