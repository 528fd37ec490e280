package org.pupil.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Clock;

/** Where the process begins. */
public final class Main {
  private static final String OUT_IS_TERMINAL = "pupil.stdout.terminal";
  private static final String ERR_IS_TERMINAL = "pupil.stderr.terminal";
  private static final String TERMINAL_IS_ASCII = "pupil.terminal.ascii";

  /** Where the launcher cannot tell (Windows): Java can, about the input and output together. */
  private static final String ASK_CONSOLE = "pupil.terminal.console";

  private Main() {}

  public static void main(String[] arguments) {
    boolean atConsole = Boolean.getBoolean(ASK_CONSOLE) && hasConsole();
    StandardOutput standardOutput = new StandardOutput();
    Terminal terminal =
        Terminal.ofProcess(
            standardOutput,
            new FileOutputStream(FileDescriptor.err),
            System.getenv(),
            new Terminal.Watched(
                Boolean.getBoolean(OUT_IS_TERMINAL) || atConsole,
                Boolean.getBoolean(ERR_IS_TERMINAL) || atConsole,
                !Boolean.getBoolean(TERMINAL_IS_ASCII)));
    ExitStatus status =
        new PupilCommand(terminal, Clock.systemUTC(), System.getenv()).run(arguments);
    if (terminal.out().checkError() || terminal.data().checkError()) {
      status = ExitStatus.UNAVAILABLE;
      standardOutput.complaint().ifPresent(terminal::error);
    }
    terminal.err().flush();
    System.exit(status.code());
  }

  /**
   * The launcher asks newer versions of Java, too, for the console that is null without a person.
   */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    return System.console() != null;
  }
}
