"""Makes python_graph_scores.txt: what real TensorFlow says of four photos with a graph that the
original retrain.py made, by the logic of the original label_image.py, with one difference: JPEGs are
decoded with the accurate integer DCT, as Pupil decodes them.

    python3 pupil-core/src/test/reference/python_graph_scores.py GRAPH LABELS PHOTOS_FOLDER

GRAPH and LABELS are those of the original (the run that the shared test data describe); its flags
were --input_mean 127 --input_std 127.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import tensorflow as tf

OUT = "pupil-core/src/test/resources/org/pupil/labelling/python_graph_scores.txt"
PHOTOS = ["cat/cat.0.jpg", "cat/cat.7.jpg", "dog/dog.0.jpg", "dog/dog.7.jpg"]


def main(graph_file, labels_file, folder):
    definition = tf.compat.v1.GraphDef()
    definition.ParseFromString(open(graph_file, "rb").read())
    labels = [line.strip() for line in open(labels_file)]
    lines = []
    with tf.Graph().as_default() as graph, tf.compat.v1.Session() as session:
        tf.import_graph_def(definition)
        for photo in PHOTOS:
            image = tf.io.decode_jpeg(
                tf.io.read_file(os.path.join(folder, photo)),
                channels=3,
                dct_method="INTEGER_ACCURATE",
            )
            resized = tf.compat.v1.image.resize_bilinear(
                tf.expand_dims(tf.cast(image, tf.float32), 0), [224, 224]
            )
            pixels = session.run((resized - 127.0) / 127.0)
            scores = session.run(
                graph.get_tensor_by_name("import/final_result:0"),
                {"import/input:0": pixels},
            )[0]
            lines.append("== --image " + photo)
            for i in scores.argsort()[::-1]:
                lines.append("%s (score=%0.5f)" % (labels[i], scores[i]))
    with open(OUT, "w") as file:
        file.write("\n".join(lines) + "\n")


main(*sys.argv[1:])
