package org.pupil.tensorflow;

import java.util.Optional;
import org.pupil.engine.EngineName;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.Reason;
import org.pupil.graph.TensorName;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkProbe;

/** TensorFlow, which runs every network there is. The library finds it as a service. */
public final class TensorFlowEngine implements NetworkEngine {
  /** For {@link java.util.ServiceLoader}; loads nothing yet. */
  public TensorFlowEngine() {}

  @Override
  public String name() {
    return EngineName.TENSORFLOW.toString();
  }

  @Override
  public void preload() {
    GraphSession.preload();
  }

  @Override
  public Network open(NetworkGraph graph, InputSpec input, Purpose purpose) {
    if (!(graph instanceof NetworkGraph.OfTensorFlow own)) {
      throw PupilException.usage(
          Message.of(Setting.ENGINE, " " + name() + " does not run .onnx files: leave it out"));
    }
    GraphSession session;
    try {
      session = GraphSession.open(own.graph(), preparation(purpose));
    } catch (IllegalArgumentException e) {
      throw PupilException.badModel("TensorFlow does not accept the graph: " + Reason.of(e), e);
    }
    try {
      return new TensorFlowNetwork(session, graph, input);
    } catch (IllegalArgumentException e) {
      session.close();
      throw PupilException.badModel("the graph cannot be used: " + Reason.of(e), e);
    }
  }

  @Override
  public NetworkProbe probe(GraphDef graph, String input, String where) {
    GraphProbe probe = new GraphProbe(graph, input, where);
    return new NetworkProbe() {
      @Override
      public NetworkEngine engine() {
        return TensorFlowEngine.this;
      }

      @Override
      public DataType type(TensorName tensor) {
        return probe.type(tensor);
      }

      @Override
      public Optional<long[]> shape(TensorName tensor) {
        return probe.shape(tensor);
      }

      @Override
      public void close() {
        probe.close();
      }
    };
  }

  private static GraphSession.Preparation preparation(Purpose purpose) {
    return switch (purpose) {
      case MANY_PHOTOS -> GraphSession.Preparation.FOR_SPEED;
      case MANY_PHOTOS_IN_BFLOAT16 -> GraphSession.Preparation.FOR_SPEED_IN_BFLOAT16;
      case FEW_PHOTOS -> GraphSession.Preparation.FOR_QUICK_START;
    };
  }
}
