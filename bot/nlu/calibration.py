"""Scores into confidences, fitted on lines that were left out."""

from __future__ import annotations

from typing import Mapping, Sequence

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

SHARPNESS = (1.0, 40.0)
TRIED = np.linspace(0.1, 0.9, 81)


def softmax(scores: Mapping[str, float], sharpness: float) -> dict[str, float]:
    """Return shares that sum to 1, highest first."""
    raw = np.array(list(scores.values())) * sharpness
    shares = np.exp(raw - logsumexp(raw))
    return dict(sorted(zip(scores, shares.tolist()), key=lambda pair: -pair[1]))


def sharpness(scores: Sequence[Mapping[str, float]], truth: Sequence[str]) -> float:
    """Return the sharpness under which `truth` is likeliest."""
    names = list(scores[0])
    table = np.array([[row[name] for name in names] for row in scores])
    right = np.array([names.index(label) for label in truth])

    def surprise(factor: float) -> float:
        raw = table * factor
        return float(np.mean(logsumexp(raw, axis=1) - raw[np.arange(len(raw)), right]))

    return float(minimize_scalar(surprise, bounds=SHARPNESS, method="bounded").x)


def slope(scores: Sequence[float], truth: Sequence[bool]) -> tuple[float, float]:
    """Return (a, b) such that 1 / (1 + e^-(a·score + b)) is the chance that the label holds."""
    fitted = LogisticRegression(C=100.0).fit(np.array(scores)[:, None], np.array(truth))
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def threshold(chances: Sequence[float], truth: Sequence[bool]) -> float:
    """Return the chance from which on to say yes, for the best F1."""
    chance, held = np.array(chances), np.array(truth)
    return float(max(TRIED, key=lambda bound: _f1(chance >= bound, held)))


def _f1(said: np.ndarray, held: np.ndarray) -> float:  # type: ignore[type-arg]
    return float(2 * (said & held).sum() / max(1, said.sum() + held.sum()))
