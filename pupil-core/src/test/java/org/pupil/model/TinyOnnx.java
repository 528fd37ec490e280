package org.pupil.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneRequest;
import org.pupil.images.PerChannel;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.OperatorSetIdProto;
import org.pupil.onnx.proto.TensorProto;
import org.pupil.onnx.proto.TensorShapeProto;
import org.pupil.onnx.proto.TypeProto;
import org.pupil.onnx.proto.ValueInfoProto;

/** {@link TinyModel} on a backbone that is an ONNX network: the mean over each colour. */
public final class TinyOnnx {
  private TinyOnnx() {}

  /** From {@code photos} [n,3,height,width] to {@code pooled} [n,3,1,1]. */
  public static ModelProto backboneModel() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("pytorch")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(
            GraphProto.newBuilder()
                .setName("tiny")
                .addInput(images("photos"))
                .addNode(
                    NodeProto.newBuilder()
                        .setOpType("GlobalAveragePool")
                        .setName("pool")
                        .addInput("photos")
                        .addOutput("pooled"))
                .addOutput(ValueInfoProto.newBuilder().setName("pooled")))
        .build();
  }

  private static ValueInfoProto images(String name) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("n");
    shape.addDimBuilder().setDimValue(3);
    shape.addDimBuilder().setDimParam("h");
    shape.addDimBuilder().setDimParam("w");
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(shape)))
        .build();
  }

  /** Asks for the backbone in a file of a folder. */
  public static BackboneRequest request(Path folder) {
    try {
      Path file = Files.write(folder.resolve("tiny.onnx"), backboneModel().toByteArray());
      return BackboneRequest.architecture(file.toString(), folder)
          .withSize(TinyModel.INPUT.height(), TinyModel.INPUT.width())
          .withScaling(TinyModel.INPUT.mean(), TinyModel.INPUT.std());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A model whose red, green and blue are scaled each in its own way. */
  static Model perChannel(Path folder) {
    return model(
        TinyModel.catalog()
            .resolve(
                request(folder)
                    .withScaling(new PerChannel(10, 20, 30), new PerChannel(40, 50, 60))));
  }

  static Model model(Path folder) {
    return model(TinyModel.catalog().resolve(request(folder)));
  }

  private static Model model(Backbone backbone) {
    ModelDescription of = TinyModel.description();
    return Model.of(
        backbone,
        TinyModel.layer(),
        new ModelDescription(
            of.format(),
            of.labels(),
            Model.inputLayer(backbone.format()),
            of.outputLayer(),
            of.inputHeight(),
            of.inputWidth(),
            of.alpha(),
            of.provenance()));
  }
}
