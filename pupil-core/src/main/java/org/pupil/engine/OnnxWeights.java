package org.pupil.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pupil.onnx.LargeWeights;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.StringStringEntryProto;
import org.pupil.onnx.proto.TensorProto;

/**
 * The large weights of a model, which ONNX Runtime gets beside the model: as a part of it they
 * would be copied several times, which takes time and memory. Owns the tensors; they can be closed
 * when the session is there.
 */
final class OnnxWeights implements AutoCloseable {
  private final ModelProto model;
  private final Map<String, OnnxTensorLike> tensors;

  private OnnxWeights(ModelProto model, Map<String, OnnxTensorLike> tensors) {
    this.model = model;
    this.tensors = tensors;
  }

  /** Takes them out of a model. */
  static OnnxWeights outOf(ModelProto model, OrtEnvironment environment) throws OrtException {
    Map<String, OnnxTensorLike> tensors = new LinkedHashMap<>();
    GraphProto.Builder graph = model.getGraph().toBuilder();
    try {
      for (int i = 0; i < graph.getInitializerCount(); i++) {
        TensorProto weights = graph.getInitializer(i);
        if (LargeWeights.areLarge(weights.getRawData().size())
            && weights.getDataType() == TensorProto.DataType.FLOAT_VALUE) {
          tensors.put(weights.getName(), tensor(weights, environment));
          graph.setInitializer(i, declaration(weights));
        }
      }
    } catch (OrtException | RuntimeException e) {
      tensors.values().forEach(OnnxTensorLike::close);
      throw e;
    }
    return new OnnxWeights(model.toBuilder().setGraph(graph).build(), tensors);
  }

  private static OnnxTensor tensor(TensorProto weights, OrtEnvironment environment)
      throws OrtException {
    ByteBuffer bytes = outsideOfHeap(weights.getRawData()).order(ByteOrder.nativeOrder());
    long[] shape = weights.getDimsList().stream().mapToLong(length -> length).toArray();
    return OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), shape);
  }

  private static ByteBuffer outsideOfHeap(ByteString data) {
    ByteBuffer bytes = data.asReadOnlyByteBuffer();
    return bytes.isDirect() ? bytes : ByteBuffer.allocateDirect(data.size()).put(bytes).flip();
  }

  /** The tensor without its numbers. ONNX Runtime never looks for the place that is named. */
  private static TensorProto declaration(TensorProto weights) {
    return weights.toBuilder()
        .clearRawData()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(
            StringStringEntryProto.newBuilder().setKey("location").setValue("beside the model"))
        .build();
  }

  /** The model without them. */
  byte[] model() {
    return model.toByteArray();
  }

  /** The weights by their names. */
  Map<String, OnnxTensorLike> tensors() {
    return tensors;
  }

  @Override
  public void close() {
    tensors.values().forEach(OnnxTensorLike::close);
  }
}
