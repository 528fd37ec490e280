"""Packs ONNX's own test cases of single operations, to test the rules of sizes against.

Usage: python onnx_sizes.py OUTPUT_FILE

Needs onnx (made with 1.23) and numpy. The file is gzip of a row of ModelProto messages, each led by
its length as a varint. In the metadata of each stand `case` (its name), `fed` and `shape` (the input
that stays one, and its lengths) and for each output `output NAME` with its lengths; every other input
has become a constant. Large cases and those of types that are not computed in are left out.
"""

import gzip
import inspect
import sys

import numpy as np
import onnx
from onnx import numpy_helper
from onnx.backend.test.case.node import collect_testcases

TYPES = {onnx.TensorProto.FLOAT, onnx.TensorProto.DOUBLE, onnx.TensorProto.INT32,
         onnx.TensorProto.INT64, onnx.TensorProto.BOOL}
LARGEST = 3000


def lengths(array):
    return ",".join(map(str, np.asarray(array).shape))


def packed(case):
    model = onnx.ModelProto()
    model.CopyFrom(case.model)
    graph = model.graph
    if len(graph.node) != 1 or graph.node[0].domain or model.functions:
        return None
    inputs, outputs = case.data_sets[0]
    if not all(isinstance(value, (np.ndarray, np.generic)) for value in [*inputs, *outputs]):
        return None
    inputs = [np.asarray(value) for value in inputs]
    if any(onnx.helper.np_dtype_to_tensor_dtype(value.dtype) not in TYPES for value in inputs):
        return None
    notes = {"case": case.name, "fed": "", "shape": ""}
    for index, (declared, value) in enumerate(zip(graph.input, inputs)):
        if index == 0 and value.dtype == np.float32:
            notes.update(fed=declared.name, shape=lengths(value))
        else:
            graph.initializer.append(numpy_helper.from_array(value, declared.name))
    for declared, value in zip(graph.output, outputs):
        notes[f"output {declared.name}"] = lengths(value)
    for key, value in notes.items():
        model.metadata_props.add(key=key, value=value)
    content = model.SerializeToString()
    return content if len(content) <= LARGEST else None


def varint(number):
    groups = []
    while number >= 128:
        groups.append(number % 128 + 128)
        number //= 128
    return bytes(groups + [number])


def main(file):
    takes_operation = len(inspect.signature(collect_testcases).parameters) > 0
    cases = collect_testcases(None) if takes_operation else collect_testcases()
    contents = [content for case in cases if (content := packed(case))]
    with open(file, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        for content in contents:
            out.write(varint(len(content)) + content)
    print(len(contents), "cases")


if __name__ == "__main__":
    main(sys.argv[1])
