package org.pupil.engine;

import java.util.Optional;
import java.util.function.Function;
import org.pupil.errors.PupilException;
import org.pupil.graph.TensorName;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkProbe;

/** ONNX Runtime for every network that can be converted, and TensorFlow for the others. */
final class AutoEngine implements NetworkEngine {
  static final String NAME = "auto";

  private final NetworkEngine first = new OnnxEngine();
  private final NetworkEngine second = new TensorFlowEngine();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void preload() {
    first.preload();
  }

  @Override
  public Network open(NetworkGraph graph, InputSpec input, Purpose purpose) {
    if (graph instanceof NetworkGraph.OfOnnx) {
      return first.open(graph, input, purpose);
    }
    return purpose == Purpose.MANY_PHOTOS_IN_BFLOAT16
        ? second.open(graph, input, purpose)
        : either(engine -> engine.open(graph, input, purpose));
  }

  @Override
  public NetworkProbe probe(GraphDef graph, String input, String where) {
    return new NetworkProbe() {
      @Override
      public DataType type(TensorName tensor) {
        return ask(probe -> probe.type(tensor));
      }

      @Override
      public Optional<long[]> shape(TensorName tensor) {
        return ask(probe -> probe.shape(tensor));
      }

      private <T> T ask(Function<NetworkProbe, T> question) {
        return either(
            engine -> {
              try (NetworkProbe probe = engine.probe(graph, input, where)) {
                return question.apply(probe);
              }
            });
      }

      @Override
      public void close() {
        // nothing is held between two questions
      }
    };
  }

  private <T> T either(Function<NetworkEngine, T> task) {
    try {
      return task.apply(first);
    } catch (PupilException e) {
      if (e.kind() != PupilException.Kind.BAD_MODEL) {
        throw e;
      }
      return task.apply(second);
    }
  }
}
