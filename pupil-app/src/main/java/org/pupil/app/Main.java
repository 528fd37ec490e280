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
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    Terminal terminal =
        Terminal.ofProcess(out, err, System.getenv(), Boolean.getBoolean(ERR_IS_TERMINAL));
    ExitStatus status = new Pupil(terminal, Clock.systemUTC(), System.getenv()).run(arguments);
    out.flush();
    err.flush();
    System.exit(out.checkError() ? ExitStatus.UNAVAILABLE.code() : status.code());
  }

  private static PrintStream utf8(FileDescriptor stream) {
    return new PrintStream(new FileOutputStream(stream), false, StandardCharsets.UTF_8);
  }
}
