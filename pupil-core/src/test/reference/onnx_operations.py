#!/usr/bin/env python3
"""Makes src/test/resources/org/pupil/onnx/operations.graphs: small TensorFlow graphs with what real
TensorFlow computes of them, to test the conversion to ONNX against.

    pip install tensorflow-cpu==2.21.0
    TF_ENABLE_ONEDNN_OPTS=0 python3 onnx_operations.py OUTPUT_FILE

The file is a row of GraphDef messages, each led by its length as a varint. Every graph has besides
its own nodes three constants: `case` (a name), `fed` (the input) and `expected` (the node `output`).
"""
import itertools
import sys

import numpy as np
import tensorflow as tf

tf1 = tf.compat.v1
tf1.disable_eager_execution()
CASES = []


def case(name, shape, make, scale=4.0):
    """A graph from a placeholder `input` of that shape to the tensor that `make` returns."""
    random = np.random.RandomState(sum(map(ord, name)))
    fed = (random.rand(*shape).astype(np.float32) - 0.4) * scale
    with tf1.Graph().as_default() as graph, tf1.Session() as session:
        given = tf1.placeholder(tf.float32, shape, name='input')
        tf.identity(make(given, random), name='output')
        expected = session.run('output:0', {'input:0': fed})
        tf.constant(name, name='case')
        tf.constant(fed, name='fed')
        tf.constant(expected, name='expected')
        CASES.append(graph.as_graph_def(add_shapes=False))


def floats(random, *shape):
    return (random.rand(*shape).astype(np.float32) - 0.45) * 0.8


def convolutions():
    # Odd and even sides, more columns than rows, so that nothing is right by symmetry.
    for (height, width), stride, padding in itertools.product([(7, 10), (8, 5)], [1, 2, 3], ['SAME', 'VALID']):
        for rows, columns in [(1, 1), (3, 3), (2, 5)]:
            case(f'Conv2D {height}x{width} kernel {rows}x{columns} stride {stride} {padding}', [2, height, width, 3],
                 lambda x, r: tf.nn.conv2d(x, floats(r, rows, columns, 3, 4), stride, padding))
        case(f'Depthwise {height}x{width} stride {stride} {padding}', [2, height, width, 3],
             lambda x, r: tf.nn.depthwise_conv2d(x, floats(r, 3, 3, 3, 2), [1, stride, stride, 1], padding))
        for pool in (tf.nn.max_pool2d, tf.nn.avg_pool2d):
            case(f'{pool.__name__} {height}x{width} stride {stride} {padding}', [2, height, width, 3],
                 lambda x, r: pool(x, [3, 2], stride, padding))
    for padding in 'SAME', 'VALID':
        case(f'Conv2D dilated {padding}', [1, 11, 13, 2],
             lambda x, r: tf1.nn.conv2d(x, floats(r, 3, 2, 2, 3), [1, 1, 1, 1], padding, dilations=[1, 2, 3, 1]))
    case('Conv2D explicit padding', [1, 6, 9, 3],
         lambda x, r: tf.nn.conv2d(x, floats(r, 3, 3, 3, 2), [1, 2, 1, 1], [[0, 0], [1, 2], [3, 0], [0, 0]]))
    case('pool of everything', [2, 5, 7, 3], lambda x, r: tf.nn.avg_pool2d(x, [5, 7], 1, 'VALID'))


