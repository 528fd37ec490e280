package org.pupil.backbone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.graph.Attrs;
import org.pupil.graph.BottleneckOutput;
import org.pupil.graph.GraphIndex;
import org.pupil.graph.InferenceGraph;
import org.pupil.graph.Nodes;
import org.pupil.graph.TensorName;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.NodeDef;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkProbe;

/** From a frozen graph and the names of its layers to a backbone that is known to work. */
final class BackboneBuilder {
  private static final int CHANNELS = 3;

  private BackboneBuilder() {}

  /**
   * What is to be made of a graph.
   *
   * @param name the backbone's name
   * @param bottleneck a layer as a person types it: {@code node} or {@code node:0}
   * @param convMap the last map, where it is known
   * @param scores the ImageNet scores, where the family has them; the graph may lack them
   * @param engine runs it, or chooses who does
   */
  record Plan(
      String name,
      String sha256,
      String input,
      String bottleneck,
      InputSpec spec,
      Optional<String> convMap,
      Optional<String> scores,
      NetworkEngine engine) {}

  /**
   * Checks everything that can be checked before the first photo: that the layers are there, that
   * the bottleneck depends on the images and on nothing else, that the engine can run it, and that
   * it is [n,d] or [n,1,1,d].
   *
   * @throws PupilException of kind BAD_MODEL, with the candidates where a name is wrong
   */
  static Backbone build(GraphIndex flat, Plan plan) {
    String input = TensorName.parse(plan.input()).node();
    checkInput(flat, input);
    TensorName bottleneck = TensorName.parse(plan.bottleneck());
    if (!flat.has(bottleneck.node()) || bottleneck.isControl()) {
      throw noLayer(flat, plan.bottleneck());
    }
    List<String> layers = new ArrayList<>(List.of(bottleneck.node()));
    Optional<String> scores = plan.scores().filter(flat::has);
    scores.ifPresent(layers::add);
    GraphIndex prepared = InferenceGraph.of(flat, images(input, plan.spec()), layers);
    BottleneckOutput exit;
    long[] shape;
    NetworkEngine engine;
    try (NetworkProbe probe =
        plan.engine().probe(prepared.prunedTo(List.of(bottleneck.node())), input, flat.where())) {
      checkType(probe, bottleneck, flat);
      shape = probe.shape(bottleneck).orElseThrow(() -> notOnePerPhoto(flat, plan));
      engine = probe.engine();
      exit = BottleneckOutput.of(bottleneck, shape).orElseThrow(() -> notFlat(flat, plan, shape));
    }
    Optional<String> convMap =
        plan.convMap()
            .or(() -> flat.pooledMap(bottleneck.node()))
            .filter(map -> prepared.ancestors(List.of(bottleneck.node())).contains(map));
    TensorFlowBackbone.Layers nodes =
        new TensorFlowBackbone.Layers(input, bottleneck, exit, size(shape), convMap, scores);
    return new Backbone(
        plan.name(),
        plan.sha256(),
        plan.spec(),
        new TensorFlowBackbone(nodes, () -> prepared),
        engine);
  }

  /** A placeholder for any number of images. */
  static NodeDef images(String name, InputSpec spec) {
    return Nodes.placeholder(name, -1, spec.height(), spec.width(), CHANNELS);
  }

  private static int size(long[] shape) {
    return Math.toIntExact(Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b));
  }

  private static void checkInput(GraphIndex flat, String input) {
    NodeDef node =
        flat.node(input)
            .orElseThrow(
                () ->
                    PupilException.badModel(
                        Message.of(
                            Setting.INPUT_LAYER,
                            " "
                                + input
                                + " is not in "
                                + flat.where()
                                + listed("; inputs in it: ", flat.inputCandidates()))));
    if (!GraphIndex.isPlaceholder(node)) {
      return;
    }
    OptionalLong channels = Attrs.dimension(node, 3);
    if (Attrs.type(node, "dtype") != DataType.DT_FLOAT
        || (channels.isPresent() && channels.getAsLong() != CHANNELS)) {
      throw PupilException.badModel(
          Message.of(
              Setting.INPUT_LAYER,
              " "
                  + input
                  + " of "
                  + flat.where()
                  + " takes "
                  + Attrs.describePlaceholder(node)
                  + "; a backbone takes float, [n,height,width,3]"));
    }
  }

  private static PupilException noLayer(GraphIndex flat, String typed) {
    return PupilException.badModel(
        Message.of(
            Setting.BOTTLENECK_LAYER,
            " "
                + typed
                + " is not in "
                + flat.where()
                + listed("; likely layers in it: ", flat.bottleneckCandidates())));
  }

  private static void checkType(NetworkProbe probe, TensorName bottleneck, GraphIndex flat) {
    DataType type = probe.type(bottleneck);
    if (type != DataType.DT_FLOAT) {
      throw PupilException.badModel(
          Message.of(
              Setting.BOTTLENECK_LAYER,
              " "
                  + bottleneck
                  + " of "
                  + flat.where()
                  + " is of type "
                  + type
                  + "; a bottleneck is DT_FLOAT"
                  + listed("; likely layers: ", flat.bottleneckCandidates())));
    }
  }

  private static PupilException notOnePerPhoto(GraphIndex flat, Plan plan) {
    return PupilException.badModel(
        Message.of(
            Setting.BOTTLENECK_LAYER,
            " "
                + plan.bottleneck()
                + " of "
                + flat.where()
                + " does not give one row a photo"
                + listed("; likely layers: ", flat.bottleneckCandidates())));
  }

  private static PupilException notFlat(GraphIndex flat, Plan plan, long[] shape) {
    String sizes =
        Arrays.stream(shape)
            .mapToObj(size -> size < 0 ? "n" : Long.toString(size))
            .collect(Collectors.joining(",", "[", "]"));
    return PupilException.badModel(
        Message.of(
            Setting.BOTTLENECK_LAYER,
            " "
                + plan.bottleneck()
                + " of "
                + flat.where()
                + " gives "
                + sizes
                + " for images of "
                + plan.spec().height()
                + " x "
                + plan.spec().width()
                + "; a bottleneck is [n,d]"
                + listed("; pooled layers: ", flat.bottleneckCandidates())));
  }

  static String listed(String introduction, List<String> names) {
    return names.isEmpty() ? "" : introduction + String.join(", ", names);
  }
}
