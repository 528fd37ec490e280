"""Gradients of small networks by TensorFlow's automatic differentiation.

Each network is one kind of layer, or a block of several, and a mean over places. The loss is a weighted sum of the
means, which shows every gradient.

Usage: python3 gradients.py > ../resources/org/pupil/finetuning/gradients.json
"""

import json

import numpy as np
import tensorflow as tf

PHOTOS = 2
random = np.random.RandomState(12)


def numbers(*shape, scale=1.0):
    return (random.standard_normal(shape) * scale).astype(np.float32)


def layer(kind, source, filters=0, side=1, stride=1, padding="SAME", activation="NONE"):
    return {
        "kind": kind,
        "inputs": source if isinstance(source, list) else [source],
        "filters": filters,
        "side": side,
        "stride": stride,
        "padding": padding,
        "activation": activation,
    }


NETWORKS = {
    "a pointwise convolution": ([4, 3, 5], [layer("conv", -1, 4)]),
    "a pointwise convolution and ReLU": ([4, 3, 5], [layer("conv", -1, 4, activation="RELU")]),
    "a convolution of 3 x 3": ([5, 4, 3], [layer("conv", -1, 4, 3, activation="RELU6")]),
    "a convolution with a stride, of an even length": ([6, 6, 3], [layer("conv", -1, 4, 3, 2, activation="RELU6")]),
    "a convolution with a stride, of an odd length": ([7, 7, 3], [layer("conv", -1, 4, 3, 2, activation="RELU6")]),
    "a convolution without zeros around it": ([6, 5, 3], [layer("conv", -1, 4, 3, 1, "VALID", "RELU")]),
    "a depthwise convolution": ([5, 5, 6], [layer("depthwise", -1, 0, 3, activation="RELU6")]),
    "a depthwise convolution of 5 x 5": ([5, 4, 6], [layer("depthwise", -1, 0, 5)]),
    "a depthwise convolution with a stride, of an even length": ([6, 6, 5], [layer("depthwise", -1, 0, 3, 2)]),
    "a depthwise convolution of 5 x 5 with a stride": ([7, 7, 5], [layer("depthwise", -1, 0, 5, 2, activation="RELU6")]),
    "a residual block": (
        [5, 5, 4],
        [
            layer("conv", -1, 6),
            layer("conv", 0, 12, activation="RELU6"),
            layer("depthwise", 1, 0, 5, activation="RELU6"),
            layer("conv", 2, 6),
            layer("add", [3, 0]),
            layer("depthwise", 4, 0, 3, 2, activation="RELU6"),
            layer("conv", 5, 5, activation="RELU"),
        ],
    ),
}
ACTIVATIONS = {"NONE": lambda x: x, "RELU": tf.nn.relu, "RELU6": tf.nn.relu6}


def run(name, shape, layers):
    cut = numbers(PHOTOS, *shape, scale=2.0)
    channels = {-1: shape[2]}
    parameters = []
    for number, spec in enumerate(layers):
        incoming = channels[spec["inputs"][0]]
        side = spec["side"]
        if spec["kind"] == "add":
            channels[number] = incoming
            parameters.append(None)
            continue
        out = spec["filters"] if spec["kind"] == "conv" else incoming
        kernel = [side, side, incoming, out if spec["kind"] == "conv" else 1]
        fan = side * side * (incoming if spec["kind"] == "conv" else 1)
        weights = tf.Variable(numbers(*kernel, scale=(2.0 / fan) ** 0.5))
        parameters.append((weights, tf.Variable(numbers(out, scale=0.5))))
        channels[number] = out
    upstream = numbers(PHOTOS, channels[len(layers) - 1])
    maps = {-1: tf.constant(cut)}
    with tf.GradientTape() as tape:
        for number, (spec, trained) in enumerate(zip(layers, parameters)):
            sources = [maps[source] for source in spec["inputs"]]
            strides = [1, spec["stride"], spec["stride"], 1]
            if spec["kind"] == "add":
                value = sources[0] + sources[1]
            elif spec["kind"] == "conv":
                value = tf.nn.conv2d(sources[0], trained[0], strides, spec["padding"]) + trained[1]
            else:
                value = tf.nn.depthwise_conv2d(sources[0], trained[0], strides, spec["padding"]) + trained[1]
            maps[number] = ACTIVATIONS[spec["activation"]](value)
        means = tf.reduce_mean(maps[len(layers) - 1], [1, 2])
        loss = tf.reduce_sum(means * upstream)
    flat = [each for trained in parameters if trained for each in trained]
    gradients = tape.gradient(loss, flat)
    return {
        "name": name,
        "shape": shape,
        "layers": layers,
        "cut": listed(cut),
        "parameters": [listed(each.numpy()) for each in flat],
        "upstream": listed(upstream),
        "means": listed(means.numpy()),
        "gradients": [listed(each.numpy()) for each in gradients],
    }


def listed(values):
    return [float("%.9g" % value) for value in values.ravel()]


print(
    json.dumps(
        {
            "tensorflow": tf.__version__,
            "photos": PHOTOS,
            "networks": [run(name, *network) for name, network in NETWORKS.items()],
        }
    )
)
