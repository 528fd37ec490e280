"""Prints what ImportanceTest and GroupedMeansTest expect.

    python3 tuning.py

With SciPy 1.17.1.
"""

import numpy as np
from scipy import stats

groups = [
    [0.31, 0.29, 0.44, 0.3, 0.9],
    [0.21, 0.29, 0.25],
    [1.5, 0.95, 0.9, 2.0, np.inf, np.inf],
]
# Ranks are compared, so any number that is greater than all stands for infinity.
finite = [[100.0 if np.isinf(x) else x for x in group] for group in groups]
print("kruskal", repr(stats.kruskal(*finite)))

differences = np.array([0.12, -0.03, 0.4, 0.05, 0.22, -0.1, 0.31, 0.02])
result = stats.ttest_1samp(differences, 0)
print("difference", differences.mean(), result.confidence_interval(0.95))
# Each photo twice, in pairs: as sure as without the copies.
print("wilson of 13 in 20", stats.binomtest(13, 20).proportion_ci(0.95, method="wilson"))
