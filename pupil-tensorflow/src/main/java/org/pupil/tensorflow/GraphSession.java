package org.pupil.tensorflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.LongStream;
import org.pupil.graph.AllowedOperations;
import org.pupil.log.proto.GraphDef;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFUnimplementedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/**
 * A frozen graph that is loaded and ready to run. Owns the native graph and session.
 *
 * <p>Every run does all its work in the thread that calls it. Whoever wants more cores calls from
 * more threads: that keeps all cores busy without handing work around, and a result does not depend
 * on how many threads there are. The class is safe for use by many threads; {@link #close()} waits
 * for the runs under way.
 */
public final class GraphSession implements AutoCloseable {
  /** How a graph is prepared before its first run. */
  public enum Preparation {
    /** Rewritten into fewer, larger operations first: for a graph that runs many times. */
    FOR_SPEED,
    /** As {@link #FOR_SPEED}, with the convolutions in bfloat16 where the processor has it. */
    FOR_SPEED_IN_BFLOAT16,
    /** Run as it stands: for a graph that runs only once or twice. */
    FOR_QUICK_START
  }

  /** Thread pool -1 is the caller's own thread. */
  private static final RunOptions IN_CALLING_THREAD =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  private final Graph graph;
  private final Session session;

  /**
   * Shared by the runs, exclusive for closing. The session waits for its runs too, but gives up
   * when its thread is interrupted, and then the graph would go under a run that still uses it.
   */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private GraphSession(Graph graph, Session session) {
    this.graph = graph;
    this.session = session;
  }

  /**
   * Begins to load TensorFlow in another thread, which takes a good part of a short program's time.
   * Not needed, and harmless if it fails: {@link #open} waits for it and says what is wrong.
   */
  public static void preload() {
    NativePreload.begin();
  }

  /**
   * Loads a network.
   *
   * @throws IllegalArgumentException if it has operations that no network needs ({@link
   *     AllowedOperations#OF_NETWORKS}), or TensorFlow does not accept it
   */
  public static GraphSession open(GraphDef graphDef, Preparation preparation) {
    return open(graphDef, AllowedOperations.OF_NETWORKS, preparation);
  }

  /**
   * Loads a graph.
   *
   * @param allowed the operations that it may have; other than those of networks only for a graph
   *     of which no node came out of a file
   * @throws IllegalArgumentException if it has others, or TensorFlow does not accept it
   */
  public static GraphSession open(
      GraphDef graphDef, AllowedOperations allowed, Preparation preparation) {
    try {
      Graph graph = GraphLoader.load(graphDef, allowed);
      try {
        return new GraphSession(graph, new Session(graph, config(preparation)));
      } catch (RuntimeException e) {
        graph.close();
        throw e;
      }
    } catch (RuntimeException e) {
      throw isRefusal(e) ? new IllegalArgumentException(e.getMessage(), e) : e;
    }
  }

  /** TensorFlow's own refusals have three superclasses. */
  private static boolean isRefusal(RuntimeException e) {
    return e instanceof TensorFlowException
        || e instanceof TFInvalidArgumentException
        || e instanceof TFUnimplementedException;
  }

  private static ConfigProto config(Preparation preparation) {
    RewriterConfig.Builder rewriting = RewriterConfig.newBuilder();
    GraphOptions.Builder graphOptions = GraphOptions.newBuilder();
    switch (preparation) {
      case FOR_SPEED -> rewriteForSpeed(rewriting);
      case FOR_SPEED_IN_BFLOAT16 -> {
        rewriteForSpeed(rewriting);
        rewriting.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
      }
      case FOR_QUICK_START -> {
        rewriting.setDisableMetaOptimizer(true);
        graphOptions.setOptimizerOptions(
            OptimizerOptions.newBuilder().setOptLevel(OptimizerOptions.Level.L0));
      }
    }
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(1)
        .setInterOpParallelismThreads(1)
        .setUsePerSessionThreads(true)
        .setGraphOptions(graphOptions.setRewriteOptions(rewriting))
        .build();
  }

  /**
   * Constants are folded and operations fused, once. That is all of TensorFlow's rewriting that
   * makes a frozen network faster; the rest of it doubles the time of the first run.
   */
  private static void rewriteForSpeed(RewriterConfig.Builder rewriting) {
    rewriting
        .setMetaOptimizerIterations(RewriterConfig.NumIterationsType.ONE)
        .setArithmeticOptimization(RewriterConfig.Toggle.OFF)
        .setAutoMixedPrecision(RewriterConfig.Toggle.OFF)
        .setCommonSubgraphElimination(RewriterConfig.Toggle.OFF)
        .setDependencyOptimization(RewriterConfig.Toggle.OFF)
        .setFunctionOptimization(RewriterConfig.Toggle.OFF)
        .setImplementationSelector(RewriterConfig.Toggle.OFF)
        .setLayoutOptimizer(RewriterConfig.Toggle.OFF)
        .setLoopOptimization(RewriterConfig.Toggle.OFF)
        .setMemoryOptimization(RewriterConfig.MemOptType.NO_MEM_OPT)
        .setShapeOptimization(RewriterConfig.Toggle.OFF);
  }

