"""Out-of-fold probabilities of scikit-learn's L2-regularised softmax, on folds that chance.py deals.

The made-up photos come in groups, and the only photo of a label is never held out. How scikit-learn
writes a penalty is in auto.py.

Usage: python3 cross_validation.py > ../resources/org/pupil/training/cross_validation.json
"""

import contextlib
import io
import json

import numpy as np
import sklearn
from chance import deal_folds

with contextlib.redirect_stdout(io.StringIO()):  # auto.py prints its own table.
    from auto import fit, made

SEED = 11
REPEATS = 2
FOLDS = 4
PENALTY = 0.3


def repeat(number, rows, labels, groups):
    folds = np.array(deal_folds(SEED, labels.tolist(), groups, FOLDS, number))
    probabilities = np.full((len(rows), labels.max() + 1), -1.0)
    for fold in range(folds.max() + 1):
        held = folds == fold
        model = fit(rows[~held], labels[~held], PENALTY)
        probabilities[held] = model.predict_proba(rows[held].astype(np.float64))
    return {"folds": folds.tolist(), "probabilities": probabilities.round(9).tolist()}


rows, labels = made(8, [16, 12, 9, 1], 7, 0.4)
# Neighbours of one label are siblings, some of them.
groups = list(range(len(labels)))
for label in range(3):
    own = np.flatnonzero(labels == label)
    for first, second in zip(own[0:6:2], own[1:6:2]):
        groups[second] = groups[first]

print(
    json.dumps(
        {
            "sklearn": sklearn.__version__,
            "labels": labels.tolist(),
            "groups": [int(group) for group in groups],
            "rows": [[float(x) for x in row] for row in rows],
            "seed": SEED,
            "folds": FOLDS,
            "penalty": PENALTY,
            "repeats": [repeat(number, rows, labels, groups) for number in range(REPEATS)],
        }
    )
)
