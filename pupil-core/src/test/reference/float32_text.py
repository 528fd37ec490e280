"""Prints the bits of float32 values and their text by numpy; tab-separated.

Run from pupil-core:
  python3 src/test/reference/float32_text.py > src/test/resources/org/pupil/labelling/float32.tsv

Made with numpy 2.0.2, whose str() of each value has the same digits.
"""
import numpy as np

rng = np.random.default_rng(20240229)
values = []
for power in range(-149, 128):
    values.append(np.float32(2.0) ** np.float32(power))
for power in range(-45, 39):
    values.append(np.float32(float(f"1e{power}")))
    values.append(np.float32(float(f"9.5e{power - 1}")))
around = []
for value in values:
    around += [np.nextafter(value, np.float32(0)), np.nextafter(value, np.float32(np.inf))]
values += around
# The smallest denormals, and some larger ones.
values += list(np.arange(1, 200, dtype=np.uint32).view(np.float32))
values += list(rng.integers(1, 1 << 23, 300, dtype=np.uint32).view(np.float32))
# Whole and half numbers, and those beyond 2^24.
values += [np.float32(n) for n in (1, 2, 10, 100, 123456, 9999999, 16777215, 16777216, 33554434)]
values += [np.float32(n + 0.5) for n in (0, 1, 9, 1234, 4194303)]
# Probabilities, as a softmax gives them.
scores = rng.normal(0, 6, (150, 5)).astype(np.float32)
exps = np.exp(scores - scores.max(axis=1, keepdims=True)).astype(np.float32)
values += list((exps / exps.sum(axis=1, keepdims=True)).astype(np.float32).ravel())
# Any bits at all.
values += list(rng.integers(0, 1 << 32, 900, dtype=np.uint32).view(np.float32))
values += [np.float32(x) for x in ("0.0", "-0.0", "inf", "-inf", "nan", "0.9991627", "1e-10")]

seen = set()
for value in values:
    bits = int(np.float32(value).view(np.uint32))
    if bits in seen:
        continue
    seen.add(bits)
    print(f"{bits:08x}", np.format_float_positional(value, unique=True, trim="0"), sep="\t")
