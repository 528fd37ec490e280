package org.pupil.backbone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.pupil.log.proto.GraphDef;

/**
 * Weights that are inside the program.
 *
 * <p>The SHA-256 of each is written down beside it when the file is added, so that a run whose
 * bottlenecks are all cached need not read 18 megabytes to say which backbone they belong to.
 */
enum EmbeddedGraph {
  EFFICIENTNET_LITE0("efficientnet_lite0.pb"),
  MOBILENET_025("mobilenet_v1_0.25.pb");

  private static final int MOBILENET_SIZE = 224;

  private final String resource;

  EmbeddedGraph(String resource) {
    this.resource = resource;
  }

  /** The recorded SHA-256 of the graph's bytes, in lower-case hex. */
  String sha256() {
    String line = new String(bytes(resource + ".sha256"), StandardCharsets.UTF_8);
    return line.substring(0, 64);
  }

  /** Whether the weights were trained for the size of the architecture's images. */
  boolean isTrainedFor(Architecture architecture) {
    return this == EFFICIENTNET_LITE0 || architecture.input().height() == MOBILENET_SIZE;
  }

  /** Shape of the pooled features in the graph; the first dimension counts the images. */
  long[] featureShape(int features) {
    return this == EFFICIENTNET_LITE0 ? new long[] {-1, features} : new long[] {-1, 1, 1, features};
  }

  byte[] bytes() {
    return bytes(resource);
  }

  GraphDef graph() {
    try {
      return GraphDef.parseFrom(bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own " + resource + " is damaged", e);
    }
  }

  private static byte[] bytes(String name) {
    try (InputStream in = EmbeddedGraph.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its own " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own " + name + " cannot be read", e);
    }
  }
}