def after_convolutions():
    conv = lambda x, r: tf.nn.conv2d(x, floats(r, 3, 3, 3, 4), 1, 'SAME')
    shape = [2, 5, 6, 3]
    case('BiasAdd', shape, lambda x, r: tf.nn.bias_add(conv(x, r), floats(r, 4)))
    case('bias by Add', shape, lambda x, r: tf1.raw_ops.Add(x=conv(x, r), y=tf.constant(floats(r, 4))))
    case('bias, scale, Relu6', shape, lambda x, r: tf.nn.relu6((conv(x, r) + floats(r, 4)) * floats(r, 1, 1, 1, 4)))
    case('Sub and RealDiv', shape, lambda x, r: (conv(x, r) - floats(r, 4)) / (floats(r, 4) + 1))
    case('constant less convolution', shape, lambda x, r: floats(r, 4) - conv(x, r))
    case('one number for all channels', shape, lambda x, r: conv(x, r) * np.float32(0.3) + np.float32(2))
    def twice(x, r):
        y = conv(x, r)
        return tf.nn.bias_add(y, floats(r, 4)) + y
    case('a convolution that two nodes take', shape, twice)
    def twice_behind_identity(x, r):
        y = conv(x, r)
        return tf.nn.bias_add(tf.identity(y), floats(r, 4)) * tf.identity(y)
    case('a convolution that two nodes take behind Identity', shape, twice_behind_identity)
    for version in '', 'V2', 'V3':
        def norm(x, r):
            op = getattr(tf.raw_ops, 'FusedBatchNorm' + version)
            return op(x=x, scale=tf.constant(floats(r, 4) + 1), offset=tf.constant(floats(r, 4)), mean=tf.constant(floats(r, 4)), variance=tf.constant(r.rand(4).astype(np.float32) + 0.01),
                      epsilon=0.001, is_training=False)[0]
        case('FusedBatchNorm' + version, shape, lambda x, r: norm(conv(x, r), r))
        case('FusedBatchNorm%s before a convolution' % version, [2, 5, 6, 4], lambda x, r: tf.nn.relu(norm(x, r)))
    def unfused(x, r):
        y = conv(x, r)
        inv = tf.math.rsqrt(tf.constant(r.rand(4).astype(np.float32)) + 0.001) * tf.constant(floats(r, 4) + 1)
        return y * inv + (tf.constant(floats(r, 4)) - tf.constant(floats(r, 4)) * inv)
    case('batch norm of single operations', shape, unfused)
    case('residual', [2, 5, 6, 4], lambda x, r: tf.nn.relu(tf.nn.conv2d(x, floats(r, 3, 3, 4, 4), 1, 'SAME') + x))
    case('squeeze and excite', shape, lambda x, r: (lambda y: y * tf.sigmoid(tf.nn.conv2d(
        tf.reduce_mean(y, [1, 2], keepdims=True), floats(r, 1, 1, 4, 4), 1, 'SAME')))(conv(x, r)))


def elementwise():
    shape = [2, 3, 5, 4]
    for op in ('relu', 'relu6', 'sigmoid', 'tanh', 'elu', 'selu', 'softplus', 'softsign', 'leaky_relu', 'softmax', 'log_softmax'):
        case(op, shape, lambda x, r: getattr(tf.nn, op)(x))
        case(op + ' of a convolution', [1, 4, 5, 3], lambda x, r: getattr(tf.nn, op)(tf.nn.conv2d(x, floats(r, 2, 2, 3, 4), 1, 'SAME')))
    for op in 'exp', 'square', 'abs', 'negative', 'floor', 'erf':
        case(op, shape, lambda x, r: getattr(tf.math, op)(x))
    for op in 'rsqrt', 'sqrt', 'reciprocal', 'log':
        case(op, shape, lambda x, r: getattr(tf.math, op)(tf.abs(x) + 0.1))
    for op in 'maximum', 'minimum', 'add', 'subtract', 'multiply', 'squared_difference':
        case(op + ' with a constant', shape, lambda x, r: getattr(tf.math, op)(x, floats(r, 5, 1)))
        case(op + ' of two', [2, 6, 6, 3], lambda x, r: getattr(tf.math, op)(
            tf.nn.conv2d(x, floats(r, 3, 3, 3, 3), 1, 'SAME'), x))
    case('AddN', shape, lambda x, r: tf.add_n([x, tf.nn.relu(x), tf.constant(floats(r, *shape))]))
    case('pow', shape, lambda x, r: tf.pow(tf.abs(x), np.float32(1.5)))
    case('LRN', [1, 4, 5, 12], lambda x, r: tf.nn.lrn(x, depth_radius=2, bias=1.5, alpha=0.3, beta=0.7))
    for bits, narrow in ((8, False), (8, True), (4, False)):
        case(f'FakeQuantWithMinMaxVars {bits} {narrow}', shape, lambda x, r: tf.quantization.fake_quant_with_min_max_vars(
            x, np.float32(-0.71), np.float32(1.9), bits, narrow))
        case(f'quantised weights {bits} {narrow}', [1, 5, 6, 3], lambda x, r: tf.nn.conv2d(
            x, tf.quantization.fake_quant_with_min_max_vars(floats(r, 3, 3, 3, 2), np.float32(-0.3), np.float32(0.31), bits, narrow), 1, 'SAME'))
        case(f'FakeQuantWithMinMaxArgs {bits} {narrow}', shape, lambda x, r: tf.quantization.fake_quant_with_min_max_args(
            x, -1.0, 2.0, bits, narrow))


