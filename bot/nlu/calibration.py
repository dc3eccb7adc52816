"""Scores into confidences, fitted on lines that were left out."""

from __future__ import annotations

from typing import Mapping, Sequence

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp

SHARPNESS = (1.0, 40.0)


def softmax(scores: Mapping[str, float], sharpness: float) -> dict[str, float]:
    """Return shares that sum to 1, highest first."""
    raw = np.array(list(scores.values())) * sharpness
    parts = np.exp(raw - raw.max())  # scipy's takes ten times as long for so few numbers
    return dict(sorted(zip(scores, (parts / parts.sum()).tolist()), key=lambda pair: -pair[1]))


def sharpness(scores: Sequence[Mapping[str, float]], truth: Sequence[str]) -> float:
    """Return the sharpness under which `truth` is likeliest."""
    names = list(scores[0])
    table = np.array([[row[name] for name in names] for row in scores])
    right = np.array([names.index(label) for label in truth])

    def surprise(factor: float) -> float:
        raw = table * factor
        return float(np.mean(logsumexp(raw, axis=1) - raw[np.arange(len(raw)), right]))

    return float(minimize_scalar(surprise, bounds=SHARPNESS, method="bounded").x)
