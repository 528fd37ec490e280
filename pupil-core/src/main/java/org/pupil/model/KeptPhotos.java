package org.pupil.model;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.pupil.backbone.Backbone;
import org.pupil.errors.PupilException;
import org.pupil.familiarity.CoreSet;
import org.pupil.familiarity.Familiarity;
import org.pupil.graph.Nodes;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;
import org.pupil.network.NetworkGraph;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.StringStringEntryProto;
import org.pupil.training.FinalLayer;

/**
 * Where a model has the bottlenecks of the training photos that it keeps: in a TensorFlow graph a
 * constant that no node uses, so that nothing else changes; in an ONNX model text in the metadata,
 * since ONNX Runtime warns of weights that no node uses. {@code docs/formats.md} specifies it.
 */
final class KeptPhotos {
  /** The constant of a graph: float16 [photos, d]. */
  static final String NODE = "pupil/neighbours";

  /** The key of an ONNX model's metadata: the same in base 64. */
  static final String METADATA = "pupil.neighbours";

  /** The kept photos are at most this part of the model. */
  private static final int PART_OF_THE_MODEL = 10;

  /** More than all else that comes with them. */
  private static final int OVERHEAD_BYTES = 1024;

  private static final int BASE_64_BYTES = 4;
  private static final int BASE_64_FOR = 3;

  private KeptPhotos() {}

  /** How many photos a model has room for. */
  static int most(Backbone backbone, FinalLayer layer) {
    NetworkGraph features = backbone.network(Backbone.Output.FEATURES);
    int network =
        features instanceof NetworkGraph.OfOnnx onnx
            ? onnx.network().bytes()
            : ((NetworkGraph.OfTensorFlow) features).graph().getSerializedSize();
    long weights = Float.BYTES * (long) layer.dimension() * layer.labelCount();
    long room = (network + weights) / PART_OF_THE_MODEL - OVERHEAD_BYTES;
    long bytes =
        features instanceof NetworkGraph.OfOnnx ? room * BASE_64_FOR / BASE_64_BYTES : room;
    return (int) Math.max(0, bytes / ((long) Short.BYTES * layer.dimension()));
  }

  static NodeDef node(CoreSet photos) {
    return Nodes.constant(
        NODE,
        TensorProto.newBuilder()
            .setDtype(DataType.DT_HALF)
            .setTensorShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(photos.size()))
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(photos.dimension())))
            .setTensorContent(ByteString.copyFrom(photos.toBytes()))
            .build());
  }

  static String text(CoreSet photos) {
    return Base64.getEncoder().encodeToString(photos.toBytes());
  }

  /** The checksum of what {@link #text} says, which the model's own does not cover. */
  static String crc32c(CoreSet photos) {
    return crc32c(photos.toBytes());
  }

  private static String crc32c(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return "%08x".formatted(crc.getValue());
  }

  /**
   * What a graph keeps.
   *
   * @throws PupilException (bad model) if that is not what the description says
   */
  static Optional<Familiarity> of(GraphDef graph, ModelDescription own, Object whose) {
    FamiliarityDescription description = own.familiarity();
    if (description == null) {
      return Optional.empty();
    }
    for (NodeDef node : graph.getNodeList()) {
      if (node.getName().equals(NODE)) {
        TensorProto tensor =
            node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
        if (!isMatrix(tensor, description.photos(), own.provenance().backbone().bottleneckSize())) {
          throw ModelDescription.damaged(whose, null);
        }
        return Optional.of(
            familiarity(tensor.getTensorContent().asReadOnlyByteBuffer(), own, whose));
      }
    }
    throw ModelDescription.damaged(whose, null);
  }

  private static boolean isMatrix(TensorProto tensor, int rows, int columns) {
    return tensor.getDtype() == DataType.DT_HALF
        && tensor.getTensorShape().getDimCount() == 2
        && tensor.getTensorShape().getDim(0).getSize() == rows
        && tensor.getTensorShape().getDim(1).getSize() == columns;
  }

  /** What an ONNX model keeps, likewise. */
  static Optional<Familiarity> of(ModelProto model, ModelDescription own, Object whose) {
    FamiliarityDescription description = own.familiarity();
    if (description == null) {
      return Optional.empty();
    }
    String text =
        model.getMetadataPropsList().stream()
            .filter(entry -> entry.getKey().equals(METADATA))
            .map(StringStringEntryProto::getValue)
            .findFirst()
            .orElseThrow(() -> ModelDescription.damaged(whose, null));
    byte[] bytes = decoded(text, whose);
    if (!crc32c(bytes).equals(description.crc32c())) {
      throw ModelChecksum.broken(whose);
    }
    return Optional.of(familiarity(ByteBuffer.wrap(bytes), own, whose));
  }

  private static byte[] decoded(String text, Object whose) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw ModelDescription.damaged(whose, e);
    }
  }

  private static Familiarity familiarity(ByteBuffer bytes, ModelDescription own, Object whose) {
    FamiliarityDescription description = Objects.requireNonNull(own.familiarity());
    try {
      return new Familiarity(
          CoreSet.read(bytes, description.photos(), own.provenance().backbone().bottleneckSize()),
          description.nearest(),
          description.threshold(),
          description.percentage());
    } catch (IllegalArgumentException e) {
      throw ModelDescription.damaged(whose, e);
    }
  }
}
