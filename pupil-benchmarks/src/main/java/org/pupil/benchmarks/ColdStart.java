package org.pupil.benchmarks;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pupil.log.proto.GraphDef;
import org.pupil.tensorflow.Feed;
import org.pupil.tensorflow.GraphSession;
import org.pupil.tensorflow.NativeLibrary;

/**
 * A process that does only what no labelling of a photo can do without, up to one of its parts, as
 * fast as this machine can: on the program's class path, with its archive of classes.
 */
final class ColdStart {
  /** Each after all that stand before it. */
  enum Part {
    VIRTUAL_MACHINE("the virtual machine"),
    TENSORFLOW("and TensorFlow's load"),
    GRAPH("and the graph's load and one run");

    private final String words;

    Part(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  private static final int RUNS = 5;

  /** As the launcher starts {@code label_image}. */
  private static final List<String> OPTIONS =
      List.of(
          "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
          "-Dorg.bytedeco.javacpp.platform.extension=",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-XX:TieredStopAtLevel=1");

  private final Path app;

  ColdStart(Path checkout) {
    this.app = checkout.resolve("pupil-app/target/pupil");
  }

  /**
   * The process's own side.
   *
   * @param arguments the part; and the graph and the side of its images in pixels
   */
  public static void main(String[] arguments) throws IOException {
    Part part = Part.valueOf(arguments[0]);
    if (part.compareTo(Part.TENSORFLOW) >= 0) {
      NativeLibrary.load();
    }
    if (part.compareTo(Part.GRAPH) >= 0) {
      GraphDef graph = GraphDef.parseFrom(Files.readAllBytes(Path.of(arguments[1])));
      int side = Integer.parseInt(arguments[2]);
      try (GraphSession session =
          GraphSession.open(graph, GraphSession.Preparation.FOR_QUICK_START)) {
        float[] black = new float[side * side * 3];
        session.run("final_result", Feed.floats("Placeholder", black, 1, side, side, 3));
      }
    }
  }

  /** The median time of several processes, in seconds. */
  double seconds(Part part, String graph, int side) throws Exception {
    List<String> command = command(part, graph, side);
    return Timing.medianSeconds(
        RUNS,
        () -> {
          Process process = new ProcessBuilder(command).inheritIO().start();
          if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
          }
        });
  }

  private List<String> command(Part part, String graph, int side)
      throws IOException, URISyntaxException {
    Path own = Path.of(ColdStart.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(OPTIONS);
    try (DirectoryStream<Path> archives = Files.newDirectoryStream(app, "classes-*.jsa")) {
      archives.forEach(archive -> command.add("-XX:SharedArchiveFile=" + archive));
    }
    command.addAll(List.of("-cp", app.resolve("lib") + "/*:" + own, ColdStart.class.getName()));
    command.addAll(List.of(part.name(), graph, Integer.toString(side)));
    return command;
  }

  /** A line of the table for a part. */
  static Row row(Part part, String architecture, double seconds) {
    return Row.alone(
        String.format(Locale.ROOT, "a bare process, %s: %s", architecture, part.words()),
        Row.seconds(seconds),
        "");
  }
}
