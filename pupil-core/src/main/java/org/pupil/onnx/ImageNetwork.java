package org.pupil.onnx;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pupil.errors.PupilException;
import org.pupil.graph.ConvolutionLayers;
import org.pupil.onnx.ImageInput.Layout;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.TensorProto.DataType;

/**
 * An ONNX network from images of a fixed size to some of its tensors, of which all sizes are known.
 * Immutable.
 */
public final class ImageNetwork {
  private final ModelProto model;
  private final ImageInput input;
  private final int height;
  private final int width;
  private final String where;
  private final Map<String, SizedTensor> sizes;

  private ImageNetwork(ModelProto model, ImageInput input, int height, int width, String where) {
    this.model = model;
    this.input = input;
    this.height = height;
    this.width = width;
    this.where = where;
    this.sizes = OnnxSizes.of(model.getGraph(), input.name(), new Shape(shape(1)), where);
  }

  /**
   * The part of a file that some tensors depend on.
   *
   * @param tensors what nodes of the file give, at least one
   * @throws PupilException (bad model) if one depends on another input too, or on none, the network
   *     does not take images of that size, or it needs too much memory
   */
  public static ImageNetwork of(
      OnnxFile file, ImageInput input, int height, int width, Collection<String> tensors) {
    OnnxPruning pruning = new OnnxPruning(file.model().getGraph(), tensors);
    for (String other : file.inputs()) {
      if (!other.equals(input.name()) && pruning.uses(other)) {
        throw PupilException.badModel(
            "%s: %s depends on the input %s besides %s, and only photos are given: choose another output"
                .formatted(file.where(), String.join(", ", tensors), other, input.name()));
      }
    }
    if (!pruning.uses(input.name())) {
      throw PupilException.badModel(
          "%s: %s does not depend on the input %s"
              .formatted(file.where(), String.join(", ", tensors), input.name()));
    }
    return new ImageNetwork(pruning.of(file.model()), input, height, width, file.where());
  }

  /** What to call the file in messages. */
  public String where() {
    return where;
  }

  /** The input that takes images. */
  public ImageInput input() {
    return input;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** Whether a tensor of it is of float32. */
  public boolean isFloat(String tensor) {
    SizedTensor known = sizes.get(tensor);
    return known != null && known.type() == DataType.FLOAT;
  }

  /**
   * The lengths of a tensor's axes for one image.
   *
   * @return empty when the first axis does not count images
   */
  public Optional<long[]> shape(String tensor) {
    SizedTensor known = sizes.get(tensor);
    return known == null || known.shape().rank() == 0 || known.shape().length(0) != 1
        ? Optional.empty()
        : Optional.of(known.shape().lengths());
  }

  /** The head of a classifier above one of its tensors, if the network ends in one. */
  public Optional<OnnxHead> head(String probabilities) {
    return OnnxHead.of(model, probabilities);
  }

  /** The maps of its convolutions, which are [1,c,h,w], and the filters of the first. */
  public ConvolutionLayers layers() {
    return OnnxLayers.of(model.getGraph(), input.name());
  }

  /** The shape of a tensor for one image. */
  Shape size(String tensor) {
    return sizes.get(tensor).shape();
  }

  private long[] shape(long images) {
    return input.shape(images, height, width);
  }

  /** Whether several images can be computed at a time, each of which gives a row. */
  boolean takesAnyNumber() {
    if (!input.isForAnyNumber()) {
      return false;
    }
    try {
      Map<String, SizedTensor> two =
          OnnxSizes.of(model.getGraph(), input.name(), new Shape(shape(2)), where);
      NodeProto last = model.getGraph().getNode(model.getGraph().getNodeCount() - 1);
      Shape one = sizes.get(last.getOutput(0)).shape();
      return one.rank() > 0 && two.get(last.getOutput(0)).shape().equals(one.with(0, 2));
    } catch (PupilException e) {
      return false;
    }
  }

  /** How many bytes it takes in a file. */
  public int bytes() {
    return model.getSerializedSize();
  }

  /** The graph alone: nodes and weights, without a declaration of what goes in and comes out. */
  ModelProto model() {
    return model;
  }

  /**
   * The same with a vector for each image: a tensor of [n,d] as it is, and of another shape flat or
   * averaged over all positions.
   *
   * @param tensor of [n,d], or a map [n,d,h,w] or [n,h,w,d] as the input has its axes, or tokens
   *     [n,t,d]
   * @return empty when the tensor is none of these
   */
  public Optional<Pooled> pooled(String tensor) {
    return Pooling.of(this, tensor);
  }

  /**
   * A network and its tensor [n,d].
   *
   * @param tensor its name
   * @param size the {@code d}
   */
  public record Pooled(ImageNetwork network, String tensor, int size) {}

  /** The same with more nodes. */
  ImageNetwork with(List<NodeProto> nodes) {
    ModelProto.Builder more = model.toBuilder();
    more.getGraphBuilder().addAllNode(nodes);
    return new ImageNetwork(more.build(), input, height, width, where);
  }

  /** A name that no tensor has yet. */
  String newName(String wanted) {
    String name = wanted;
    while (sizes.containsKey(name)) {
      name += "_";
    }
    return name;
  }

  /**
   * The model as it is run: it takes one image [1,height,width,3], whatever the network's own
   * layout is, under the name of its input.
   *
   * @param outputs tensors that are wanted
   */
  public ModelProto toRun(Collection<String> outputs) {
    GraphProto graph = model.getGraph();
    GraphProto.Builder run = graph.toBuilder().clearNode();
    run.addInput(OnnxGraph.floats(input.name(), new Shape(1, height, width, ImageInput.CHANNELS)));
    if (input.layout() == Layout.NCHW) {
      String turned = newName(input.name() + "/channels_first");
      run.addNode(transpose(input.name(), turned, ImagePermutation.TO_CHANNELS_FIRST.axes()));
      graph.getNodeList().forEach(node -> run.addNode(renamed(node, input.name(), turned)));
    } else {
      run.addAllNode(graph.getNodeList());
    }
    Set<String> declared = new HashSet<>();
    for (String output : outputs) {
      if (declared.add(output)) {
        run.addOutput(OnnxGraph.floats(output, sizes.get(output).shape()));
      }
    }
    return model.toBuilder().setGraph(run).build();
  }

  static NodeProto transpose(String from, String to, int... order) {
    return NodeProto.newBuilder()
        .setOpType("Transpose")
        .setName(to)
        .addInput(from)
        .addOutput(to)
        .addAttribute(Attributes.ints("perm", order))
        .build();
  }

  /** From [n,3,height,width] to [n,height,width,3]. */
  static NodeProto toChannelsLast(String from, String to) {
    return transpose(from, to, ImagePermutation.TO_CHANNELS_LAST.axes());
  }

  private static NodeProto renamed(NodeProto node, String from, String to) {
    if (!node.getInputList().contains(from)) {
      return node;
    }
    NodeProto.Builder renamed = node.toBuilder().clearInput();
    node.getInputList().forEach(name -> renamed.addInput(name.equals(from) ? to : name));
    return renamed.build();
  }
}
