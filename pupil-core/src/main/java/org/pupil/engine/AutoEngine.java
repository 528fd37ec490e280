package org.pupil.engine;

import ai.onnxruntime.OrtException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pupil.errors.PupilException;
import org.pupil.graph.TensorName;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkProbe;
import org.pupil.onnx.ConversionException;

/**
 * ONNX Runtime for every network that can be converted; for the others TensorFlow, if it is there.
 */
final class AutoEngine implements NetworkEngine {
  private final NetworkEngine first;
  private final Supplier<Optional<NetworkEngine>> second;

  /**
   * @param second looks for the other engine; it is not asked before it is needed
   */
  AutoEngine(NetworkEngine first, Supplier<Optional<NetworkEngine>> second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public String name() {
    return EngineName.AUTO.toString();
  }

  @Override
  public NetworkEngine preferred() {
    return first;
  }

  @Override
  public void preload() {
    first.preload();
  }

  @Override
  public Network open(NetworkGraph graph, InputSpec input, Purpose purpose) {
    try {
      return first.open(graph, input, purpose);
    } catch (PupilException e) {
      if (graph instanceof NetworkGraph.OfOnnx) {
        throw e; // which no other engine runs
      }
      return other(e).open(graph, input, purpose);
    }
  }

  @Override
  public NetworkProbe probe(GraphDef graph, String input, String where) {
    return new Probe(first.probe(graph, input, where), graph, input, where);
  }

  /**
   * The engine that may run what the first did not take.
   *
   * @throws PupilException what the first said, if that is no question of engines, or there is no
   *     other
   */
  private NetworkEngine other(PupilException refusal) {
    if (refusal.getCause() instanceof ConversionException
        || refusal.getCause() instanceof OrtException) {
      return second.get().orElseThrow(() -> refusal);
    }
    throw refusal;
  }

  /** Asks the first engine, and from its first refusal on the other. */
  private final class Probe implements NetworkProbe {
    private final GraphDef graph;
    private final String input;
    private final String where;
    private NetworkProbe asked;

    Probe(NetworkProbe asked, GraphDef graph, String input, String where) {
      this.asked = asked;
      this.graph = graph;
      this.input = input;
      this.where = where;
    }

    @Override
    public NetworkEngine engine() {
      return asked.engine();
    }

    @Override
    public DataType type(TensorName tensor) {
      return ask(probe -> probe.type(tensor));
    }

    @Override
    public Optional<long[]> shape(TensorName tensor) {
      return ask(probe -> probe.shape(tensor));
    }

    private <T> T ask(Function<NetworkProbe, T> question) {
      try {
        return question.apply(asked);
      } catch (PupilException e) {
        if (!asked.engine().equals(first)) {
          throw e;
        }
        NetworkProbe next = other(e).probe(graph, input, where);
        asked.close();
        asked = next;
        return question.apply(asked);
      }
    }

    @Override
    public void close() {
      asked.close();
    }
  }
}
