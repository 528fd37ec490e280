package org.pupil.backbone;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pupil.errors.PupilException;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** The values of a SavedModel's variables, restored by TensorFlow. Owns a native session. */
final class VariableValues implements AutoCloseable {
  private final String where;
  private final SavedModelBundle bundle;

  /**
   * @param tags which of the model's graphs; a TensorFlow 1 Hub module has one without tags
   * @throws PupilException of kind BAD_MODEL when TensorFlow cannot restore the model
   */
  VariableValues(Path folder, Collection<String> tags, String where) {
    this.where = where;
    try {
      bundle =
          SavedModelBundle.loader(folder.toString()).withTags(tags.toArray(String[]::new)).load();
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw PupilException.badModel(
          where + " cannot be loaded as a SavedModel: " + OneLine.of(e), e);
    }
  }

  /** Constants with the variables' names and values, in the given order. */
  Map<String, NodeDef> constants(List<NodeDef> variables) {
    if (variables.isEmpty()) {
      return Map.of();
    }
    Map<String, NodeDef> constants = new LinkedHashMap<>();
    Session.Runner runner = bundle.session().runner();
    try {
      variables.forEach(variable -> runner.fetch(value(variable)));
      try (Result values = runner.run()) {
        for (int i = 0; i < variables.size(); i++) {
          String name = variables.get(i).getName();
          constants.put(name, Attrs.constant(name, proto(values.get(i))));
        }
      }
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw PupilException.badModel(where + ": its variables cannot be read: " + OneLine.of(e), e);
    }
    return constants;
  }

  private Output<?> value(NodeDef variable) {
    Graph graph = bundle.graph();
    Output<?> output = graph.operationOrThrow(variable.getName()).output(0);
    if (!variable.getOp().equals("VarHandleOp")) {
      return output;
    }
    DataType type = Attrs.type(variable, "dtype");
    return graph
        .opBuilder("ReadVariableOp", "pupil/read/" + variable.getName(), graph.baseScope())
        .addInput(output)
        .setAttr("dtype", type)
        .build()
        .output(0);
  }

  private static TensorProto proto(Tensor tensor) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : tensor.shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    ByteDataBuffer data = tensor.asRawTensor().data();
    byte[] bytes = new byte[Math.toIntExact(data.size())];
    data.read(bytes);
    return TensorProto.newBuilder()
        .setDtype(tensor.dataType())
        .setTensorShape(shape)
        .setTensorContent(ByteString.copyFrom(ByteBuffer.wrap(bytes)))
        .build();
  }

  @Override
  public void close() {
    bundle.close();
  }
}
