package org.pupil.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes the manual pages of the distribution in AsciiDoc, {@code pupil.adoc} and {@code
 * pupil-COMMAND.adoc}. The profile {@code dist} turns them into what {@code man} reads.
 */
public final class ManPages {
  private ManPages() {}

  /**
   * Writes all pages.
   *
   * @param arguments the folder to write into
   */
  public static void main(String[] arguments) {
    write(Path.of(arguments[0]));
  }

  static void write(Path folder) {
    try {
      int status =
          ManPageGenerator.generateManPage(folder.toFile(), null, new boolean[0], true, program());
      if (status != 0) {
        throw new IllegalStateException("the manual pages were not written: status " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CommandSpec program() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal = Terminal.redirected(nowhere, nowhere);
    CommandSpec spec = CommandSpec.create().name("pupil");
    spec.usageMessage()
        .header("an image classifier that you train on your own photos")
        .customSynopsis("pupil COMMAND [FLAG...]");
    CommandLine program = new CommandLine(spec);
    for (CommandName command : CommandName.values()) {
      program.addSubcommand(
          command.typed(), command.parser(terminal, Clock.systemUTC(), Map.of()), command.alias());
    }
    return spec;
  }
}
