package org.pupil.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The flags that every command has. */
final class CommonOptions {
  static final String VERBOSE = "--verbose";
  static final String HELP = "--help";

  private CommonOptions() {}

  /** The flags, to be mixed into a command. */
  static CommandSpec spec() {
    OptionSpec.Builder verbose =
        OptionSpec.builder(VERBOSE).description("Show the stack trace of an error.");
    OptionSpec.Builder help =
        OptionSpec.builder("-h", HELP).usageHelp(true).description("Show this text and exit.");
    OptionSpec.Builder version =
        OptionSpec.builder("--version").versionHelp(true).description("Show the version and exit.");
    return CommandSpec.create()
        .versionProvider(new Version())
        .addOption(CommandOption.yesOrNo(verbose).spec())
        .addOption(help.build())
        .addOption(version.build());
  }
}
