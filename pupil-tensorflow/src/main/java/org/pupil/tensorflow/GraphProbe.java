package org.pupil.tensorflow;

import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.files.Reason;
import org.pupil.graph.AllowedOperations;
import org.pupil.graph.TensorName;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Lets TensorFlow look at a graph, before anything long depends on it. Owns a native graph.
 *
 * <p>The look is taken with two images, not with "any number": only then does TensorFlow notice a
 * reshape that mixes the images.
 */
public final class GraphProbe implements AutoCloseable {
  private static final int IMAGES = 2;

  private final GraphDef definition;
  private final String where;
  private final String inputNode;
  private final Graph graph;

  /**
   * Imports a graph.
   *
   * @param inputNode its placeholder, of [n,height,width,3]
   * @param where what to call the graph in a message
   * @throws PupilException of kind BAD_MODEL when this TensorFlow cannot run the graph, or when it
   *     has operations that may do more than compute
   */
  public GraphProbe(GraphDef definition, String inputNode, String where) {
    this.definition = definition;
    this.inputNode = inputNode;
    this.where = where;
    AllowedOperations.OF_NETWORKS
        .trouble(definition)
        .ifPresent(
            trouble -> {
              throw PupilException.badModel(where + ": " + trouble);
            });
    try {
      this.graph = GraphLoader.load(withTwoImages(), AllowedOperations.OF_NETWORKS);
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw refused(e);
    }
  }

  private GraphDef withTwoImages() {
    GraphDef.Builder two = definition.toBuilder();
    for (NodeDef.Builder node : two.getNodeBuilderList()) {
      if (node.getName().equals(inputNode)) {
        AttrValue shape = node.getAttrOrThrow("shape");
        AttrValue.Builder fixed = shape.toBuilder();
        fixed.getShapeBuilder().getDimBuilder(0).setSize(IMAGES);
        node.putAttr("shape", fixed.build());
      }
    }
    return two.build();
  }

  /** The type of a node's output. */
  public DataType type(TensorName tensor) {
    int number = operation(tensor).output(tensor.output()).dataType().getNumber();
    DataType type = DataType.forNumber(number);
    return type == null ? DataType.UNRECOGNIZED : type;
  }

  /**
   * The shape of a node's output for images of the input's size, with -1 for the number of images.
   * Where TensorFlow cannot tell it from the graph, two grey images are sent through.
   *
   * @return empty when the first dimension does not count the images
   */
  public Optional<long[]> shape(TensorName tensor) {
    Shape inferred = operation(tensor).output(tensor.output()).shape();
    long[] sizes =
        inferred.isUnknown() || inferred.hasUnknownDimension() ? run(tensor) : inferred.asArray();
    if (sizes.length == 0 || sizes[0] != IMAGES) {
      return Optional.empty();
    }
    sizes[0] = Shape.UNKNOWN_SIZE;
    return Optional.of(sizes);
  }

  private long[] run(TensorName tensor) {
    Shape images = graph.operationOrThrow(inputNode).output(0).shape();
    try (Session session = new Session(graph);
        TFloat32 grey = TFloat32.tensorOf(images);
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
        "TensorFlow " + TensorFlow.version() + " cannot use " + where + ": " + Reason.of(e), e);
  }

  @Override
  public void close() {
    graph.close();
  }
}
