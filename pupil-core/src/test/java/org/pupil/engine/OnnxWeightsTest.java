package org.pupil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.OperatorSetIdProto;
import org.pupil.onnx.proto.TensorProto;
import org.pupil.onnx.proto.TensorShapeProto;
import org.pupil.onnx.proto.TypeProto;
import org.pupil.onnx.proto.ValueInfoProto;

class OnnxWeightsTest {
  private static final int NUMBERS = 4096;

  private final OrtEnvironment environment = OnnxLibrary.environment();

  /** {@code sum} is {@code x} plus the weights. */
  private static ModelProto sum(ByteBuffer weights) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(
            GraphProto.newBuilder()
                .setName("sum")
                .addInput(numbers("x"))
                .addInitializer(
                    TensorProto.newBuilder()
                        .setName("w")
                        .setDataType(TensorProto.DataType.FLOAT_VALUE)
                        .addDims(NUMBERS)
                        .setRawData(UnsafeByteOperations.unsafeWrap(weights)))
                .addNode(
                    NodeProto.newBuilder()
                        .setOpType("Add")
                        .addInput("x")
                        .addInput("w")
                        .addOutput("sum"))
                .addOutput(numbers("sum")))
        .build();
  }

  private static ValueInfoProto numbers(String name) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(
                            TensorShapeProto.newBuilder()
                                .addDim(
                                    TensorShapeProto.Dimension.newBuilder().setDimValue(NUMBERS)))))
        .build();
  }

  /** Newer versions of ONNX Runtime read weights where they are: then they must stay longer. */
  @Test
  void aSessionHasWeightsOfItsOwn() throws OrtException {
    ByteBuffer weights =
        ByteBuffer.allocateDirect(NUMBERS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    fill(weights, 1.5f);
    OrtSession session;
    try (SessionOptions options = new SessionOptions();
        OnnxWeights own = OnnxWeights.outOf(sum(weights), environment)) {
      assertThat(own.tensors()).containsOnlyKeys("w");
      options.addExternalInitializers(own.tensors());
      session = environment.createSession(own.model(), options);
    }
    fill(weights, 7);

    try (session;
        OnnxTensor fed =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(new float[NUMBERS]), new long[] {NUMBERS});
        OrtSession.Result result = session.run(Map.of("x", fed))) {
      assertThat((float[]) result.get("sum").orElseThrow().getValue()).containsOnly(1.5f);
    }
  }

  private static void fill(ByteBuffer numbers, float value) {
    for (int i = 0; i < NUMBERS; i++) {
      numbers.putFloat(i * Float.BYTES, value);
    }
  }
}
