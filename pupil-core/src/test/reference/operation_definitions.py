#!/usr/bin/env python3
"""Makes src/main/resources/org/pupil/graph/operations.pb: what inputs, outputs and attributes
TensorFlow's operations have, as an OpList message without the documentation.

    pip install tensorflow-cpu==2.21.0
    python3 operation_definitions.py OUTPUT_FILE
"""
import sys

from tensorflow.core.framework import op_def_pb2
from tensorflow.python.framework import op_def_registry
import tensorflow as tf

operations = op_def_pb2.OpList()
for name in sorted(dir(tf.raw_ops)):
    definition = op_def_registry.get(name)
    if definition is None:
        continue
    kept = operations.op.add(name=name)
    for argument in definition.input_arg:
        kept.input_arg.add().CopyFrom(argument)
    for argument in definition.output_arg:
        kept.output_arg.add().CopyFrom(argument)
    for attribute in definition.attr:
        added = kept.attr.add(name=attribute.name, type=attribute.type)
        if attribute.HasField('default_value'):
            added.default_value.CopyFrom(attribute.default_value)
    for argument in list(kept.input_arg) + list(kept.output_arg):
        argument.ClearField('description')
        argument.ClearField('experimental_full_type')
with open(sys.argv[1], 'wb') as file:
    file.write(operations.SerializeToString(deterministic=True))
print(len(operations.op), 'operations')
