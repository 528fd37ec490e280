package org.pupil.backbone;

import java.util.Optional;
import org.pupil.errors.PupilException;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/** Lets TensorFlow look at a graph, before anything long depends on it. Owns a native graph. */
final class GraphProbe implements AutoCloseable {
  private final GraphDef definition;
  private final String where;
  private final Graph graph = new Graph();

  /**
   * @param where what to call the graph in a message
   * @throws PupilException of kind BAD_MODEL when this TensorFlow cannot run the graph, or when its
   *     result is not a fixed function of the images
   */
  GraphProbe(GraphDef definition, String where) {
    this.definition = definition;
    this.where = where;
    boolean done = false;
    try {
      checkFixed();
      graph.importGraphDef(definition);
      done = true;
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw refused(e);
    } finally {
      if (!done) {
        graph.close();
      }
    }
  }

  private void checkFixed() {
    for (NodeDef node : definition.getNodeList()) {
      String op = node.getOp();
      if (op.startsWith("Variable") || op.equals("VarHandleOp")) {
        throw PupilException.badModel(
            where
                + " is not frozen: "
                + node.getName()
                + " is a variable without a value; give a frozen graph or a SavedModel");
      }
      if (TensorFlow.isOpStateful(op) && !op.equals("Assert")) {
        throw PupilException.badModel(
            where
                + ": "
                + node.getName()
                + " ("
                + op
                + ") does not depend on the photo alone; export the graph for inference");
      }
    }
  }

  /** The type of a node's output. */
  DataType type(TensorName tensor) {
    return operation(tensor).output(tensor.output()).dataType();
  }

  /**
   * The shape of a node's output for images of the input's size, with -1 for the number of images.
   * Where TensorFlow cannot tell it from the graph, two grey images are sent through.
   *
   * @param inputNode the placeholder, of [n,height,width,3]
   * @return empty when the result has no first dimension that grows with the number of images
   */
  Optional<long[]> shape(TensorName tensor, String inputNode) {
    Shape inferred = operation(tensor).output(tensor.output()).shape();
    if (!inferred.isUnknown() && knowsAllButFirst(inferred)) {
      return inferred.numDimensions() > 0 && inferred.get(0) == Shape.UNKNOWN_SIZE
          ? Optional.of(inferred.asArray())
          : Optional.empty();
    }
    long[] two = run(tensor, inputNode, 2);
    if (two.length == 0 || two[0] != 2) {
      return Optional.empty();
    }
    two[0] = Shape.UNKNOWN_SIZE;
    return Optional.of(two);
  }

  private static boolean knowsAllButFirst(Shape shape) {
    for (int i = 1; i < shape.numDimensions(); i++) {
      if (shape.get(i) == Shape.UNKNOWN_SIZE) {
        return false;
      }
    }
    return true;
  }

  private long[] run(TensorName tensor, String inputNode, int images) {
    Shape one = graph.operationOrThrow(inputNode).output(0).shape();
    Shape shape = Shape.of(images, one.get(1), one.get(2), one.get(3));
    try (Session session = new Session(graph);
        TFloat32 grey = TFloat32.tensorOf(shape);
        Result result =
            session.runner().feed(inputNode, grey).fetch(tensor.node(), tensor.output()).run()) {
      return result.get(0).shape().asArray();
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw refused(e);
    }
  }

  private GraphOperation operation(TensorName tensor) {
    GraphOperation operation = graph.operationOrThrow(tensor.node());
    if (tensor.output() >= operation.numOutputs()) {
      throw PupilException.badModel(
          where
              + ": "
              + tensor.node()
              + " has "
              + operation.numOutputs()
              + " outputs, so there is no "
              + tensor);
    }
    return operation;
  }

  private PupilException refused(RuntimeException e) {
    return PupilException.badModel(
        "TensorFlow " + TensorFlow.version() + " cannot use " + where + ": " + OneLine.of(e), e);
  }

  @Override
  public void close() {
    graph.close();
  }
}
