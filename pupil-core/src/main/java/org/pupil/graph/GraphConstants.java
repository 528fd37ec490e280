package org.pupil.graph;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;

/** The constants of a graph by name, also where an {@code Identity} stands between. */
final class GraphConstants {
  /** More than a frozen graph has in a row; a cycle ends here too. */
  private static final int MOST_IDENTITIES = 8;

  private final Map<String, NodeDef> nodes = new HashMap<>();

  GraphConstants(GraphDef graph) {
    for (NodeDef node : graph.getNodeList()) {
      if (node.getOp().equals("Const") || node.getOp().equals("Identity")) {
        nodes.put(node.getName(), node);
      }
    }
  }

  /**
   * The constant that a node takes.
   *
   * @param input which of the node's inputs, from 0
   * @return empty when there is no such input, or when it is computed
   */
  Optional<TensorProto> input(NodeDef node, int input) {
    NodeDef source = source(node, input);
    for (int i = 0; i < MOST_IDENTITIES && source != null; i++) {
      if (source.getOp().equals("Const")) {
        return Optional.of(
            source.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor());
      }
      source = source(source, 0);
    }
    return Optional.empty();
  }

  private @Nullable NodeDef source(NodeDef node, int input) {
    if (input >= node.getInputCount()) {
      return null;
    }
    String name = node.getInput(input);
    return nodes.get(name.endsWith(":0") ? name.substring(0, name.length() - 2) : name);
  }

  /** The values that are written down of a tensor of int32 or int64. */
  static LongStream wholeNumbers(TensorProto tensor) {
    ByteString content = tensor.getTensorContent();
    LongStream listed =
        LongStream.concat(
            tensor.getIntValList().stream().mapToLong(Integer::longValue),
            tensor.getInt64ValList().stream().mapToLong(Long::longValue));
    ByteBuffer bytes = content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    LongStream packed =
        tensor.getDtype() == DataType.DT_INT64
            ? LongStream.range(0, content.size() / Long.BYTES).map(i -> bytes.getLong((int) i * 8))
            : LongStream.range(0, content.size() / Integer.BYTES)
                .map(i -> bytes.getInt((int) i * Integer.BYTES));
    return LongStream.concat(listed, packed);
  }
}
