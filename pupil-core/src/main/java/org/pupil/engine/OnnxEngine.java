package org.pupil.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.List;
import java.util.Optional;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.Reason;
import org.pupil.graph.AllowedOperations;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorShapeProto;
import org.pupil.network.FedNode;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkProbe;
import org.pupil.onnx.ConversionException;
import org.pupil.onnx.GraphConverter;
import org.pupil.onnx.proto.ModelProto;

/** ONNX Runtime, which runs ONNX networks and those that can be converted to ONNX. */
final class OnnxEngine implements NetworkEngine {
  private static final int CHANNELS = 3;

  private static final AttrValue UNKNOWN_SHAPE =
      AttrValue.newBuilder().setShape(TensorShapeProto.newBuilder().setUnknownRank(true)).build();

  @Override
  public String name() {
    return EngineName.ONNX.toString();
  }

  @Override
  public void preload() {
    Thread loader = new Thread(OnnxLibrary::environment, "onnxruntime-loader");
    loader.setDaemon(true);
    // It may fail, which open() tells, or because the process is ending just then.
    loader.setUncaughtExceptionHandler((thread, failure) -> {});
    loader.start();
  }

  @Override
  public Network open(NetworkGraph graph, InputSpec input, Purpose purpose) {
    if (purpose == Purpose.MANY_PHOTOS_IN_BFLOAT16) {
      throw PupilException.usage(
          "ONNX Runtime computes in float32: bfloat16 needs TensorFlow, and a backbone that is no"
              + " .onnx file");
    }
    ModelProto model = model(graph, input);
    OrtEnvironment environment = OnnxLibrary.environment();
    try {
      OrtSession session = session(model, environment, purpose);
      try {
        return new OnnxNetwork(environment, session, graph, input);
      } catch (OrtException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw refused(graph, "ONNX Runtime does not accept the graph", e);
    }
  }

  /**
   * What only ONNX Runtime noticed. Its own words, which few people understand, come last.
   *
   * @param what it does not do with the graph
   */
  static PupilException refused(NetworkGraph graph, String what, OrtException e) {
    return graph instanceof NetworkGraph.OfOnnx own
        ? PupilException.badModel(
            "%s: %s: export the network anew, or take another; ONNX Runtime says: %s"
                .formatted(own.network().where(), what, Reason.of(e)),
            e)
        : unsupported(what + ": " + Reason.of(e), e);
  }

  private static OrtSession session(ModelProto model, OrtEnvironment environment, Purpose purpose)
      throws OrtException {
    try (SessionOptions options = new SessionOptions();
        OnnxWeights weights = OnnxWeights.outOf(model, environment)) {
      // One thread for a run: what comes out is then the same however many threads call.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      if (purpose == Purpose.FEW_PHOTOS) {
        // Memory that a single run does not win back.
        options.setCPUArenaAllocator(false);
        options.setMemoryPatternOptimization(false);
      }
      options.addExternalInitializers(weights.tensors());
      return environment.createSession(weights.model(), options);
    }
  }

  /** A placeholder may fix what it takes; what else may be fed takes whatever comes. */
  private static void checkPlaceholder(GraphDef graph, String name, InputSpec spec) {
    for (NodeDef node : graph.getNodeList()) {
      if (node.getName().equals(name) && node.getOp().equals("Placeholder")) {
        DataType type = node.getAttrOrDefault("dtype", AttrValue.getDefaultInstance()).getType();
        if (type != DataType.DT_FLOAT) {
          throw unusable(name + " is of type " + type + ", not DT_FLOAT");
        }
        checkShape(node.getAttrOrDefault("shape", UNKNOWN_SHAPE).getShape(), name, spec);
      }
    }
  }

  private static void checkShape(TensorShapeProto own, String name, InputSpec spec) {
    if (own.getUnknownRank()) {
      return;
    }
    List<Long> lengths = own.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
    Optional<String> trouble = FedNode.trouble(name, lengths, spec);
    if (trouble.isPresent()) {
      throw unusable(trouble.get());
    }
  }

  private static PupilException unusable(String reason) {
    return PupilException.badModel("the graph cannot be used: " + reason);
  }

  private static ModelProto model(NetworkGraph graph, InputSpec input) {
    if (graph instanceof NetworkGraph.OfOnnx own) {
      return own.network().toRun(own.outputs().values());
    }
    NetworkGraph.OfTensorFlow other = (NetworkGraph.OfTensorFlow) graph;
    checkPlaceholder(other.graph(), other.input(), input);
    try {
      return GraphConverter.convert(
          other.graph(),
          other.input(),
          new long[] {1, input.height(), input.width(), CHANNELS},
          other.outputs().values().stream().distinct().toList());
    } catch (ConversionException e) {
      throw unsupported(e.getMessage(), e);
    }
  }

  /** What another engine may run. {@link AutoEngine} knows it by its cause. */
  static PupilException unsupported(String what, Exception cause) {
    return PupilException.badModel(
        Message.of(
            what + "; TensorFlow may run it: ",
            Setting.ENGINE,
            " " + EngineName.TENSORFLOW + " (a download of about 160 MB, once; 650 MB unpacked)"),
        cause);
  }

  @Override
  public NetworkProbe probe(GraphDef graph, String input, String where) {
    Optional<String> trouble = AllowedOperations.OF_NETWORKS.trouble(graph);
    if (trouble.isPresent()) {
      throw PupilException.badModel(where + ": " + trouble.get());
    }
    return new OnnxProbe(this, graph, input, where);
  }
}
