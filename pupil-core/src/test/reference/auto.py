"""L2-regularised softmax by scikit-learn: probabilities at a penalty, and log losses of folds.

scikit-learn minimises C * (sum of cross entropies) + (sum of squared weights) / 2, so C is 1 /
penalty. With two labels it keeps one weight vector w, which softmax splits into -w/2 and w/2, so
there C is 2 / penalty.

Usage: python3 auto.py > ../resources/org/pupil/training/auto.json
"""

import json

import numpy as np
import sklearn
from chance import deal_folds
from sklearn.linear_model import LogisticRegression


def made(seed, counts, d, apart):
    """Features that are not centred, not of one scale, and not independent of each other."""
    random = np.random.RandomState(seed)
    labels = np.repeat(np.arange(len(counts)), counts)
    centers = random.randn(len(counts), d) * apart
    rows = centers[labels] + random.randn(len(labels), d) @ (random.randn(d, d) / np.sqrt(d))
    rows = np.maximum(rows * (1 + np.arange(d) % 3) + 2, 0)
    order = random.permutation(len(labels))
    return rows[order].astype(np.float32), labels[order]


def fit(rows, labels, penalty):
    c = (2 if labels.max() == 1 else 1) / penalty
    model = LogisticRegression(C=c, solver="newton-cg", tol=1e-12, max_iter=100000)
    return model.fit(rows.astype(np.float64), labels)


def case(name, seed, counts, d, apart, penalties):
    rows, labels = made(seed, counts, d, apart)
    return {
        "name": name,
        "labels": labels.tolist(),
        "rows": [[float(x) for x in row] for row in rows],
        "fits": [
            {
                "penalty": penalty,
                "probabilities": fit(rows, labels, penalty)
                .predict_proba(rows.astype(np.float64))
                .round(9)
                .tolist(),
            }
            for penalty in penalties
        ],
    }


def cross_validation():
    rows, labels = made(4, [14, 9, 6], 6, 0.5)
    folds = np.array(deal_folds(5, labels.tolist(), list(range(len(labels)))))
    path = []
    centered = rows.astype(np.float64) - rows.astype(np.float64).mean(0)
    scale = (centered**2).sum() / len(rows)
    for index in range(9):
        penalty = scale * 10 * 0.1 ** (index / 2)
        loss = 0
        for fold in range(5):
            held = folds == fold
            model = fit(rows[~held], labels[~held], penalty)
            p = model.predict_proba(rows[held].astype(np.float64))
            loss -= np.log(p[np.arange(held.sum()), labels[held]]).sum()
        path.append({"penalty": penalty, "logLoss": loss / len(rows)})
    return {
        "labels": labels.tolist(),
        "rows": [[float(x) for x in row] for row in rows],
        "seed": 5,
        "path": path,
    }


print(
    json.dumps(
        {
            "sklearn": sklearn.__version__,
            "cases": [
                case("three labels", 1, [20, 11, 5], 7, 0.4, [30.0, 0.5, 0.001]),
                case("two labels", 2, [9, 16], 5, 0.3, [10.0, 0.1]),
                case("more floats than photos", 3, [4, 3, 2, 3], 25, 0.7, [1.0, 0.01]),
                case("one float", 6, [8, 12, 7], 1, 1.0, [1.0, 0.01]),
            ],
            "crossValidation": cross_validation(),
        }
    )
)
