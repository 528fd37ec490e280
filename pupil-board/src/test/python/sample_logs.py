"""Writes event files with a value of every kind, some of them odd, for comparing two readers.

Needs the package tensorboard, not TensorFlow. Used by compare_with_tensorboard.py; by itself:

    python3 sample_logs.py FOLDER
"""

import os
import struct
import sys
import zlib

import numpy as np
from tensorboard.compat.proto import event_pb2
from tensorboard.compat.proto import graph_pb2
from tensorboard.compat.proto import summary_pb2
from tensorboard.plugins.hparams import plugin_data_pb2
from tensorboard.summary.writer.record_writer import RecordWriter
from tensorboard.util import tensor_util

BEGIN = 1_700_000_000.25


def png(width, height, colour):
    def chunk(kind, data):
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    rows = (b"\0" + bytes(colour) * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def metadata(plugin, content=b"", description="", display_name=""):
    return summary_pb2.SummaryMetadata(
        display_name=display_name,
        summary_description=description,
        plugin_data=summary_pb2.SummaryMetadata.PluginData(plugin_name=plugin, content=content),
    )


def tensor(tag, plugin, array, **described):
    return summary_pb2.Summary.Value(
        tag=tag,
        metadata=metadata(plugin, **described),
        tensor=tensor_util.make_tensor_proto(array),
    )


def old_histogram(tag, values):
    limits, limit = [], 1e-12
    while limit < 1e20:
        limits.append(limit)
        limit *= 1.1
    big = sys.float_info.max
    limits = [-big] + [-x for x in reversed(limits)] + [0.0] + limits + [big]
    counts = np.zeros(len(limits))
    for value in values:
        counts[np.searchsorted(limits, value, side="right")] += 1
    return summary_pb2.Summary.Value(
        tag=tag,
        histo=summary_pb2.HistogramProto(
            min=min(values),
            max=max(values),
            num=len(values),
            sum=sum(values),
            sum_squares=sum(x * x for x in values),
            bucket_limit=limits,
            bucket=counts,
        ),
    )


def new_histogram(values, buckets=30):
    counts, edges = np.histogram(values, bins=buckets)
    return np.stack([edges[:-1], edges[1:], counts], axis=1).astype(np.float64)


def pr_curve(random, thresholds=11):
    labels = random.integers(0, 2, 80)
    scores = np.clip(labels * 0.3 + random.random(80) * 0.6, 0, 1)
    rows = []
    for threshold in np.linspace(0, 1, thresholds):
        taken = scores >= threshold
        tp, fp = np.sum(taken & (labels == 1)), np.sum(taken & (labels == 0))
        fn, tn = np.sum(~taken & (labels == 1)), np.sum(~taken & (labels == 0))
        rows.append([tp, fp, tn, fn, tp / max(1e-7, tp + fp), tp / max(1e-7, tp + fn)])
    return np.array(rows, dtype=np.float32).T


def hparams(tag, **fields):
    content = plugin_data_pb2.HParamsPluginData(version=0, **fields)
    return summary_pb2.Summary.Value(
        tag=tag,
        metadata=metadata("hparams", content.SerializeToString()),
        tensor=tensor_util.make_tensor_proto(np.zeros([0], dtype=np.float32)),
    )


class Run:
    """One event file in one folder."""

    def __init__(self, folder, offset):
        os.makedirs(folder, exist_ok=True)
        self._time = BEGIN + offset
        name = "events.out.tfevents.%010d.sample.1.0" % self._time
        self._file = open(os.path.join(folder, name), "wb")
        self._writer = RecordWriter(self._file)
        self.write(0, file_version="brain.Event:2")

    def write(self, step, *values, **what):
        self._time += 0.5
        event = event_pb2.Event(wall_time=self._time, step=step, **what)
        if values:
            event.summary.value.extend(values)
        self._writer.write(event.SerializeToString())

    def close(self):
        self._writer.close()


def graph():
    definition = graph_pb2.GraphDef()
    a = definition.node.add(name="input/a", op="Placeholder", device="/cpu:0")
    a.attr["dtype"].type = 1
    a.attr["_output_shapes"].list.shape.add().dim.add(size=3)
    c = definition.node.add(name="layer/weights", op="Const")
    c.attr["value"].tensor.CopyFrom(tensor_util.make_tensor_proto(np.zeros(400, dtype=np.float32)))
    c.attr["note"].s = b'quote " and \n and \xff'
    definition.node.add(name="layer/out", op="Mul", input=["input/a", "layer/weights:0", "^input/a"])
    definition.versions.producer = 22
    return definition


def write(folder):
    random = np.random.default_rng(7)
    one = Run(os.path.join(folder, "one"), 0)
    one.write(0, session_log=event_pb2.SessionLog(status=event_pb2.SessionLog.START))
    one.write(0, graph_def=graph().SerializeToString())
    odd = [float("nan"), float("inf"), float("-inf"), 0.1, 1e-30, -3.5e20]
    for step in range(40):
        data = random.normal(step / 10, 1, 200)
        values = [
            summary_pb2.Summary.Value(tag="loss", simple_value=1 / (step + 1)),
            summary_pb2.Summary.Value(tag="odd", simple_value=odd[step % len(odd)]),
            tensor(
                "new/loss",
                "scalars",
                np.float32(1 / (step + 1)),
                description="The *loss*, see [here](http://example.org/?a=1&b=2).",
                display_name="Loss",
            ),
            old_histogram("old/weights", list(data)),
            tensor("new/weights", "histograms", new_histogram(data), description="How they spread"),
        ]
        if step % 10 == 0:
            pictures = [b"4", b"3", png(4, 3, (step, 0, 200)), png(4, 3, (0, step, 9))]
            values += [
                tensor("new/picture", "images", np.array(pictures, dtype=object)),
                summary_pb2.Summary.Value(
                    tag="old/picture/image/0",
                    image=summary_pb2.Summary.Image(
                        width=2,
                        height=5,
                        colorspace=3,
                        encoded_image_string=png(2, 5, (step, step, step)),
                    ),
                ),
                tensor("label/pr_curves", "pr_curves", pr_curve(random)),
            ]
        one.write(step, *values)
    texts = {
        "document": np.array(
            b"# Heading\n\nA *text* with `code`, **bold**.\n\n* one\n* two\n\n"
            b"| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx < y & z\n```\n",
            dtype=object,
        ),
        "row": np.array([b"*a*", b"b", b"c"], dtype=object),
        "table": np.array([[b"*a*", b"b"], [b"c", b"`d`"], [b"e", b"f"]], dtype=object),
        "cube": np.array([[[b"a", b"b"]], [[b"c", b"d"]]], dtype=object),
        "nulls": np.array(b"a\0b", dtype=object),
        "hostile": np.array(
            b"<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3))",
            dtype=object,
        ),
    }
    for step in range(3):
        one.write(step, *(tensor(tag, "text", array) for tag, array in texts.items()))
    one.close()

    two = Run(os.path.join(folder, "two words", "a=b, c&d 50% \u00e9"), 100)
    for step in range(5):
        two.write(
            step,
            summary_pb2.Summary.Value(tag="loss", simple_value=step),
            tensor("new/loss", "scalars", np.float32(step), description="Another loss"),
            tensor("tag with / % & \u00e9", "scalars", np.float32(step)),
            tensor("empty", "histograms", np.zeros([0, 3])),
            tensor("new/weights", "histograms", new_histogram([3.0] * step + [3.0])),
        )
    two.close()

    root = Run(os.path.join(folder, "trials"), 200)
    experiment = plugin_data_pb2.HParamsPluginData(version=0).experiment
    experiment.time_created_secs = BEGIN
    experiment.hparam_infos.add(name="rate", type=3)
    experiment.hparam_infos.add(name="optimizer", type=1)
    experiment.metric_infos.add().name.tag = "accuracy"
    root.write(0, hparams("_hparams_/experiment", experiment=experiment))
    root.close()
    for i in range(4):
        trial = Run(os.path.join(folder, "trials", str(i)), 300 + i)
        start = plugin_data_pb2.SessionStartInfo(start_time_secs=BEGIN + i)
        start.hparams["rate"].number_value = 0.1 * (i + 1)
        start.hparams["optimizer"].string_value = "adam" if i % 2 else "sgd"
        trial.write(0, hparams("_hparams_/session_start_info", session_start_info=start))
        for step in range(3):
            trial.write(
                step, summary_pb2.Summary.Value(tag="accuracy", simple_value=0.1 * (step + i))
            )
        end = plugin_data_pb2.SessionEndInfo(status=1 + i % 2, end_time_secs=BEGIN + i + 9)
        trial.write(3, hparams("_hparams_/session_end_info", session_end_info=end))
        trial.close()

    with open(os.path.join(folder, "one", "projector_config.pbtxt"), "w") as config:
        config.write(
            'embeddings {\n  tensor_name: "points"\n  tensor_path: "points.tsv"\n'
            '  metadata_path: "labels.tsv"\n  sprite {\n    image_path: "sprite.png"\n'
            "    single_image_dim: 2\n    single_image_dim: 5\n  }\n}\n"
        )
    with open(os.path.join(folder, "one", "points.tsv"), "w") as points:
        points.write("1\t2.5\t-3\n0.1\t0\t1e-3\n")
    with open(os.path.join(folder, "one", "labels.tsv"), "w") as labels:
        labels.write("name\tlabel\na\trose\nb\ttulip\n")
    with open(os.path.join(folder, "one", "sprite.png"), "wb") as sprite:
        sprite.write(png(4, 5, (1, 2, 3)))


if __name__ == "__main__":
    write(sys.argv[1])
