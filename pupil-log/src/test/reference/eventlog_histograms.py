"""Prints the table histograms.txt: HistogramProtos as TensorFlow 1's summary op makes them.

A line is NAME|FLOATS|PROTO: the values as big-endian float32 in hex, and the serialized message
in hex. Run with TensorFlow 2.18:

    python3 eventlog_histograms.py > ../resources/org/pupil/log/histograms.txt
"""

import numpy as np
import tensorflow as tf

tf.compat.v1.disable_eager_execution()


def proto_of(values):
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        summary = tf.compat.v1.summary.histogram("h", tf.constant(values, tf.float32))
        message = tf.compat.v1.Summary.FromString(session.run(summary))
    return message.value[0].histo.SerializeToString()


def limits_and_neighbours():
    """Every default limit as a float32, and the floats just below and above it."""
    limit, limits = 1.0e-12, []
    while limit < 1.0e20:
        limits.append(limit)
        limit *= 1.1
    middle = np.array(limits, np.float64).astype(np.float32)
    infinity = np.float32(np.inf)
    around = np.stack([np.nextafter(middle, -infinity), middle, np.nextafter(middle, infinity)])
    return around.T.ravel()


random = np.random.RandomState(7)
near_limits = limits_and_neighbours()
CASES = {
    "nothing": [],
    "zero": [0.0],
    "minus zero first": [-0.0, 0.0],
    "zero first": [0.0, -0.0],
    "one": [1.0],
    "minus one": [-1.0],
    "asymmetric": [0.0, -3.5, 1e-13, 1e20, 2.0, 2.0, 2.05, -1e-13, 0.017],
    "negatives only": [-0.25, -7.0, -7.1, -1e-20],
    # No denormals: TensorFlow's threads make the processor take them for zero.
    "largest": [3.4028234e38, -3.4028234e38, 1.1754944e-38, -2.3509887e-38],
    "around the last limit": [9.2e19, 9.9e19, 1.0e20, 1.1e20, -9.9e19, -1.0e20],
    "near every limit": near_limits,
    "near every limit, negative": -near_limits[:1000],
    "weights": random.normal(0.0, 0.02, 300),
    "probabilities": random.beta(0.4, 0.2, 101),
    "logits": random.normal(-1.5, 4.0, 64),
}

for name, values in CASES.items():
    floats = np.array(values, np.float32)
    print(f"{name}|{floats.astype('>f4').tobytes().hex()}|{proto_of(floats).hex()}")
