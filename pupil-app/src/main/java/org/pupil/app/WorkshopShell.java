package org.pupil.app;

import java.io.File;
import java.io.IOException;
import java.util.List;
import org.pupil.errors.PupilException;

/** Runs what the workshop shows, as if it had been typed in the terminal. */
interface WorkshopShell {
  /** What was started, and goes on until it is ended. */
  interface Server extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Runs a command to its end. What it prints goes where this program's output goes.
   *
   * @return its exit status
   * @throws PupilException (unavailable) if there is no shell
   */
  int run(String line);

  /**
   * Starts a command that ends only when it is told to.
   *
   * @throws PupilException (unavailable) if there is no shell
   */
  Server start(String line);

  /**
   * The shell of this system: {@code sh}, or {@code cmd} on Windows.
   *
   * @param launcher takes the place of {@code ./pupil}
   */
  static WorkshopShell ofSystem(Launcher launcher) {
    return new WorkshopShell() {
      @Override
      public int run(String line) {
        Process process = begin(line);
        try {
          return process.waitFor();
        } catch (InterruptedException e) {
          process.destroy();
          Thread.currentThread().interrupt();
          return ExitStatus.INTERNAL.code();
        }
      }

      @Override
      public Server start(String line) {
        boolean isWindows = File.separatorChar == '\\';
        Process process = begin(isWindows ? line : "exec " + line);
        return () -> {
          // On Windows the shell is a process of its own, which does not take the server with it.
          process.descendants().forEach(ProcessHandle::destroy);
          process.destroy();
          try {
            process.waitFor();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
      }

      private Process begin(String line) {
        boolean isWindows = File.separatorChar == '\\';
        String typed = line.replace("./pupil ", launcher.line(""));
        List<String> command = isWindows ? List.of("cmd", "/c", typed) : List.of("sh", "-c", typed);
        try {
          // Its input is not the person's: that is for the workshop.
          return new ProcessBuilder(command)
              .inheritIO()
              .redirectInput(new File(isWindows ? "NUL" : "/dev/null"))
              .start();
        } catch (IOException e) {
          throw PupilException.unavailable("there is no shell: " + e.getMessage(), e);
        }
      }
    };
  }
}
