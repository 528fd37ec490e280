"""Prints the table summary_values.txt: values as TensorBoard's own Python writes them.

A line is NAME|HEX: a serialized Summary with one value. Run with TensorBoard 2.18:

    python3 eventlog_summary_values.py > ../resources/org/pupil/log/summary_values.txt
"""

import numpy as np
from tensorboard.compat.proto import summary_pb2, tensor_pb2, tensor_shape_pb2, types_pb2
from tensorboard.plugins.hparams import api_pb2, metadata, plugin_data_pb2
from tensorboard.plugins.image import metadata as image_metadata
from tensorboard.plugins.pr_curve import summary as pr_curve
from tensorboard.plugins.text import metadata as text_metadata
from tensorboard.util import tensor_util


def show(name, summary):
    print(f"{name}|{summary.SerializeToString(deterministic=True).hex()}")


def plugin_metadata(name, content=b""):
    return summary_pb2.SummaryMetadata(
        plugin_data=summary_pb2.SummaryMetadata.PluginData(plugin_name=name, content=content)
    )


def hparams(tag, **content):
    data = plugin_data_pb2.HParamsPluginData(**content)
    made = plugin_metadata(metadata.PLUGIN_NAME, data.SerializeToString(deterministic=True))
    value = summary_pb2.Summary.Value(tag=tag, metadata=made, tensor=metadata.NULL_TENSOR)
    return summary_pb2.Summary(value=[value])


def strings(tag, plugin, shape, values):
    tensor = tensor_pb2.TensorProto(
        dtype=types_pb2.DT_STRING,
        string_val=values,
        tensor_shape=tensor_shape_pb2.TensorShapeProto(
            dim=[tensor_shape_pb2.TensorShapeProto.Dim(size=size) for size in shape]
        ),
    )
    value = summary_pb2.Summary.Value(tag=tag, metadata=plugin_metadata(plugin), tensor=tensor)
    return summary_pb2.Summary(value=[value])


start = plugin_data_pb2.SessionStartInfo(group_name="monday", start_time_secs=1795480719.25)
start.hparams["architecture"].string_value = "mobilenet_0.25_224"
start.hparams["learning_rate"].number_value = 0.01
start.hparams["steps"].number_value = 4000
start.hparams["strict"].bool_value = False
start.hparams["zero"].number_value = 0
show("session start", hparams(metadata.SESSION_START_INFO_TAG, session_start_info=start))

show(
    "session success",
    hparams(
        metadata.SESSION_END_INFO_TAG,
        session_end_info=plugin_data_pb2.SessionEndInfo(
            status=api_pb2.STATUS_SUCCESS, end_time_secs=1795480800.5
        ),
    ),
)
show(
    "session failure",
    hparams(
        metadata.SESSION_END_INFO_TAG,
        session_end_info=plugin_data_pb2.SessionEndInfo(
            status=api_pb2.STATUS_FAILURE, end_time_secs=1795480801.75
        ),
    ),
)

experiment = api_pb2.Experiment(
    time_created_secs=1795480719.25,
    hparam_infos=[
        api_pb2.HParamInfo(name="architecture", type=api_pb2.DATA_TYPE_STRING),
        api_pb2.HParamInfo(name="learning_rate", type=api_pb2.DATA_TYPE_FLOAT64),
        api_pb2.HParamInfo(name="strict", type=api_pb2.DATA_TYPE_BOOL),
    ],
    metric_infos=[
        api_pb2.MetricInfo(
            name=api_pb2.MetricName(group="validation", tag="accuracy_1"),
            display_name="validation accuracy",
        ),
        api_pb2.MetricInfo(name=api_pb2.MetricName(group="", tag="pupil/f1_macro")),
    ],
)
show("experiment", hparams(metadata.EXPERIMENT_TAG, experiment=experiment))

show("text", strings("pupil/config", text_metadata.PLUGIN_NAME, [], ["**größer** | 1".encode()]))
show(
    "images",
    strings(
        "pupil/mistakes", image_metadata.PLUGIN_NAME, [4], [b"7", b"5", b"\x89PNG one", b"GIF two"]
    ),
)

# Three thresholds; 4 examples of the label, 3 others.
true_positives = np.array([4, 3, 0])
false_positives = np.array([3, 1, 0])
tensor = np.float32(
    np.stack(
        [
            true_positives,
            false_positives,
            false_positives[0] - false_positives,
            true_positives[0] - true_positives,
            true_positives / np.maximum(1e-7, true_positives + false_positives),
            true_positives / np.maximum(1e-7, true_positives[0]),
        ]
    )
)
curve = pr_curve.metadata.create_summary_metadata(
    display_name="", description="", num_thresholds=3
)
value = summary_pb2.Summary.Value(
    tag="cat/pr_curves", metadata=curve, tensor=tensor_util.make_tensor_proto(tensor)
)
show("pr curve", summary_pb2.Summary(value=[value]))
