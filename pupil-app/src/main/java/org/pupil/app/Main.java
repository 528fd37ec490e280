package org.pupil.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Where the process begins. */
public final class Main {
  private static final String ERR_IS_TERMINAL = "pupil.stderr.terminal";

  private Main() {}

  public static void main(String[] arguments) {
    StandardOutput standardOutput = new StandardOutput();
    PrintStream out = new PrintStream(standardOutput, false, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
    Terminal terminal =
        Terminal.ofProcess(out, err, System.getenv(), Boolean.getBoolean(ERR_IS_TERMINAL));
    ExitStatus status = new Pupil(terminal, Clock.systemUTC(), System.getenv()).run(arguments);
    if (out.checkError()) {
      status = ExitStatus.UNAVAILABLE;
      standardOutput.complaint().ifPresent(terminal::error);
    }
    err.flush();
    System.exit(status.code());
  }
}
