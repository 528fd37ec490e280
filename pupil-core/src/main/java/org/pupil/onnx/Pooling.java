package org.pupil.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pupil.onnx.ImageInput.Layout;
import org.pupil.onnx.ImageNetwork.Pooled;
import org.pupil.onnx.proto.NodeProto;

/**
 * Makes a vector for each image of what a network gives. The nodes that it adds mean the same in
 * all operator sets.
 */
final class Pooling {
  private Pooling() {}

  static Optional<Pooled> of(ImageNetwork network, String tensor) {
    Optional<long[]> known = network.shape(tensor);
    if (known.isEmpty() || known.get().length < 2 || !network.isFloat(tensor)) {
      return Optional.empty();
    }
    long[] shape = known.get();
    if (shape.length == 2) {
      return Optional.of(new Pooled(network, tensor, (int) shape[1]));
    }
    if (Arrays.stream(shape).filter(length -> length != 1).count() <= 1) {
      String flat = network.newName(tensor + "/flat");
      int size = (int) Arrays.stream(shape).max().orElse(1);
      return Optional.of(new Pooled(network.with(List.of(flatten(tensor, flat))), flat, size));
    }
    return switch (shape.length) {
      case 3 -> Optional.of(mean(network, tensor, (int) shape[2], 0, 2, 1));
      case 4 ->
          Optional.of(
              network.input().layout() == Layout.NCHW
                  ? mean(network, tensor, (int) shape[1])
                  : mean(
                      network, tensor, (int) shape[3], ImagePermutation.TO_CHANNELS_FIRST.axes()));
      default -> Optional.empty();
    };
  }

  /**
   * The mean over all positions.
   *
   * @param order of the axes that brings channels to the second place; none if they are there
   */
  private static Pooled mean(ImageNetwork network, String tensor, int size, int... order) {
    List<NodeProto> nodes = new ArrayList<>();
    String map = tensor;
    if (order.length > 0) {
      map = network.newName(tensor + "/channels_first");
      nodes.add(ImageNetwork.transpose(tensor, map, order));
    }
    String pooled = network.newName(tensor + "/pooled");
    nodes.add(
        NodeProto.newBuilder()
            .setOpType("GlobalAveragePool")
            .setName(pooled)
            .addInput(map)
            .addOutput(pooled)
            .build());
    String mean = network.newName(tensor + "/mean");
    nodes.add(flatten(pooled, mean));
    return new Pooled(network.with(nodes), mean, size);
  }

  private static NodeProto flatten(String from, String to) {
    return NodeProto.newBuilder()
        .setOpType("Flatten")
        .setName(to)
        .addInput(from)
        .addOutput(to)
        .addAttribute(Attributes.integer("axis", 1))
        .build();
  }
}
