"""Small ONNX networks in the forms that exporters give them, and what they give for an image.

Usage: python onnx_networks.py FOLDER

Writes NAME.onnx for each network and expected.json: the features that onnx's own reference
evaluator computes for one image of counted pixels. Needs onnx (1.17 or newer) and numpy.

The forms are those of torch.onnx.export (a vision transformer with sizes taken from the image at
run time, LayerNormalization whole and in parts, Gelu by Erf and whole, one product for q, k and v
that is split or gathered), of tf2onnx (images [n,height,width,3]), and of timm's convolutional
networks (squeeze and excitation, hard swish, a map as output, sizes left open).
"""

import json
import pathlib
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

HEIGHT, WIDTH, PATCH, DIM, HEADS = 16, 24, 8, 8, 2
MEAN = np.array([123.675, 116.28, 103.53], np.float32)
STD = np.array([58.395, 57.12, 57.375], np.float32)


class Graph:
    """Nodes and weights in the order in which they are added."""

    def __init__(self, opset, seed):
        self.opset = opset
        self.random = np.random.default_rng(seed)
        self.nodes, self.weights, self.count = [], [], 0

    def name(self, hint):
        self.count += 1
        return f"/{hint}_{self.count}"

    def weight(self, *shape, scale=None):
        scale = scale or 1 / np.sqrt(shape[0] if len(shape) < 3 else np.prod(shape[1:]))
        return self.const(self.random.normal(0, scale, shape).astype(np.float32))

    def const(self, value):
        name = self.name("w")
        self.weights.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def constant(self, value):
        """As a node, the way torch.onnx.export writes small numbers."""
        name = self.name("Constant_output_0")
        tensor = numpy_helper.from_array(np.asarray(value))
        self.nodes.append(helper.make_node("Constant", [], [name], value=tensor))
        return name

    def __call__(self, op, *inputs, outputs=1, **attributes):
        names = [self.name(op + "_output_0") for _ in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, name=self.name(op), **attributes))
        return names[0] if outputs == 1 else names

    def unsqueeze(self, x, axis):
        if self.opset >= 13:
            return self("Unsqueeze", x, self.constant(np.array([axis])))
        return self("Unsqueeze", x, axes=[axis])

    def reduce_mean(self, x, axes):
        if self.opset >= 18:
            return self("ReduceMean", x, self.constant(np.array(axes)), keepdims=1)
        return self("ReduceMean", x, axes=axes, keepdims=1)

    def model(self, inputs, outputs, producer):
        graph = helper.make_graph(self.nodes, "main_graph", inputs, outputs, self.weights)
        return helper.make_model(
            graph,
            producer_name=producer,
            ir_version=10 if self.opset > 20 else 8,
            opset_imports=[helper.make_opsetid("", self.opset)],
        )


def image(*shape):
    return helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, shape)


