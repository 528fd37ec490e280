"""Scores, intervals, curves and tests of made-up predictions by scikit-learn, SciPy and statsmodels.

The intervals of the bootstrap are drawn with another generator than Pupil's, so they agree but for
chance; 20,000 samples keep that small.

Usage: python3 scores.py > ../resources/org/pupil/evaluation/scores.json
"""

import json
import warnings

import numpy as np
import scipy
import sklearn
import statsmodels
from scipy.optimize import curve_fit
from scipy.stats import binomtest, bootstrap
from sklearn import metrics
from statsmodels.stats.contingency_tables import mcnemar

warnings.filterwarnings("ignore")


def predictions():
    """Three labels of 60, 30 and 12 photos. The probabilities are rounded, so that some are equal."""
    random = np.random.RandomState(5)
    truth = random.permutation(np.repeat([0, 1, 2], [60, 30, 12]))
    logits = random.randn(102, 3) * 1.4 + 2.2 * np.eye(3)[truth] + [0.5, 0.0, -0.5]
    p = np.exp(logits)
    p = np.round(p / p.sum(1, keepdims=True), 2) + 0.001
    return truth, (p / p.sum(1, keepdims=True)).astype(np.float32)


def calibration_error(truth, p):
    confidence = p.max(1).astype(np.float64)
    right = p.argmax(1) == truth
    bins = np.maximum(0, np.ceil(confidence * 10) - 1).astype(int)
    return sum(abs((right - confidence)[bins == b].sum()) for b in range(10)) / len(truth)


def brier(truth, p):
    return metrics.brier_score_loss(np.eye(3)[truth], p.astype(np.float64), scale_by_half=False)


STATISTICS = {
    "balancedAccuracy": lambda t, p: metrics.balanced_accuracy_score(t, p.argmax(1)),
    "macroPrecision": lambda t, p: metrics.precision_score(t, p.argmax(1), average="macro"),
    "macroF1": lambda t, p: metrics.f1_score(t, p.argmax(1), average="macro"),
    "logLoss": lambda t, p: -np.log(p[np.arange(len(t)), t].astype(np.float64)).mean(),
    "brierScore": lambda t, p: ((p.astype(np.float64) - np.eye(3)[t]) ** 2).sum(1).mean(),
    "expectedCalibrationError": calibration_error,
}


def with_interval(statistic, truth, p):
    result = bootstrap(
        (np.arange(len(truth)),),
        lambda index: statistic(truth[index], p[index]),
        n_resamples=20000,
        vectorized=False,
        method="BCa",
        random_state=np.random.RandomState(3),
    )
    interval = result.confidence_interval
    return {"value": statistic(truth, p), "low": interval.low, "high": interval.high}


def wilson(successes, trials):
    interval = binomtest(int(successes), int(trials)).proportion_ci(0.95, method="wilson")
    return {"value": successes / trials, "low": interval.low, "high": interval.high}


def by_label(truth, p, label):
    predicted = p.argmax(1)
    hits = ((predicted == label) & (truth == label)).sum()
    either = wilson(hits, ((predicted == label) | (truth == label)).sum())
    f1 = metrics.f1_score(truth == label, predicted == label)
    return {
        "precision": wilson(hits, (predicted == label).sum()),
        "recall": wilson(hits, (truth == label).sum()),
        "f1": {"value": f1, **{end: 2 * either[end] / (1 + either[end]) for end in ("low", "high")}},
        "area": metrics.roc_auc_score(truth == label, p[:, label]),
        "roc": [c.tolist() for c in metrics.roc_curve(truth == label, p[:, label])[:2]],
    }


def power_law():
    photos = np.array([50.0, 100.0, 200.0, 400.0, 800.0])
    errors = np.array([0.31, 0.214, 0.163, 0.118, 0.101])
    weights = np.array([1.0, 2.0, 2.0, 1.0, 3.0])
    law = lambda m, floor, scale, exponent: floor + scale * m**-exponent
    (floor, scale, exponent), _ = curve_fit(
        law, photos, errors, p0=[0.05, 3, 0.6], sigma=weights**-0.5, bounds=(0, [1, 100, 2])
    )
    return {
        "photos": photos.tolist(),
        "errors": errors.tolist(),
        "weights": weights.tolist(),
        "exponent": exponent,
        "at1600": law(1600.0, floor, scale, exponent),
    }


truth, p = predictions()
print(
    json.dumps(
        {
            "sklearn": sklearn.__version__,
            "scipy": scipy.__version__,
            "statsmodels": statsmodels.__version__,
            "truth": truth.tolist(),
            "probabilities": [[float(x) for x in row] for row in p],
            "accuracy": wilson((p.argmax(1) == truth).sum(), 102),
            "top2": wilson(
                metrics.top_k_accuracy_score(truth, p - 1e-7 * np.arange(3), k=2, normalize=False),
                102,
            ),
            "brierOfScikitLearn": brier(truth, p),
            "statistics": {
                name: with_interval(statistic, truth, p) for name, statistic in STATISTICS.items()
            },
            "labels": [by_label(truth, p, label) for label in range(3)],
            "mcnemar": [
                {
                    "onlyFirst": b,
                    "onlySecond": c,
                    "p": mcnemar([[5, b], [c, 7]], exact=True).pvalue,
                }
                for b, c in [(0, 0), (0, 1), (3, 9), (9, 3), (7, 7), (0, 14), (120, 171), (2, 60)]
            ],
            "powerLaw": power_law(),
        }
    )
)
