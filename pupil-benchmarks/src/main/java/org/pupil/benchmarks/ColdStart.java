package org.pupil.benchmarks;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pupil.engine.EngineName;
import org.pupil.engine.Engines;
import org.pupil.graph.Nodes;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.GraphDef;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkGraph;

/**
 * A process that does only what no labelling of a photo can do without, up to one of its parts, as
 * fast as this machine can: on the program's class path, with its archive of classes.
 */
final class ColdStart {
  /** Each after all that stand before it. */
  enum Part {
    VIRTUAL_MACHINE("the virtual machine"),
    ENGINE("and the engine's load"),
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

  private static final int CHANNELS = 3;

  private final Path app;
  private final Path tensorFlow;
  private final EngineName engine;

  ColdStart(Path checkout, EngineName engine) {
    this.app = checkout.resolve("pupil-app/target/pupil");
    this.tensorFlow = checkout.resolve("pupil-tensorflow/target/libraries");
    this.engine = engine;
  }

  /**
   * The process's own side.
   *
   * @param arguments the part and the engine; and the graph and the side of its images in pixels
   */
  public static void main(String[] arguments) throws IOException {
    Part part = Part.valueOf(arguments[0]);
    if (part == Part.VIRTUAL_MACHINE) {
      return;
    }
    NetworkEngine engine = Engines.named(EngineName.valueOf(arguments[1]));
    if (part == Part.ENGINE) {
      GraphDef nearlyNothing =
          GraphDef.newBuilder()
              .addNode(Nodes.placeholder("x", -1, 1, 1, CHANNELS))
              .addNode(Nodes.operation("y", "Relu", "x"))
              .build();
      run(engine, new NetworkGraph.OfTensorFlow(nearlyNothing, "x", Map.of("y", "y")), 1);
      return;
    }
    GraphDef graph = GraphDef.parseFrom(Files.readAllBytes(Path.of(arguments[2])));
    Map<String, String> outputs = Map.of("probabilities", "final_result");
    run(
        engine,
        new NetworkGraph.OfTensorFlow(graph, "Placeholder", outputs),
        Integer.parseInt(arguments[3]));
  }

  private static void run(NetworkEngine engine, NetworkGraph graph, int side) {
    try (Network network =
        engine.open(graph, new InputSpec(side, side, 0, 1), NetworkEngine.Purpose.FEW_PHOTOS)) {
      network.run(new float[side * side * CHANNELS], 1);
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
    command.addAll(
        List.of(
            "-cp",
            app.resolve("lib") + "/*:" + tensorFlow + "/*:" + own,
            ColdStart.class.getName()));
    command.addAll(List.of(part.name(), engine.name(), graph, Integer.toString(side)));
    return command;
  }

  /** A line of the table for a part. */
  static Row row(Part part, String what, double seconds) {
    return Row.alone(
        String.format(Locale.ROOT, "a bare process, %s: %s", what, part.words()),
        Row.seconds(seconds),
        "");
  }
}
