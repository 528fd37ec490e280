package org.pupil.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The flags that every command has. */
@SuppressWarnings("UnusedVariable") // picocli looks at the annotations only
@Command(versionProvider = Version.class)
final class CommonOptions {
  static final String VERBOSE = "--verbose";
  static final String HELP = "--help";

  @Option(
      names = VERBOSE,
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Show the stack trace of an error.")
  private boolean verbose;

  @Option(
      names = {"-h", HELP},
      usageHelp = true,
      description = "Show this text and exit.")
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "Show the version and exit.")
  private boolean version;
}