def output(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def layer_norm(g, x):
    scale, bias = g.weight(DIM, scale=1), g.weight(DIM, scale=0.1)
    if g.opset >= 17:
        return g("LayerNormalization", x, scale, bias, axis=-1, epsilon=1e-6)
    centred = g("Sub", x, g.reduce_mean(x, [-1]))
    square = g("Pow", centred, g.constant(np.float32(2)))
    variance = g("Add", g.reduce_mean(square, [-1]), g.constant(np.float32(1e-6)))
    normal = g("Div", centred, g("Sqrt", variance))
    return g("Add", g("Mul", normal, scale), bias)


def gelu(g, x):
    if g.opset >= 20:
        return g("Gelu", x)
    error = g("Erf", g("Div", x, g.constant(np.float32(np.sqrt(2)))))
    return g("Mul", g("Mul", x, g("Add", error, g.constant(np.float32(1)))), g.constant(np.float32(0.5)))


def size(g, x, axis):
    """One length of a tensor, asked for when the network runs."""
    return g.unsqueeze(g("Gather", g("Shape", x), g.constant(np.int64(axis)), axis=0), 0)


def attention(g, x, joined):
    batch, tokens = size(g, x, 0), size(g, x, 1)
    qkv = g("Add", g("MatMul", x, g.weight(DIM, 3 * DIM)), g.weight(3 * DIM, scale=0.1))
    shape = g("Concat", batch, tokens, *(g.constant(np.array([n])) for n in (3, HEADS, DIM // HEADS)), axis=0)
    parts = g("Transpose", g("Reshape", qkv, shape), perm=[2, 0, 3, 1, 4])
    if joined == "split":
        if g.opset >= 18:
            split = g("Split", parts, axis=0, outputs=3, num_outputs=3)
        elif g.opset >= 13:
            split = g("Split", parts, g.constant(np.array([1, 1, 1])), axis=0, outputs=3)
        else:
            split = g("Split", parts, axis=0, outputs=3, split=[1, 1, 1])
        if g.opset >= 13:
            q, k, v = (g("Squeeze", part, g.constant(np.array([0]))) for part in split)
        else:
            q, k, v = (g("Squeeze", part, axes=[0]) for part in split)
    else:
        q, k, v = (g("Gather", parts, g.constant(np.int64(i)), axis=0) for i in range(3))
    scale = g.constant(np.float32((DIM // HEADS) ** -0.5))
    if joined == "einsum":
        scores = g("Einsum", g("Mul", q, scale), k, equation="bhid,bhjd->bhij")
    else:
        scores = g("MatMul", g("Mul", q, scale), g("Transpose", k, perm=[0, 1, 3, 2]))
    mixed = g("MatMul", g("Softmax", scores, axis=-1), v)
    back = g("Concat", batch, tokens, g.constant(np.array([DIM])), axis=0)
    flat = g("Reshape", g("Transpose", mixed, perm=[0, 2, 1, 3]), back)
    return g("Add", g("MatMul", flat, g.weight(DIM, DIM)), g.weight(DIM, scale=0.1))


def transformer(opset, joined, head):
    g = Graph(opset, opset)
    x = g("Conv", "pixel_values", g.weight(DIM, 3, PATCH, PATCH), g.weight(DIM, scale=0.1),
          kernel_shape=[PATCH, PATCH], strides=[PATCH, PATCH])
    shape = g("Shape", x)
    leading = g("Slice", shape, g.constant(np.array([0])), g.constant(np.array([2])), g.constant(np.array([0])))
    tokens = g("Reshape", x, g("Concat", leading, g.constant(np.array([-1])), axis=0))
    tokens = g("Transpose", tokens, perm=[0, 2, 1])
    # The class token is repeated for each image: torch writes expand() so.
    wanted = g("Concat", size(g, "pixel_values", 0), g.constant(np.array([-1])), g.constant(np.array([-1])), axis=0)
    ones = g("ConstantOfShape", g.constant(np.array([3])), value=numpy_helper.from_array(np.array([1], np.int64)))
    minus = g("Mul", ones, g.constant(np.int64(-1)))
    wanted = g("Where", g("Equal", wanted, minus), ones, wanted)
    x = g("Concat", g("Expand", g.weight(1, 1, DIM, scale=1), wanted), tokens, axis=1)
    positions = 1 + HEIGHT * WIDTH // PATCH**2
    x = g("Add", x, g.weight(1, positions, DIM, scale=1))
    for _ in range(2):
        x = g("Add", x, attention(g, layer_norm(g, x), joined))
        hidden = g("Add", g("MatMul", layer_norm(g, x), g.weight(DIM, 2 * DIM)), g.weight(2 * DIM, scale=0.1))
        x = g("Add", x, g("MatMul", gelu(g, hidden), g.weight(2 * DIM, DIM)))
    x = layer_norm(g, x)
    if head == "tokens":
        g.nodes[-1].output[0] = "last_hidden_state"
        result = output("last_hidden_state", "batch", "tokens", DIM)
    else:
        token = g("Gather", x, g.constant(np.int64(0)), axis=1)
        if head == "class token":
            g.nodes[-1].output[0] = "embedding"
            result = output("embedding", "batch", DIM)
        else:
            g("Gemm", token, g.weight(5, DIM), g.weight(5), transB=1)
            g.nodes[-1].output[0] = "logits"
            result = output("logits", "batch", 5)
    axes = ("batch_size", "num_channels", "height", "width") if head == "tokens" else ("batch", 3, HEIGHT, WIDTH)
    return g.model([image(*axes)], [result], "pytorch")


def hard_swish(g, x):
    if g.opset >= 14:
        return g("HardSwish", x)
    six = g("Clip", g("Add", x, g.constant(np.float32(3))), g.constant(np.float32(0)), g.constant(np.float32(6)))
    return g("Div", g("Mul", x, six), g.constant(np.float32(6)))


def convolutional(opset):
    """Gives a map; sizes and number of images are left open."""
    g = Graph(opset, 100 + opset)
    x = g("Conv", "pixel_values", g.weight(6, 3, 3, 3), kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    if opset >= 14:  # the evaluator computes that of older operator sets as if it were trained
        x = g("BatchNormalization", x, g.const(np.ones(6, np.float32)), g.weight(6, scale=0.1),
              g.weight(6, scale=0.1), g.const(np.full(6, 0.7, np.float32)), epsilon=1e-3)
    x = hard_swish(g, x)
    squeezed = g("GlobalAveragePool", x)
    gate = g("HardSigmoid", g("Conv", squeezed, g.weight(6, 6, 1, 1), g.weight(6)), alpha=1 / 6)
    x = g("Mul", x, gate)
    x = g("Conv", x, g.weight(6, 1, 3, 3), kernel_shape=[3, 3], group=6, auto_pad="SAME_UPPER", strides=[2, 2])
    pooled = g("MaxPool", x, kernel_shape=[3, 3], strides=[1, 1], pads=[1, 1, 1, 1])
    g("Concat", x, g("Relu", pooled), axis=1)
    g.nodes[-1].output[0] = "features"
    return g.model([image("n", 3, "h", "w")], [output("features", "n", 12, "h2", "w2")], "pytorch")


def channels_last(opset):
    """As tf2onnx writes a Keras network."""
    g = Graph(opset, 200 + opset)
    x = g("Transpose", "pixel_values", perm=[0, 3, 1, 2])
    x = g("Pad", x, g.constant(np.array([0, 0, 0, 0, 0, 0, 1, 1]))) if opset >= 11 else x
    x = g("Conv", x, g.weight(5, 3, 3, 3), g.weight(5, scale=0.1), kernel_shape=[3, 3], strides=[2, 2])
    x = g("Relu", x)
    x = g("Transpose", x, perm=[0, 2, 3, 1])
    g("ReduceMean", x, axes=[1, 2], keepdims=0)
    g.nodes[-1].output[0] = "Identity:0"
    return g.model([image("unk__1", HEIGHT, WIDTH, 3)], [output("Identity:0", "unk__2", 5)], "tf2onnx")


def main(folder):
    networks = {
        "transformer_11": transformer(11, "gather", "class token"),
        "transformer_13": transformer(13, "split", "logits"),
        "transformer_17": transformer(17, "einsum", "tokens"),
        "transformer_18": transformer(18, "split", "class token"),
        "transformer_20": transformer(20, "gather", "logits"),
        "convolutional_12": convolutional(12),
        "convolutional_21": convolutional(21),
        "channels_last_13": channels_last(13),
    }
    pixels = (np.arange(HEIGHT * WIDTH * 3) * 37 + 11) % 256
    pixels = ((pixels.reshape(1, HEIGHT, WIDTH, 3) - MEAN) / STD).astype(np.float32)
    expected = {}
    for name, model in networks.items():
        onnx.checker.check_model(model, full_check=True)
        fed = pixels if name.startswith("channels_last") else pixels.transpose(0, 3, 1, 2)
        features = ReferenceEvaluator(model).run(None, {"pixel_values": fed})[0]
        if features.ndim == 4:
            features = features.mean(axis=(2, 3))
        if features.ndim == 3:
            features = features.mean(axis=1)
        expected[name] = [round(float(value), 6) for value in features[0]]
        onnx.save(model, folder / f"{name}.onnx")
    text = ",\n".join(f"  {json.dumps(name)}: {json.dumps(values)}" for name, values in expected.items())
    (folder / "expected.json").write_text("{\n" + text + "\n}\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
