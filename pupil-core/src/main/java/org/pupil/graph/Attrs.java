package org.pupil.graph;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;

/** Reads the attributes of nodes; {@link org.pupil.graph.Nodes} writes them. */
public final class Attrs {
  private Attrs() {}

  public static DataType type(NodeDef node, String attr) {
    return node.getAttrOrDefault(attr, AttrValue.getDefaultInstance()).getType();
  }

  /** The fixed size of one dimension of a placeholder; empty when it is not fixed. */
  public static OptionalLong dimension(NodeDef placeholder, int index) {
    AttrValue shape = placeholder.getAttrOrDefault("shape", AttrValue.getDefaultInstance());
    if (!shape.hasShape()
        || shape.getShape().getUnknownRank()
        || shape.getShape().getDimCount() <= index) {
      return OptionalLong.empty();
    }
    long size = shape.getShape().getDim(index).getSize();
    return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
  }

  /** Whether a placeholder may be meant for floats of [n,height,width,3]. */
  public static boolean mayTakeImages(NodeDef placeholder) {
    AttrValue shape = placeholder.getAttrOrDefault("shape", AttrValue.getDefaultInstance());
    boolean anyShape = !shape.hasShape() || shape.getShape().getUnknownRank();
    return type(placeholder, "dtype") == DataType.DT_FLOAT
        && (anyShape || shape.getShape().getDimCount() == 4);
  }

  /** {@code float, [?,224,224,3]}. */
  public static String describePlaceholder(NodeDef node) {
    String type = type(node, "dtype").name().replaceFirst("^DT_", "").toLowerCase(Locale.ROOT);
    AttrValue shape = node.getAttrOrDefault("shape", AttrValue.getDefaultInstance());
    if (!shape.hasShape() || shape.getShape().getUnknownRank()) {
      return type + ", any shape";
    }
    return type
        + ", "
        + shape.getShape().getDimList().stream()
            .map(dim -> dim.getSize() < 0 ? "?" : Long.toString(dim.getSize()))
            .collect(Collectors.joining(",", "[", "]"));
  }

  public static Optional<Boolean> boolScalar(TensorProto tensor) {
    if (tensor.getDtype() != DataType.DT_BOOL || tensor.getTensorShape().getDimCount() != 0) {
      return Optional.empty();
    }
    if (tensor.getBoolValCount() > 0) {
      return Optional.of(tensor.getBoolVal(0));
    }
    // A value list that is left out means zeros.
    return Optional.of(
        !tensor.getTensorContent().isEmpty() && tensor.getTensorContent().byteAt(0) != 0);
  }
}