  /**
   * Checks that the first output of a node is float32, which is what is fed and fetched here.
   *
   * @throws IllegalArgumentException if it is not, or there is no such node or output
   */
  public void checkFloat32(String node) {
    DataType type = firstOutput(node).dataType();
    if (type != DataType.DT_FLOAT) {
      throw new IllegalArgumentException(node + " is of type " + type + ", not DT_FLOAT");
    }
  }

  /**
   * What TensorFlow knows of the shape of a node's first output: a length for each axis, -1 where
   * it may be any.
   *
   * @return empty if not even the number of axes is known
   * @throws IllegalArgumentException if there is no such node or output
   */
  public Optional<List<Long>> shape(String node) {
    Shape shape = firstOutput(node).shape();
    return shape.isUnknown()
        ? Optional.empty()
        : Optional.of(LongStream.of(shape.asArray()).boxed().toList());
  }

  private Output<?> firstOutput(String node) {
    GraphOperation operation = graph.operationOrThrow(node);
    if (operation.numOutputs() == 0) {
      throw new IllegalArgumentException(node + " (" + operation.type() + ") has no output");
    }
    return operation.output(0);
  }

  /**
   * Runs the graph and copies one float32 output.
   *
   * @param fetch name of the node whose first output is wanted, or {@code node:output}
   * @throws IllegalArgumentException if the graph has no such node, or none that is fed
   * @throws GraphRunException if the values do not fit, an operation refuses them, or the output is
   *     of another type
   */
  public FloatArray run(String fetch, Feed... feeds) {
    return run(List.of(fetch), feeds).get(0);
  }

  /**
   * Runs the graph once and copies several float32 outputs.
   *
   * @param fetches as {@link #run(String, Feed...)} takes one
   * @return an array for each, in their order
   * @throws IllegalArgumentException if the graph has no such node, or none that is fed
   * @throws GraphRunException if the values do not fit, an operation refuses them, or an output is
   *     of another type
   */
  public List<FloatArray> run(List<String> fetches, Feed... feeds) {
    try (Result result = runNatively(fetches, feeds)) {
      List<FloatArray> arrays = new ArrayList<>(fetches.size());
      for (int i = 0; i < fetches.size(); i++) {
        TFloat32 tensor = floats(fetches.get(i), result.get(i));
        float[] values = new float[Math.toIntExact(tensor.size())];
        tensor.asRawTensor().data().asFloats().read(values);
        arrays.add(new FloatArray(tensor.shape().asArray(), values));
      }
      return arrays;
    }
  }

  /**
   * Runs the graph and copies one float32 output into a part of an array.
   *
   * @param target receives the values, row-major, from {@code offset} on
   * @param length how many values the output must have
   * @throws IllegalStateException if the output has another number of values
   * @throws GraphRunException if the values do not fit, or an operation refuses them
   */
  public void run(float[] target, int offset, int length, String fetch, Feed... feeds) {
    try (Result result = runNatively(List.of(fetch), feeds)) {
      TFloat32 tensor = floats(fetch, result.get(0));
      if (tensor.size() != length) {
        throw new IllegalStateException(
            fetch + " gave the shape " + tensor.shape() + ", wanted " + length + " values");
      }
      tensor.asRawTensor().data().asFloats().read(target, offset, length);
    }
  }

  private static TFloat32 floats(String fetch, Tensor output) {
    if (output instanceof TFloat32 tensor) {
      return tensor;
    }
    throw new GraphRunException(fetch + " gave " + output.dataType() + " values, wanted floats");
  }

  private Result runNatively(List<String> fetches, Feed... feeds) {
    List<Tensor> tensors = new ArrayList<>(feeds.length);
    lock.readLock().lock();
    try {
      Session.Runner runner = session.runner().setOptions(IN_CALLING_THREAD);
      for (String fetch : fetches) {
        runner.fetch(graph.outputOrThrow(fetch));
      }
      for (Feed feed : feeds) {
        Tensor tensor = feed.tensor();
        tensors.add(tensor);
        runner.feed(graph.outputOrThrow(feed.node()), tensor);
      }
      return run(runner);
    } finally {
      lock.readLock().unlock();
      tensors.forEach(Tensor::close);
    }
  }

  private static Result run(Session.Runner runner) {
    try {
      return runner.run();
    } catch (RuntimeException e) {
      throw isRefusal(e) ? new GraphRunException(e) : e;
    }
  }

  /** Waits for the runs under way, then frees the native memory. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      session.close();
      graph.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
