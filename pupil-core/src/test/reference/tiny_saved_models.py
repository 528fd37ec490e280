"""Makes the tiny SavedModels in src/test/resources/org/pupil/backbone and what they answer.

Run from the checkout's root:
    python3 pupil-core/src/test/reference/tiny_saved_models.py

tf2: a TensorFlow 2 module: convolution, batch norm, split, a function that calls a function, two
variables with one name, pooling. Any image size.
tf1_hub: a TensorFlow 1 Hub module: no tags, signature "default", reference variables, 6 x 5 images.

`tiny_saved_models.json` holds the output of each for the two images that both sides make the same
way: pixel value i (in the order of memory) is ((i * 37 + 11) % 256) / 255.
"""

import json
import os
import shutil

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

OUT = "pupil-core/src/test/resources/org/pupil/backbone/"


def images(height, width):
    i = np.arange(2 * height * width * 3, dtype=np.int64)
    return (((i * 37 + 11) % 256) / 255).astype(np.float32).reshape(2, height, width, 3)


class Tiny(tf.Module):
    def __init__(self):
        rng = np.random.RandomState(7)
        value = lambda *shape: rng.uniform(-1, 1, shape).astype(np.float32)
        self.first = tf.Variable(value(3, 3, 3, 4), name="kernel")
        self.second = tf.Variable(value(1, 1, 2, 5), name="kernel")
        self.gamma = tf.Variable(value(4), name="gamma")
        self.beta = tf.Variable(value(4), name="beta")
        self.mean = tf.Variable(value(4), name="moving_mean", trainable=False)
        self.variance = tf.Variable(value(4) ** 2 + 0.5, name="moving_variance", trainable=False)

    @tf.function
    def halves(self, x):
        # Split has a number of outputs under one name.
        return tf.split(x, 2, axis=3)

    @tf.function
    def block(self, x):
        x = tf.nn.conv2d(x, self.first, 2, "SAME")
        x, _, _ = tf.compat.v1.nn.fused_batch_norm(
            x, self.gamma, self.beta, self.mean, self.variance, is_training=False
        )
        left, right = self.halves(tf.nn.relu6(x))
        return left - 2 * right

    @tf.function(input_signature=[tf.TensorSpec([None, None, None, 3], tf.float32, "images")])
    def serve(self, images):
        x = tf.nn.conv2d(self.block(images), self.second, 1, "VALID")
        return {"feature_vector": tf.reduce_mean(x, [1, 2], name="pool"), "map": x}


def tf2():
    folder = OUT + "tf2"
    shutil.rmtree(folder, ignore_errors=True)
    module = Tiny()
    tf.saved_model.save(
        module,
        folder,
        signatures=module.serve,
        options=tf.saved_model.SaveOptions(save_debug_info=False),
    )
    answer = tf.saved_model.load(folder).signatures["serving_default"](tf.constant(images(7, 9)))
    return answer["feature_vector"].numpy()


def tf1_hub():
    folder = OUT + "tf1_hub"
    shutil.rmtree(folder, ignore_errors=True)
    v1 = tf.compat.v1
    graph = tf.Graph()
    with graph.as_default():
        x = v1.placeholder(tf.float32, [None, 6, 5, 3], name="hub_input/images")
        rng = np.random.RandomState(8)
        kernel = v1.get_variable(
            "kernel",
            initializer=rng.uniform(-1, 1, (3, 3, 3, 4)).astype(np.float32),
            use_resource=False,
        )
        bias = v1.get_variable(
            "bias",
            initializer=rng.uniform(-1, 1, (4,)).astype(np.float32),
            use_resource=True,
        )
        y = tf.nn.relu(tf.nn.conv2d(x * 2 - 1, kernel, 1, "SAME") + bias)
        y = tf.identity(tf.reduce_mean(y, [1, 2]), name="hub_output/feature_vector")
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            answer = session.run(y, {x: images(6, 5)})
            builder = v1.saved_model.Builder(folder)
            signature = v1.saved_model.signature_def_utils.build_signature_def(
                {"images": v1.saved_model.utils.build_tensor_info(x)},
                {"default": v1.saved_model.utils.build_tensor_info(y)},
                "default",
            )
            builder.add_meta_graph_and_variables(session, [], {"default": signature})
            builder.save()
    with open(folder + "/tfhub_module.pb", "wb") as out:
        out.write(b"\x08\x03")
    return answer


def main():
    with open(OUT + "tiny_saved_models.json", "w") as out:
        answers = {"tf2": tf2().tolist(), "tf1_hub": tf1_hub().tolist()}
        json.dump({"made_by": "TensorFlow " + tf.__version__, **answers}, out)
        out.write("\n")


if __name__ == "__main__":
    main()
