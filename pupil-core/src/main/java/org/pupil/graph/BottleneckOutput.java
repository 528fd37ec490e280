package org.pupil.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.NodeDef;

/**
 * How the tensor of a layer becomes the first output of a node of [n,d].
 *
 * @param layer the node's name; the tensor's own node where nothing has to be done
 * @param from the tensor
 * @param squeezed its dimensions, all of size 1, that are left out
 */
public record BottleneckOutput(String layer, TensorName from, List<Integer> squeezed) {
  public BottleneckOutput {
    squeezed = List.copyOf(squeezed);
  }

  /**
   * Decides what has to be done for a tensor of a shape.
   *
   * @param shape the tensor's shape; the first dimension counts the images
   * @return empty when more than one other dimension is larger than 1, or there is none
   */
  public static Optional<BottleneckOutput> of(TensorName from, long[] shape) {
    List<Integer> ones = new ArrayList<>();
    for (int i = 1; i < shape.length; i++) {
      if (shape[i] == 1) {
        ones.add(i);
      }
    }
    int others = shape.length - 1 - ones.size();
    if (shape.length < 2 || others > 1) {
      return Optional.empty();
    }
    if (others == 0) {
      ones.remove(ones.size() - 1);
    }
    boolean asItIs = ones.isEmpty() && from.output() == 0;
    return Optional.of(new BottleneckOutput(asItIs ? from.node() : ownName(from), from, ones));
  }

  private static String ownName(TensorName from) {
    return from.node() + "/bottleneck" + (from.output() == 0 ? "" : "_" + from.output());
  }

  public GraphIndex addTo(GraphIndex index) {
    if (layer.equals(from.node())) {
      return index;
    }
    NodeDef node =
        squeezed.isEmpty() ? Nodes.identity(layer, from.toString(), DataType.DT_FLOAT) : squeeze();
    return new GraphIndex(index.graph().toBuilder().addNode(node).build(), index.where());
  }

  private NodeDef squeeze() {
    return NodeDef.newBuilder()
        .setName(layer)
        .setOp("Squeeze")
        .addInput(from.toString())
        .putAttr("T", Nodes.type(DataType.DT_FLOAT))
        .putAttr(
            "squeeze_dims",
            Nodes.integers(squeezed.stream().mapToLong(Integer::longValue).toArray()))
        .build();
  }
}
