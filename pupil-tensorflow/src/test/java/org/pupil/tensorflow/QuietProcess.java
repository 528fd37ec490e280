package org.pupil.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.pupil.graph.AllowedOperations;
import org.pupil.graph.Nodes;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.tensorflow.GraphSession.Preparation;

/**
 * A program of its own for {@link NativeLibraryTest}: makes TensorFlow say all that it says at its
 * start, runs graphs many times, and prints by how many kilobytes its memory grew meanwhile.
 */
final class QuietProcess {
  private static final int RUNS = 1000;

  private QuietProcess() {}

  public static void main(String[] arguments) throws IOException {
    System.err.println("Java's own words");
    GraphDef graph =
        GraphDef.newBuilder()
            .addNode(Nodes.placeholder("image", DataType.DT_STRING))
            .addNode(
                Nodes.node("decoded", "DecodeJpeg", Map.of("channels", Nodes.integer(3)), "image"))
            .addNode(
                Nodes.node(
                    "floats",
                    "Cast",
                    Map.of(
                        "SrcT",
                        Nodes.type(DataType.DT_UINT8),
                        "DstT",
                        Nodes.type(DataType.DT_FLOAT)),
                    "decoded"))
            .addNode(Nodes.placeholder("pixels", -1))
            .addNode(Nodes.operation("difference", "Sub", "pixels", "pixels"))
            .build();
    byte[] jpeg = Files.readAllBytes(Path.of(arguments[0]));
    float[] pixels = new float[1 << 17];
    try (GraphSession session =
        GraphSession.open(graph, AllowedOperations.OF_DECODING, Preparation.FOR_SPEED)) {
      run(session, jpeg, pixels);
      long before = residentKilobytes();
      run(session, jpeg, pixels);
      System.out.println(residentKilobytes() - before);
    }
  }

  private static void run(GraphSession session, byte[] jpeg, float[] pixels) {
    byte[] damaged = Arrays.copyOf(jpeg, jpeg.length / 2);
    for (int i = 0; i < RUNS; i++) {
      session.run("floats", Feed.bytes("image", jpeg));
      session.run("difference", Feed.floats("pixels", pixels, pixels.length));
      if (!isRefused(session, damaged)) {
        throw new IllegalStateException("a damaged JPEG was decoded");
      }
    }
  }

  private static boolean isRefused(GraphSession session, byte[] image) {
    try {
      session.run("floats", Feed.bytes("image", image));
      return false;
    } catch (GraphRunException e) {
      return true;
    }
  }

  private static long residentKilobytes() throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
    return status.stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
