package org.pupil.model;

import org.pupil.log.proto.GraphDef;
import org.pupil.network.NetworkFormat;
import org.pupil.onnx.proto.ModelProto;

/** What the file of a model holds: the network with its final layer, in one of the formats. */
public sealed interface ModelContent {
  /** The format. */
  NetworkFormat format();

  /** The whole content of the file. */
  byte[] toByteArray();

  /**
   * A TensorFlow graph.
   *
   * @param graph its nodes, at least one
   */
  record OfTensorFlow(GraphDef graph) implements ModelContent {
    @Override
    public NetworkFormat format() {
      return NetworkFormat.TENSORFLOW;
    }

    @Override
    public byte[] toByteArray() {
      return graph.toByteArray();
    }
  }

  /**
   * An ONNX model.
   *
   * @param model its nodes, at least one
   */
  record OfOnnx(ModelProto model) implements ModelContent {
    @Override
    public NetworkFormat format() {
      return NetworkFormat.ONNX;
    }

    @Override
    public byte[] toByteArray() {
      return model.toByteArray();
    }
  }
}
