"""Prints what TensorBoard's own functions make of some values, for the tests of the board.

    python3 board_answers.py > ../resources/org/pupil/board/answers/board_answers.json

Made with tensorboard 2.18.0 and numpy 2.0.2.
"""

import base64
import json
import sys

import numpy as np
from tensorboard import data_compat
from tensorboard.compat.proto import summary_pb2
from tensorboard.plugins.distribution import compressor
from tensorboard.plugins.pr_curve import pr_curves_plugin
from tensorboard.util import tensor_util

BIG = sys.float_info.max


def limits():
    positive, limit = [], 1e-12
    while limit < 1e20:
        positive.append(limit)
        limit *= 2
    return [-BIG] + [-x for x in reversed(positive)] + [0.0] + positive + [BIG]


def old_form(values, edges=None, counts=None):
    edges = limits() if edges is None else edges
    if counts is None:
        counts = np.zeros(len(edges))
        for value in values:
            counts[np.searchsorted(edges, value, side="right")] += 1
    return summary_pb2.Summary.Value(
        tag="h",
        histo=summary_pb2.HistogramProto(
            min=min(values, default=0),
            max=max(values, default=0),
            num=len(values),
            bucket_limit=edges,
            bucket=counts,
        ),
    )


def new_form(rows, dtype):
    array = np.array(rows, dtype=dtype).reshape([-1, 3])
    return summary_pb2.Summary.Value(tag="h", tensor=tensor_util.make_tensor_proto(array))


def packed(message):
    return base64.b64encode(message.SerializeToString()).decode("ascii")


def histogram(name, value):
    rows = tensor_util.make_ndarray(data_compat.migrate_value(value).tensor).tolist()
    distribution = [float(v) for _, v in compressor.compress_histogram(rows)]
    return {
        "name": name,
        "value": packed(value),
        "buckets": rows,
        "distribution": distribution,
    }


def histograms():
    random = np.random.default_rng(3)
    counts, edges = np.histogram(random.gamma(2, 3, 500), bins=30)
    rows = np.stack([edges[:-1], edges[1:], counts], axis=1)
    return [
        histogram("normal", old_form(list(random.normal(0.3, 2, 300)))),
        histogram("skewed", old_form(list(random.gamma(2, 3, 50)))),
        histogram("one value", old_form([0.25] * 7)),
        histogram("below the lowest edge", old_form([-3e21, -2e20, 1.0])),
        histogram("above the highest edge", old_form([-1.0, 2e20, 7e21, 7e21])),
        histogram("a gap", old_form([-5.0, -5.0, 0.0, 8.0])),
        histogram("nothing counted", old_form([], [-1.0, 1.0, BIG], [0, 0, 0])),
        histogram("no bucket", old_form([], [], [])),
        histogram("empty ends", old_form([1.5, 2.5], [0.0, 1.0, 2.0, 3.0, BIG], [0, 0, 1, 1, 0])),
        histogram("new", new_form(rows, np.float64)),
        histogram("new in floats", new_form(rows, np.float32)),
        histogram("new of one value", new_form([[3, 3, 0]] * 29 + [[3, 3, 4]], np.float64)),
        histogram("new and empty", new_form([], np.float64)),
        histogram("new with nothing counted", new_form([[0, 1, 0], [1, 2, 0]], np.float64)),
    ]


def pr_curve(name, array):
    value = summary_pb2.Summary.Value(
        tag="c", tensor=tensor_util.make_tensor_proto(array.astype(np.float32))
    )
    entry = pr_curves_plugin.PrCurvesPlugin._make_pr_entry(None, 0, 0, array.astype(np.float32))
    return {"name": name, "value": packed(value), "curve": entry}


def pr_curves():
    random = np.random.default_rng(5)
    whole = random.integers(1, 50, [6, 7]) * 1.0
    whole[4:] = random.random([2, 7])
    trimmed = whole.copy()
    trimmed[:2, 4:] = 0
    never = whole.copy()
    never[:2] = 0
    return [
        pr_curve("whole", whole),
        pr_curve("trimmed", trimmed),
        pr_curve("nothing is ever taken", never),
        pr_curve("one threshold", whole[:, :1]),
        pr_curve("many thresholds", random.integers(0, 9, [6, 201]) * 1.0),
    ]


def numbers():
    random = np.random.default_rng(11)
    some = [0.0, -0.0, 1.0, -1.5, 0.1, 1e15, 1e16, 123456789012345680.0, 1e-4, 1e-5, 2.5e-7]
    some += [1e22, 1e23, 2e-323, 5e-324, BIG, 9007199254740993.0, 1795480719.2646112, 100.0]
    some += [float(x) for x in random.standard_normal(200) * 10.0 ** random.integers(-30, 30, 200)]
    some += [float(np.float32(x)) for x in random.standard_normal(50)]
    return [[x.hex(), repr(x)] for x in some]


def texts():
    some = ["train", "", "it's", 'a "b"', "both ' and \"", "a\\b", "new\nline\ttab\r"]
    some += ["\x00\x1b\x7f", "\u00e9\u4e2d", "\u200b\u00a0\u2028", "\U0001f33b", "\ue000", "a=b, c&d %"]
    return [[x, repr(x)] for x in some]


json.dump(
    {
        "histograms": histograms(),
        "prCurves": pr_curves(),
        "numbers": numbers(),
        "texts": texts(),
    },
    sys.stdout,
    indent=None,
    separators=(",", ":"),
)
print()
