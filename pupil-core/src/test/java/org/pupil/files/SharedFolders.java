package org.pupil.files;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Other processes, some as if in another container, that use a test's folder. */
final class SharedFolders {
  /** How a shell starts a program that has numbers of processes of its own, as in a container. */
  static final String CONTAINER = "exec unshare --pid --fork --mount-proc";

  private SharedFolders() {}

  static void assumeContainers() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", CONTAINER + " true")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assumeTrue(process.waitFor() == 0, "may not make a namespace for processes: that needs root");
  }

  /** Starts a process that makes a file and writes to it, for ever. */
  static Process holdLock(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SharedFolders.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getInputStream().read(); // it is locked
    return process;
  }

  static void kill(Process process) {
    process.destroyForcibly();
    process.onExit().join();
  }

  public static void main(String[] arguments) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            Path.of(arguments[0]), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      System.out.println(Part.lock(channel));
      System.out.flush();
      System.in.read();
    }
  }
}
