"""Parameters after each of a few updates by TensorFlow's own optimizers.

Usage: python3 optimizers.py > ../resources/org/pupil/training/optimizers.json
"""

import json

import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_eager_execution()
START = np.array([0.5, -1.25, 0.0, 2.0], np.float32)
GRADIENTS = np.array(
    [[0.1, -2.0, 0.0, 1e-4], [0.3, 1.0, -0.5, 1e-4], [-0.2, 0.0, 0.25, 3.0], [0.05, 0.7, 0.0, -1.0]],
    np.float32,
)
RATE = 0.03


def run(optimizer):
    with tf.Graph().as_default():
        parameters = tf.Variable(START)
        gradient = tf.placeholder(tf.float32, [4])
        update = optimizer().apply_gradients([(gradient, parameters)])
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            path = []
            for value in GRADIENTS:
                session.run(update, {gradient: value})
                path.append(session.run(parameters).tolist())
            return path


print(
    json.dumps(
        {
            "tensorflow": tf.__version__,
            "learningRate": RATE,
            "start": START.tolist(),
            "gradients": GRADIENTS.tolist(),
            "GRADIENT_DESCENT": run(lambda: tf.train.GradientDescentOptimizer(RATE)),
            "MOMENTUM": run(lambda: tf.train.MomentumOptimizer(RATE, 0.9)),
            "ADAM": run(lambda: tf.train.AdamOptimizer(RATE)),
        },
        indent=1,
    )
)
