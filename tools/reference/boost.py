#!/usr/bin/env python3
"""Holds our gradient boosting (src/evaluation/distribution/boost.cpp) against
scikit-learn's HistGradientBoostingClassifier on the same features and folds.

    build/release/bin/cadrecode stats A B --features features.csv
    tools/reference/boost.py features.csv

`features.csv` has a line of names, then a line a program: label, fold, the
features. Prints the two AUCs and their difference."""
import csv
import sys

import numpy
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score


def main(path):
    with open(path, newline="") as file:
        rows = list(csv.reader(file))
    names, data = rows[0][3:], numpy.array(rows[1:], float)
    label, fold, ours, values = data[:, 0], data[:, 1], data[:, 2], data[:, 3:]
    theirs = numpy.zeros(len(data))
    for k in numpy.unique(fold):
        train, held = fold != k, fold == k
        model = HistGradientBoostingClassifier(max_iter=100, learning_rate=0.1, max_leaf_nodes=31,
                                               min_samples_leaf=20, early_stopping=False,
                                               class_weight="balanced")
        model.fit(values[train], label[train])
        theirs[held] = model.decision_function(values[held])
    a, b = roc_auc_score(label, ours), roc_auc_score(label, theirs)
    print(f"{len(data)} programs, {len(names)} features: AUC ours {a:.4f}, scikit-learn {b:.4f}, "
          f"difference {a - b:+.4f}, correlation of scores {numpy.corrcoef(ours, theirs)[0, 1]:.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
