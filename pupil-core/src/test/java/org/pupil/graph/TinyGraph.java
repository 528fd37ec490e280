package org.pupil.graph;

import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;

/** Builds graphs of a few nodes for tests. */
public final class TinyGraph {
  private final GraphDef.Builder graph = GraphDef.newBuilder();

  public TinyGraph() {
    graph.getVersionsBuilder().setProducer(1882);
  }

  /** Pooling over both sides: [n,h,w,3] to [n,3], in two nodes and one constant. */
  public static GraphDef pool(String input, String features) {
    return new TinyGraph()
        .images(input, -1, -1, -1)
        .ints(features + "/axes", 1, 2)
        .mean(features, input, features + "/axes", false)
        .build();
  }

  /** As in the MobileNets: the pooled features are [n,1,1,3], and scores hang on them. */
  public static GraphDef mobileNet(float scale) {
    String pool = "MobilenetV1/Logits/AvgPool_1a/AvgPool";
    return new TinyGraph()
        .images("input", -1, -1, -1)
        .floats("scale", scale)
        .node("Mul", "MobilenetV1/MobilenetV1/Conv2d_13_pointwise/Relu6", "input", "scale")
        .ints("axes", 1, 2)
        .mean(pool, "MobilenetV1/MobilenetV1/Conv2d_13_pointwise/Relu6", "axes", true)
        .ints("shape", -1, 3)
        .add(
            NodeDef.newBuilder()
                .setName("MobilenetV1/Predictions/Reshape")
                .setOp("Reshape")
                .addInput(pool)
                .addInput("shape")
                .putAttr("T", Nodes.type(DataType.DT_FLOAT))
                .putAttr("Tshape", Nodes.type(DataType.DT_INT32))
                .build())
        .build();
  }

  public TinyGraph add(NodeDef node) {
    graph.addNode(node);
    return this;
  }

  public TinyGraph producer(int version) {
    graph.getVersionsBuilder().setProducer(version);
    return this;
  }

  public TinyGraph images(String name, long batch, long height, long width) {
    return placeholder(name, DataType.DT_FLOAT, batch, height, width, 3);
  }

  public TinyGraph placeholder(String name, DataType type, long... shape) {
    return add(
        NodeDef.newBuilder()
            .setName(name)
            .setOp("Placeholder")
            .putAttr("dtype", Nodes.type(type))
            .putAttr("shape", Nodes.shape(shape))
            .build());
  }

  /** A float op with inputs of its own type. */
  public TinyGraph node(String op, String name, String... inputs) {
    NodeDef.Builder node =
        NodeDef.newBuilder().setName(name).setOp(op).putAttr("T", Nodes.type(DataType.DT_FLOAT));
    for (String input : inputs) {
      node.addInput(input);
    }
    return add(node.build());
  }

  public TinyGraph mean(String name, String input, String axes, boolean keep) {
    return add(
        NodeDef.newBuilder()
            .setName(name)
            .setOp("Mean")
            .addInput(input)
            .addInput(axes)
            .putAttr("T", Nodes.type(DataType.DT_FLOAT))
            .putAttr("Tidx", Nodes.type(DataType.DT_INT32))
            .putAttr("keep_dims", AttrValue.newBuilder().setB(keep).build())
            .build());
  }

  public TinyGraph ints(String name, int... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_INT32);
    for (int value : values) {
      tensor.addIntVal(value);
    }
    return add(Nodes.constant(name, tensor.setTensorShape(vector(values.length)).build()));
  }

  public TinyGraph floats(String name, float... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_FLOAT);
    for (float value : values) {
      tensor.addFloatVal(value);
    }
    return add(Nodes.constant(name, tensor.setTensorShape(vector(values.length)).build()));
  }

  public TinyGraph bool(String name, boolean value) {
    return add(
        Nodes.constant(
            name, TensorProto.newBuilder().setDtype(DataType.DT_BOOL).addBoolVal(value).build()));
  }

  private static TensorShapeProto vector(int length) {
    return TensorShapeProto.newBuilder()
        .addDim(TensorShapeProto.Dim.newBuilder().setSize(length))
        .build();
  }

  public GraphDef build() {
    return graph.build();
  }
}
