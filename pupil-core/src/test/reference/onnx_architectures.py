#!/usr/bin/env python3
"""Makes src/test/resources/org/pupil/onnx/architectures: the networks that slim and TF Hub publish,
with few channels and random weights, and what real TensorFlow computes of them, to test the
conversion of whole networks to ONNX against.

    pip install tensorflow-cpu==2.21.0
    TF_ENABLE_ONEDNN_OPTS=0 python3 onnx_architectures.py OUTPUT_FOLDER

Each file is a frozen GraphDef, built and frozen by TensorFlow's own tf.compat.v1 as slim did, from
the placeholder `input` to the node `output`, the logits; the constant `expected` is what it gives
for two images whose number at place i is ((7919 i + 104729 (i // 331)) mod 256) / 127.5 - 1, halved
in the second image. The structure is that
of the models in slim (inception_v3.py, mobilenet_v2.py, resnet_v1.py, resnet_v2.py), layer by layer;
widths are divided.
"""
import os
import sys

import numpy as np
import tensorflow as tf

tf1 = tf.compat.v1
tf1.disable_eager_execution()


class Net:
    """Layers as slim makes them: convolution, batch normalisation with moving averages, activation."""

    def __init__(self, seed):
        self.random = np.random.RandomState(seed)
        self.scope_number = 0

    def variable(self, name, values):
        # With 10 bits of mantissa, so that the files pack well.
        return tf1.get_variable(name, initializer=np.asarray(values, np.float16).astype(np.float32))

    def norm(self, x, scale=True, epsilon=1e-3):
        c = x.shape[-1]
        r = self.random
        gamma = self.variable('gamma', 0.7 + 0.6 * r.rand(c)) if scale else tf.ones([c])
        mean = self.variable('moving_mean', 0.2 * r.randn(c))
        variance = self.variable('moving_variance', 0.5 + r.rand(c))
        beta = self.variable('beta', 0.3 * r.randn(c))
        return tf1.nn.fused_batch_norm(x, gamma, beta, mean, variance, epsilon=epsilon, is_training=False)[0]

    def scope(self, name):
        self.scope_number += 1
        return tf1.variable_scope(f'{name}_{self.scope_number}')

    def weights(self, *shape, fan):
        return self.variable('weights', self.random.randn(*shape) * np.sqrt(2.0 / fan))

    def conv(self, x, out, kernel, stride=1, padding='SAME', activation=tf.nn.relu, norm=True, **kw):
        rows, columns = (kernel, kernel) if isinstance(kernel, int) else kernel
        with self.scope('Conv2d'):
            into = int(x.shape[-1])
            x = tf1.nn.conv2d(x, self.weights(rows, columns, into, out, fan=rows * columns * into),
                              [1, stride, stride, 1], padding)
            if norm:
                x = self.norm(x, **kw)
            else:
                x = tf.nn.bias_add(x, self.variable('biases', 0.1 * self.random.randn(out)))
            return activation(x) if activation else x

    def depthwise(self, x, stride):
        with self.scope('depthwise'):
            x = tf1.nn.depthwise_conv2d_native(
                x, self.weights(3, 3, int(x.shape[-1]), 1, fan=9), [1, stride, stride, 1], 'SAME')
            return tf.nn.relu6(self.norm(x))


