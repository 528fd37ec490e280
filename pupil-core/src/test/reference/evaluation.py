"""Scores of made-up predictions by scikit-learn, SciPy and TensorBoard.

Usage: python3 evaluation.py > ../resources/org/pupil/evaluation/evaluation.json
"""

import json

import numpy as np
import scipy
import sklearn
import tensorboard
from scipy.stats import binomtest
from sklearn import metrics
from tensorboard.plugins.pr_curve import summary
from tensorboard.util import tensor_util


def predictions():
    """Three labels of 31, 14 and 5 photos; the third is mostly taken for the first."""
    random = np.random.RandomState(8)
    truth = random.permutation(np.repeat([0, 1, 2], [31, 14, 5]))
    logits = random.randn(50, 3) * 1.3 + 1.6 * np.eye(3)[truth] + [0.9, 0.0, -0.9]
    p = np.exp(logits)
    p = (p / p.sum(1, keepdims=True)).astype(np.float32)
    p[7] = [0.0, 1.0, 0.0]  # the ends of the scale
    return truth, p


def calibration_error(truth, p):
    """Guo et al. (2017), with ten bins, written with a mask for each bin."""
    confidence = p.max(1).astype(np.float64)
    right = p.argmax(1) == truth
    error = 0
    for low in np.arange(10) / 10:
        inside = (confidence > low) & (confidence <= low + 0.1)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


def curve(truth, p, label):
    pb = summary.pb("x", labels=truth == label, predictions=p[:, label])
    return tensor_util.make_ndarray(pb.value[0].tensor).tolist()


def wilson(successes, trials):
    interval = binomtest(successes, trials).proportion_ci(0.95, method="wilson")
    return {
        "successes": successes,
        "trials": trials,
        "low": interval.low,
        "high": interval.high,
    }


truth, p = predictions()
precision, recall, f1, photos = metrics.precision_recall_fscore_support(truth, p.argmax(1))
print(
    json.dumps(
        {
            "sklearn": sklearn.__version__,
            "scipy": scipy.__version__,
            "tensorboard": tensorboard.__version__,
            "truth": truth.tolist(),
            "probabilities": [[float(x) for x in row] for row in p],
            "accuracy": metrics.accuracy_score(truth, p.argmax(1)),
            "logLoss": -np.log(
                np.maximum(1e-15, p[np.arange(50), truth].astype(np.float64))
            ).mean(),
            "confusion": metrics.confusion_matrix(truth, p.argmax(1)).tolist(),
            "precision": precision.tolist(),
            "recall": recall.tolist(),
            "f1": f1.tolist(),
            "macroF1": metrics.f1_score(truth, p.argmax(1), average="macro"),
            "photos": photos.tolist(),
            "expectedCalibrationError": calibration_error(truth, p),
            "curves": [curve(truth, p, label) for label in range(3)],
            "wilson": [
                wilson(*counts)
                for counts in [
                    (0, 1), (1, 1), (1, 2), (0, 15), (14, 15), (15, 15), (100, 141),
                    (131, 140), (139, 140), (700, 736), (9390, 10000),
                ]
            ],
        }
    )
)