def shapes():
    conv = lambda x, r: tf.nn.conv2d(x, floats(r, 2, 3, 3, 4), 1, 'SAME')
    shape = [2, 4, 6, 3]
    for keep in False, True:
        case(f'Mean of rows and columns, keep {keep}', shape, lambda x, r: tf.reduce_mean(conv(x, r), [1, 2], keepdims=keep))
        case(f'Mean of channels, keep {keep}', shape, lambda x, r: tf.reduce_mean(conv(x, r), [-1], keepdims=keep))
        case(f'Max of columns, keep {keep}', shape, lambda x, r: tf.reduce_max(conv(x, r), [2], keepdims=keep))
    case('Pad', shape, lambda x, r: tf.pad(conv(x, r), [[0, 0], [1, 2], [3, 0], [0, 1]]))
    case('PadV2', shape, lambda x, r: tf.pad(conv(x, r), [[0, 0], [1, 2], [3, 0], [0, 0]], constant_values=-7.0))
    case('Pad before convolution', shape, lambda x, r: tf.nn.conv2d(tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]), floats(r, 3, 3, 3, 2), 2, 'VALID'))
    case('MirrorPad', shape, lambda x, r: tf.pad(conv(x, r), [[0, 0], [1, 2], [3, 0], [0, 1]], mode='REFLECT'))
    for axis in 1, 2, 3, -1:
        case(f'ConcatV2 axis {axis}', shape, lambda x, r: tf.concat([conv(x, r), tf.nn.relu(conv(x, r)), tf.constant(floats(r, 2, 4, 6, 4))], axis))
    case('Reshape', shape, lambda x, r: tf.reshape(conv(x, r), [2, 24, 4]))
    case('Reshape with an open axis', shape, lambda x, r: tf.reshape(conv(x, r), [-1, 96]))
    case('Reshape by shape', shape, lambda x, r: tf.reshape(conv(x, r), tf.stack([tf.shape(x)[0], 96])))
    case('Squeeze', [2, 1, 1, 3], lambda x, r: tf.squeeze(tf.nn.conv2d(x, floats(r, 1, 1, 3, 4), 1, 'SAME'), [1, 2]))
    case('ExpandDims', [3, 4], lambda x, r: tf.nn.relu(tf.expand_dims(tf.expand_dims(x, 1), -2)))
    case('Transpose', shape, lambda x, r: tf.transpose(conv(x, r), [2, 0, 3, 1]))
    case('MatMul', [2, 5], lambda x, r: tf.matmul(x, floats(r, 5, 3)) + floats(r, 3))
    case('MatMul transposed', [2, 5], lambda x, r: tf.matmul(x, floats(r, 3, 5), transpose_b=True))
    case('MatMul transposed left', [5, 2], lambda x, r: tf.matmul(x, floats(r, 5, 3), transpose_a=True))
    case('PlaceholderWithDefault', [2, 5], lambda x, r: x * tf1.placeholder_with_default(np.float32(0.7), []))
    case('final layer', [3, 8], lambda x, r: tf.nn.softmax(tf.matmul(x, floats(r, 8, 3)) + floats(r, 3)))
    def channels_first(x, r):
        y = tf.transpose(x, [0, 3, 1, 2])
        y = tf.transpose(tf.nn.relu(y), [0, 2, 3, 1])
        return tf.nn.conv2d(y, floats(r, 3, 3, 3, 2), 1, 'SAME')
    case('axes moved and moved back', shape, channels_first)


convolutions()
after_convolutions()
elementwise()
shapes()
with open(sys.argv[1], 'wb') as file:
    for graph in CASES:
        graph.ClearField('versions')
        content = graph.SerializeToString(deterministic=True)
        length = len(content)
        while length > 127:
            file.write(bytes([length & 127 | 128]))
            length >>= 7
        file.write(bytes([length]))
        file.write(content)
print(len(CASES), 'cases')