def inception_v3(x, width=26):
    net = Net(3)
    d = lambda depth: max(depth // width, 3)
    # slim gives the batch normalisation of Inception no scale: gamma is a constant of ones.
    conv = lambda x, out, kernel, stride=1, padding='SAME': net.conv(x, d(out), kernel, stride, padding, scale=False)
    avg = lambda x: tf1.nn.avg_pool(x, [1, 3, 3, 1], [1, 1, 1, 1], 'SAME')
    pool = lambda x: tf1.nn.max_pool(x, [1, 3, 3, 1], [1, 2, 2, 1], 'VALID')
    x = conv(x, 32, 3, 2, 'VALID')
    x = conv(x, 32, 3, 1, 'VALID')
    x = pool(conv(x, 64, 3))
    x = conv(x, 80, 1, 1, 'VALID')
    x = pool(conv(x, 192, 3, 1, 'VALID'))
    for last in 32, 64, 64:
        x = tf.concat([conv(x, 64, 1), conv(conv(x, 48, 1), 64, 5),
                       conv(conv(conv(x, 64, 1), 96, 3), 96, 3), conv(avg(x), last, 1)], 3)
    x = tf.concat([conv(x, 384, 3, 2, 'VALID'), conv(conv(conv(x, 64, 1), 96, 3), 96, 3, 2, 'VALID'), pool(x)], 3)
    for depth in 128, 160, 160, 192:
        branch = conv(conv(conv(x, depth, 1), depth, (7, 1)), depth, (1, 7))
        x = tf.concat([conv(x, 192, 1), conv(conv(conv(x, depth, 1), depth, (1, 7)), 192, (7, 1)),
                       conv(conv(branch, depth, (7, 1)), 192, (1, 7)), conv(avg(x), 192, 1)], 3)
    x = tf.concat([conv(conv(x, 192, 1), 320, 3, 2, 'VALID'),
                   conv(conv(conv(conv(x, 192, 1), 192, (1, 7)), 192, (7, 1)), 192, 3, 2, 'VALID'), pool(x)], 3)
    for _ in range(2):
        a, b = conv(x, 384, 1), conv(conv(x, 448, 1), 384, 3)
        x = tf.concat([conv(x, 320, 1), tf.concat([conv(a, 384, (1, 3)), conv(a, 384, (3, 1))], 3),
                       tf.concat([conv(b, 384, (1, 3)), conv(b, 384, (3, 1))], 3), conv(avg(x), 192, 1)], 3)
    x = tf1.nn.avg_pool(x, [1, int(x.shape[1]), int(x.shape[2]), 1], [1, 1, 1, 1], 'VALID')
    x = net.conv(x, 7, 1, activation=None, norm=False)
    return tf1.squeeze(x, [1, 2])


def mobilenet_v2(x, width=9):
    net = Net(2)
    d = lambda depth: max(depth // width, 4)
    x = net.conv(x, d(32), 3, 2, activation=tf.nn.relu6)
    for expansion, out, repeats, stride in [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2),
                                            (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]:
        for i in range(repeats):
            shortcut = x
            if expansion > 1:
                x = net.conv(x, int(x.shape[-1]) * expansion, 1, activation=tf.nn.relu6)
            x = net.depthwise(x, stride if i == 0 else 1)
            x = tf.identity(net.conv(x, d(out), 1, activation=None), name=f'project_{net.scope_number}')
            if x.shape[-1] == shortcut.shape[-1] and x.shape[1] == shortcut.shape[1]:
                x = tf.add(x, shortcut)
    x = net.conv(x, d(1280), 1, activation=tf.nn.relu6)
    x = tf1.nn.avg_pool(x, [1, int(x.shape[1]), int(x.shape[2]), 1], [1, 1, 1, 1], 'VALID')
    x = net.conv(x, 9, 1, activation=None, norm=False)
    return tf1.squeeze(x, [1, 2])


def conv_same(net, x, out, kernel, stride, **kw):
    """slim's conv2d_same: with a stride, the padding is explicit and even."""
    if stride == 1:
        return net.conv(x, out, kernel, 1, **kw)
    before = (kernel - 1) // 2
    after = kernel - 1 - before
    x = tf.pad(x, [[0, 0], [before, after], [before, after], [0, 0]])
    return net.conv(x, out, kernel, stride, 'VALID', **kw)


def subsample(x, stride):
    return x if stride == 1 else tf1.nn.max_pool(x, [1, 1, 1, 1], [1, stride, stride, 1], 'SAME')


UNITS = [(64, 3, 2), (128, 4, 2), (256, 6, 2), (512, 3, 1)]  # ResNet-50


def resnet_v1(x, width=24):
    net = Net(11)
    norm = dict(epsilon=1e-5)
    x = conv_same(net, x, 64 // width, 7, 2, **norm)
    x = tf1.nn.max_pool(x, [1, 3, 3, 1], [1, 2, 2, 1], 'SAME')
    for base, repeats, last_stride in UNITS:
        base //= width
        for i in range(repeats):
            stride = last_stride if i == repeats - 1 else 1
            if x.shape[-1] == 4 * base:
                shortcut = subsample(x, stride)
            else:
                shortcut = net.conv(x, 4 * base, 1, stride, activation=None, **norm)
            r = conv_same(net, net.conv(x, base, 1, **norm), base, 3, stride, **norm)
            x = tf.nn.relu(shortcut + net.conv(r, 4 * base, 1, activation=None, **norm))
    x = tf.reduce_mean(x, [1, 2], keepdims=True, name='pool5')
    x = net.conv(x, 6, 1, activation=None, norm=False)
    return tf1.squeeze(x, [1, 2], name='SpatialSqueeze')


def resnet_v2(x, width=24):
    net = Net(12)
    norm = dict(epsilon=1e-5)
    x = tf.pad(x, [[0, 0], [3, 3], [3, 3], [0, 0]])
    x = net.conv(x, 64 // width, 7, 2, 'VALID', activation=None, norm=False)
    x = tf1.nn.max_pool(x, [1, 3, 3, 1], [1, 2, 2, 1], 'SAME')
    for base, repeats, last_stride in UNITS:
        base //= width
        for i in range(repeats):
            stride = last_stride if i == repeats - 1 else 1
            with net.scope('preact'):
                preact = tf.nn.relu(net.norm(x, **norm))
            if x.shape[-1] == 4 * base:
                shortcut = subsample(x, stride)
            else:
                shortcut = net.conv(preact, 4 * base, 1, stride, activation=None, norm=False)
            r = conv_same(net, net.conv(preact, base, 1, **norm), base, 3, stride, **norm)
            x = shortcut + net.conv(r, 4 * base, 1, activation=None, norm=False)
    with net.scope('postnorm'):
        x = tf.nn.relu(net.norm(x, **norm))
    x = tf.reduce_mean(x, [1, 2], keepdims=True, name='pool5')
    x = net.conv(x, 6, 1, activation=None, norm=False)
    return tf1.squeeze(x, [1, 2], name='SpatialSqueeze')


def make(folder, name, network, height, width):
    i = np.arange(2 * height * width * 3, dtype=np.int64)
    fed = (((7919 * i + 104729 * (i // 331)) % 256).astype(np.float32) / np.float32(127.5) - 1)
    fed = fed.reshape(2, height, width, 3) * np.float32([1, 0.5]).reshape(2, 1, 1, 1)
    with tf1.Graph().as_default() as graph, tf1.Session() as session:
        given = tf1.placeholder(tf.float32, [None, height, width, 3], name='input')
        tf.identity(network(given), name='output')
        session.run(tf1.global_variables_initializer())
        expected = session.run('output:0', {'input:0': fed})
        frozen = tf1.graph_util.convert_variables_to_constants(session, graph.as_graph_def(), ['output'])
    with tf1.Graph().as_default() as graph:
        tf.constant(expected, name='expected')
        frozen.node.extend(graph.as_graph_def().node)
    assert np.abs(expected[0] - expected[1]).max() > 0.01, 'images make no difference'
    path = os.path.join(folder, name + '.pb')
    with open(path, 'wb') as file:
        file.write(frozen.SerializeToString(deterministic=True))
    print(name, os.path.getsize(path), 'bytes,', len(frozen.node), 'nodes', expected.round(3).tolist())


if __name__ == '__main__':
    os.makedirs(sys.argv[1], exist_ok=True)
    make(sys.argv[1], 'inception_v3', inception_v3, 107, 139)
    make(sys.argv[1], 'mobilenet_v2', mobilenet_v2, 97, 113)
    make(sys.argv[1], 'resnet_v1_50', resnet_v1, 97, 113)
    make(sys.argv[1], 'resnet_v2_50', resnet_v2, 97, 113)
