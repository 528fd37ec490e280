package org.pupil.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pupil.familiarity.CoreSet;
import org.pupil.familiarity.Familiarity;
import org.pupil.graph.Nodes;
import org.pupil.log.proto.GraphDef;

/** What a {@link TinyModel} may know of its training photos. */
public final class KnownPhotos {
  private KnownPhotos() {}

  /** Two photos of three numbers: mostly red, and mostly blue; the nearest counts. */
  public static Familiarity familiarity() {
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    for (int half : new int[] {0x3a66, 0x38cd, 0, 0, 0x38cd, 0x3a66}) {
      bytes.putShort((short) half);
    }
    return new Familiarity(CoreSet.read(bytes.flip(), 2, 3), 1, 0.83f, 95);
  }

  /** The same model, whose description says that another node gives the features. */
  public static Model withFeaturesLayer(Model model, String layer, Path folder) {
    String text =
        model
            .description()
            .orElseThrow()
            .toJson()
            .replace(
                "\"features_layer\":\"backbone/pooled\"", "\"features_layer\":\"" + layer + "\"");
    return Model.read(described(TinyModel.graphOf(model), text, folder));
  }

  /** A graph with another description, whose checksum is right. */
  static Path described(GraphDef graph, String json, Path folder) {
    GraphDef.Builder other = graph.toBuilder();
    String text = ModelChecksum.addTo(json, graph.getNodeList().subList(1, graph.getNodeCount()));
    other.setNode(0, Nodes.constant(ModelGraph.DESCRIPTION_NODE, text));
    try {
      return Files.write(folder.resolve("described.pb"), other.build().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
