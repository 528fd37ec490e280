"""Shows that real TensorFlow says of Pupil's models what `pupil label_image` says.

Run from the checkout's root, after models were taught; not part of the build:

    ./pupil retrain --image_dir examples/photos --output_graph /tmp/m/graph.pb \
        --output_labels /tmp/m/labels.txt --saved_model_dir /tmp/m/saved ...
    python3 pupil-core/src/test/reference/check_model_with_tensorflow.py /tmp/m PHOTO.jpg...

The photos must be JPEGs, upright, and of less than four times the model's input in one direction: Pupil
decodes larger ones at a smaller scale, which the original label_image.py does not.

1. The graph, by the logic of the original label_image.py (tensorflow's variant): decode_jpeg,
   resize_bilinear, (x - mean) / std with mean 0 and std 255, `Placeholder` to `final_result`.
2. The SavedModel, by its signature.

Both must give the probabilities of `pupil label_image` to 1e-5, and the same order.
"""

import json
import os
import subprocess
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np
import tensorflow as tf

TOLERANCE = 1e-5


def load_graph(path):
    definition = tf.compat.v1.GraphDef()
    with open(path, "rb") as file:
        definition.ParseFromString(file.read())
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(definition)
    return definition, graph


def description(definition):
    first = definition.node[0]
    assert first.name == "pupil/model", first.name
    return json.loads(first.attr["value"].tensor.string_val[0].decode("utf-8"))


def read_tensor_from_image_file(path, height, width, mean=0, std=255):
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        reader = tf.io.read_file(path)
        image = tf.io.decode_jpeg(reader, channels=3, dct_method="INTEGER_ACCURATE")
        caster = tf.cast(image, tf.float32)
        expanded = tf.expand_dims(caster, 0)
        resized = tf.compat.v1.image.resize_bilinear(expanded, [height, width])
        normalized = tf.divide(tf.subtract(resized, [mean]), [std])
        return session.run(normalized)


def check(folder, photos):
    graph_file = os.path.join(folder, "graph.pb")
    definition, graph = load_graph(graph_file)
    said = description(definition)
    labels = open(os.path.join(folder, "labels.txt"), encoding="utf-8").read().splitlines()
    assert labels == said["labels"], (labels, said["labels"])
    height, width = said["input_height"], said["input_width"]
    print(f"{said['provenance']['backbone']['name']}: {height} x {width}, labels {labels}")

    command = ["./pupil", "label_image", "--graph", graph_file, "--json", "--top_k", "1000"]
    pupil = json.loads(subprocess.check_output(command + photos))
    assert [answer["image"] for answer in pupil] == photos

    saved = os.path.join(folder, "saved")
    signature = None
    if os.path.isdir(saved):
        loaded = tf.saved_model.load(saved)
        signature = loaded.signatures["serving_default"]

    worst_graph = worst_saved = 0.0
    session = tf.compat.v1.Session(graph=graph)
    for photo, answer in zip(photos, pupil):
        image = read_tensor_from_image_file(photo, height, width)
        # As label_image.py does: the operations by name, below the prefix of the import.
        source = graph.get_operation_by_name("import/" + said["input_layer"]).outputs[0]
        result = graph.get_operation_by_name("import/" + said["output_layer"]).outputs[0]
        scores = np.squeeze(session.run(result, {source: image}))
        ours = {one["label"]: one["probability"] for one in answer["labels"]}
        theirs = dict(zip(labels, scores.tolist()))
        difference = max(abs(ours[label] - theirs[label]) for label in labels)
        worst_graph = max(worst_graph, difference)
        order = [labels[i] for i in scores.argsort()[::-1]]
        assert order == [one["label"] for one in answer["labels"]], (photo, theirs, ours)
        best = order[0]
        line = f"  {photo}: {best} TensorFlow {theirs[best]:.7f} Pupil {ours[best]:.7f}"
        if signature is not None:
            saved_scores = np.squeeze(signature(image=tf.constant(image))["prediction"].numpy())
            difference = max(abs(ours[l] - s) for l, s in zip(labels, saved_scores.tolist()))
            worst_saved = max(worst_saved, difference)
            line += f" SavedModel {saved_scores[labels.index(best)]:.7f}"
        print(line)
    print(f"  greatest difference: graph {worst_graph:.2e}", end="")
    if signature is not None:
        print(f", SavedModel {worst_saved:.2e}", end="")
        print(f", signature {signature.structured_input_signature[1]}", end="")
    print()
    assert worst_graph <= TOLERANCE and worst_saved <= TOLERANCE


if __name__ == "__main__":
    print("TensorFlow", tf.__version__)
    check(sys.argv[1], sys.argv[2:])
