package org.pupil.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;

/**
 * Whatever a file holds that is let through to ONNX Runtime, the process lives on. A crash would
 * end it, so the graphs are run in a process of their own, others each time.
 */
class RandomOnnxTest {
  private static final long SECONDS = 4;

  /** One in five is let through, so that of so many all are refused by a fault only. */
  private static final int MOST_GRAPHS = 5000;

  @TempDir Path folder;

  /**
   * If it fails, {@code OPERATION SEED} of the graph is in the message, and {@code
   * RandomOnnx.model(OPERATION, new Random(SEED))} makes it again.
   */
  @Test
  void noGraphThatIsLetThroughEndsTheProcess() throws Exception {
    long seed = new Random().nextLong();
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                RandomOnnxTest.class.getName(),
                folder.toString(),
                Long.toString(seed))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean hasEnded;
    try {
      hasEnded = process.waitFor(2, TimeUnit.MINUTES);
    } finally {
      process.destroyForcibly().waitFor();
    }

    String found =
        "with the seed %d, the last graph being %s: %s"
            .formatted(seed, last(), Files.readString(output));
    assertThat(hasEnded).as(found).isTrue();
    assertThat(process.exitValue()).as(found).isZero();
    assertThat(found).endsWith(" were run" + System.lineSeparator());
  }

  private String last() throws IOException {
    Path file = folder.resolve("last");
    return Files.exists(file) ? Files.readString(file) : "none";
  }

  /** Runs graphs for some seconds. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Random seeds = new Random(Long.parseLong(arguments[1]));
    BackboneCatalog catalog =
        new BackboneCatalog(
            Engines.auto(),
            DownloadAddresses.mirror(URI.create("http://127.0.0.1:9/")),
            Map.of(),
            DownloadListener.silent());
    Path file = folder.resolve("some.onnx");
    BackboneRequest request =
        BackboneRequest.architecture(file.toString(), folder).withScaling(0, 255);
    List<String> operations = RandomOnnx.OPERATIONS;
    int graphs = 0;
    int run = 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    for (; graphs < MOST_GRAPHS && (run == 0 || System.nanoTime() < end); graphs++) {
      String operation = operations.get(seeds.nextInt(operations.size()));
      long seed = seeds.nextLong();
      Files.writeString(folder.resolve("last"), operation + " " + seed);
      Files.write(file, RandomOnnx.model(operation, new Random(seed)).toByteArray());
      try {
        catalog.resolve(request);
        run++;
      } catch (PupilException refused) {
        checkOneLine(refused);
      }
    }
    if (run == 0) {
      throw new IllegalStateException("all of " + graphs + " graphs were refused");
    }
    System.out.printf("%d graphs were made, %d were run%n", graphs, run);
  }

  private static void checkOneLine(PupilException refused) {
    String message = refused.getMessage();
    if (message.contains("\n") || message.length() > 2000) {
      throw new IllegalStateException("a refusal of " + message.length() + ": " + message);
    }
  }
}
