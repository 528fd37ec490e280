package org.pupil.engine;

import java.util.List;
import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.graph.TensorName;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorShapeProto;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkProbe;
import org.pupil.onnx.ConversionException;
import org.pupil.onnx.GraphConverter;

/** Looks at a graph by converting it, for any number of images. Needs no native library. */
final class OnnxProbe implements NetworkProbe {
  private final NetworkEngine engine;
  private final GraphDef graph;
  private final String input;
  private final String where;
  private final long[] inputShape;

  OnnxProbe(NetworkEngine engine, GraphDef graph, String input, String where) {
    this.engine = engine;
    this.graph = graph;
    this.input = input;
    this.where = where;
    this.inputShape = shapeOfPlaceholder();
  }

  private long[] shapeOfPlaceholder() {
    for (NodeDef node : graph.getNodeList()) {
      if (node.getName().equals(input)) {
        List<TensorShapeProto.Dim> axes =
            node.getAttrOrDefault("shape", AttrValue.getDefaultInstance()).getShape().getDimList();
        return axes.stream().mapToLong(TensorShapeProto.Dim::getSize).toArray();
      }
    }
    throw PupilException.badModel(where + " has no node " + input);
  }

  @Override
  public NetworkEngine engine() {
    return engine;
  }

  /** What can be converted is computed in float32 throughout. */
  @Override
  public DataType type(TensorName tensor) {
    return DataType.DT_FLOAT;
  }

  @Override
  public Optional<long[]> shape(TensorName tensor) {
    try {
      long[] shape = GraphConverter.shapeOf(graph, input, inputShape, tensor);
      return shape.length > 0 && shape[0] < 0 ? Optional.of(shape) : Optional.empty();
    } catch (ConversionException e) {
      throw OnnxEngine.unsupported(where + ": " + e.getMessage(), e);
    } catch (PupilException e) {
      throw PupilException.badModel(where + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    // nothing to free
  }
}
