package org.pupil.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.files.Reason;
import org.pupil.graph.AllowedOperations;
import org.pupil.graph.NetworkGraph;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.GraphDef;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkProbe;
import org.pupil.onnx.GraphConverter;

/** ONNX Runtime, which runs the networks that can be converted to ONNX. */
final class OnnxEngine implements NetworkEngine {
  static final String NAME = "onnx";

  private static final int CHANNELS = 3;

  @Override
  public String name() {
    return NAME;
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
      throw PupilException.usage("ONNX Runtime computes in float32: bfloat16 needs TensorFlow");
    }
    List<String> nodes = new ArrayList<>(graph.outputs().values());
    byte[] model =
        GraphConverter.convert(
                graph.graph(),
                graph.input(),
                new long[] {1, input.height(), input.width(), CHANNELS},
                nodes.stream().distinct().toList())
            .toByteArray();
    OrtEnvironment environment = OnnxLibrary.environment();
    try (SessionOptions options = new SessionOptions()) {
      // One thread for a run: what comes out is then the same however many threads call.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      if (purpose == Purpose.FEW_PHOTOS) {
        // Memory that a single run does not win back.
        options.setCPUArenaAllocator(false);
        options.setMemoryPatternOptimization(false);
      }
      OrtSession session = environment.createSession(model, options);
      return new OnnxNetwork(environment, session, graph, input);
    } catch (OrtException e) {
      throw PupilException.badModel("ONNX Runtime does not accept the graph: " + Reason.of(e), e);
    }
  }

  @Override
  public NetworkProbe probe(GraphDef graph, String input, String where) {
    Optional<String> trouble = AllowedOperations.OF_NETWORKS.trouble(graph);
    if (trouble.isPresent()) {
      throw PupilException.badModel(where + ": " + trouble.get());
    }
    return new OnnxProbe(graph, input, where);
  }
}
