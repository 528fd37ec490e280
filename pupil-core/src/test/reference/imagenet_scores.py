"""Makes imagenet_scores.json: what another implementation (Python TensorFlow) gets from the two
embedded backbones on a few of the example photos.

Run from the checkout's root:
    python3 pupil-core/src/test/reference/imagenet_scores.py

The photos were chosen because ImageNet has a label for what is on them; `imagenet_index` is that
label's place in the alphabetical order of WordNet ids, typed by hand, not computed. MobileNet's
scores have one more in front, for the background.
"""

import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

BACKBONES = "pupil-core/src/main/resources/org/pupil/backbone/"
OUT = "pupil-core/src/test/resources/org/pupil/backbone/imagenet_scores.json"

PHOTOS = {
    "bird/ostrich.jpg": 9,
    "bird/peacock.jpg": 84,
    "bird/pelican.jpg": 144,
    "fruit/strawberry.jpg": 949,
    "fruit/banana.jpg": 954,
    "fruit/orange.jpg": 950,
    "mammal/bison.jpg": 347,
    "mammal/zebra.jpg": 340,
    "mammal/tiger.jpg": 292,
}

GRAPHS = [
    ("efficientnet_lite0_224", "efficientnet_lite0.pb", 224, 127.0, 128.0, "features", "logits"),
    ("efficientnet_lite0_288", "efficientnet_lite0.pb", 288, 127.0, 128.0, "features", "logits"),
    (
        "mobilenet_0.25_224",
        "mobilenet_v1_0.25.pb",
        224,
        127.5,
        127.5,
        "MobilenetV1/Logits/AvgPool_1a/AvgPool",
        "MobilenetV1/Predictions/Reshape",
    ),
]


def pixels(path, size):
    data = open(path, "rb").read()
    image = tf.cast(tf.io.decode_jpeg(data, channels=3), tf.float32)
    return tf.compat.v1.image.resize_bilinear(image[None], [size, size]).numpy()


def main():
    rows = []
    for name, file, size, mean, std, features, scores in GRAPHS:
        inputs = {photo: pixels("examples/photos/" + photo, size) for photo in PHOTOS}
        definition = tf.compat.v1.GraphDef()
        definition.ParseFromString(open(BACKBONES + file, "rb").read())
        graph = tf.Graph()
        with graph.as_default():
            tf.import_graph_def(definition, name="")
        with tf.compat.v1.Session(graph=graph) as session:
            for photo, index in PHOTOS.items():
                x = (inputs[photo] - np.float32(mean)) / np.float32(std)
                f, s = session.run([features + ":0", scores + ":0"], {"input:0": x})
                f, s = f.reshape(-1), s.reshape(-1)
                top = np.argsort(-s)[:3]
                rows.append(
                    {
                        "backbone": name,
                        "photo": photo,
                        "imagenet_index": index,
                        "features_first_4": [round(float(v), 6) for v in f[:4]],
                        "features_sum": round(float(f.astype(np.float64).sum()), 4),
                        "top_3": [[int(i), round(float(s[i]), 4)] for i in top],
                    }
                )
                print(name, photo, index, rows[-1]["top_3"])
    with open(OUT, "w") as out:
        out.write('{"made_by": "TensorFlow %s, imagenet_scores.py",\n "rows": [\n' % tf.__version__)
        out.write(",\n".join("  " + json.dumps(row) for row in rows))
        out.write("\n]}\n")


if __name__ == "__main__":
    main()
