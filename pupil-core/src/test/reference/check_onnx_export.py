"""Shows that a stranger's program gets from an exported model what `pupil label_image` says.

Run from the checkout's root, after a model was exported; not part of the build:

    ./pupil retrain --image_dir examples/photos
    ./pupil export --onnx model.onnx
    python3 -m venv venv && venv/bin/pip install onnx onnxruntime pillow
    venv/bin/python pupil-core/src/test/reference/check_onnx_export.py \
        pupil-model/graph.pb model.onnx PHOTO.jpg...

The photos must be JPEGs, upright, and of less than four times the model's input in one direction:
Pupil decodes larger ones at a smaller scale.

1. onnx.checker accepts the file, with the shapes that it can infer.
2. onnxruntime gives the probabilities of `pupil label_image` to 1e-5, in the same order, photo by
   photo and for a batch of all photos. Pillow decodes the photos; TensorFlow's resize_bilinear with
   its defaults, which Pillow does not have, is written out here.
"""

import json
import subprocess
import sys

import numpy as np
import onnx
import onnxruntime
from PIL import Image

TOLERANCE = 1e-5


def axis(length, wanted):
    at = (np.arange(wanted, dtype=np.float32) * np.float32(length / wanted)).astype(np.float32)
    low = np.floor(at).astype(int)
    return low, np.minimum(low + 1, length - 1), at - low


def resize_bilinear(image, height, width):
    top, bottom, down = axis(image.shape[0], height)
    left, right, along = axis(image.shape[1], width)
    along, down = along[:, None], down[:, None, None]
    upper = image[top][:, left] + (image[top][:, right] - image[top][:, left]) * along
    lower = image[bottom][:, left] + (image[bottom][:, right] - image[bottom][:, left]) * along
    return upper + (lower - upper) * down


def main(graph, file, photos):
    onnx.checker.check_model(onnx.load(file), full_check=True)
    session = onnxruntime.InferenceSession(file)
    (source,), (result,) = session.get_inputs(), session.get_outputs()
    print(source.name, source.shape, "to", result.name, result.shape)
    height, width = source.shape[2:]
    metadata = session.get_modelmeta().custom_metadata_map
    labels = json.loads(metadata["labels"])
    if "pupil.model" in metadata:
        assert json.loads(metadata["pupil.model"])["labels"] == labels

    command = ["./pupil", "label_image", "--graph", graph, "--json", "--top_k", "1000"]
    said = json.loads(subprocess.check_output(command + photos))
    images = []
    for photo in photos:
        image = np.asarray(Image.open(photo).convert("RGB"), np.float32)
        images.append(resize_bilinear(image, height, width).transpose(2, 0, 1) / 255)
    batch = np.stack(images).astype(np.float32)
    together = session.run([result.name], {source.name: batch})[0]
    worst = 0.0
    for i, (photo, answer) in enumerate(zip(photos, said)):
        alone = session.run([result.name], {source.name: batch[i : i + 1]})[0][0]
        ours = {one["label"]: one["probability"] for one in answer["labels"]}
        for scores in (alone, together[i]):
            difference = max(abs(ours[label] - float(s)) for label, s in zip(labels, scores))
            worst = max(worst, difference)
            assert [labels[j] for j in scores.argsort()[::-1]] == list(ours), photo
        print(f"  {photo}: {labels[alone.argmax()]} {alone.max():.7f} {max(ours.values()):.7f}")
    print(f"greatest difference on {len(photos)} photos: {worst:.2e}")
    assert worst <= TOLERANCE


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
