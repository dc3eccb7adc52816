"""Which aspects are asked about: a chance for each, several over the bar at once."""

from __future__ import annotations

import re
from typing import Any, Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from knowledge.language.words import data

PROCESS = "process"
OVERVIEW = "overview"  # “怎么办”: what is asked when nothing narrower is

Curve = tuple[float, float]
Chances = Mapping[str, float]


def fit(scores: Sequence[Mapping[str, float]], truth: Sequence[tuple[str, ...]]) -> dict[str, Curve]:
    """Return for every aspect (steepness, offset) of score → chance, fitted on lines that were left out."""
    return {name: _curve([row[name] for row in scores], [name in asked for asked in truth]) for name in scores[0]}


def chances(scores: Mapping[str, float], curves: Mapping[str, Curve]) -> Chances:
    """Return the chance of every aspect."""
    return {name: _chance(scores[name], curve) for name, curve in curves.items()}


def is_sure(whole: Chances, *, first: float, second: float) -> bool:
    """Tell whether one aspect stands out so far that the clauses need not be read one by one."""
    best, next_best, *_ = sorted(whole.values(), reverse=True)
    return best >= first and next_best <= second


def with_clauses(whole: Chances, parts: Sequence[Chances]) -> Chances:
    """Return each chance as the mean of that in the whole sentence and of that in the clause which speaks of it most."""
    return {name: (chance + max(part[name] for part in parts)) / 2 for name, chance in whole.items()}


def asked(chances: Chances, *, bar: float, overview: float = 1.0) -> list[dict[str, Any]]:
    """Return the likeliest aspect and every other one over the bar, likeliest first; a general wish beside others only from `overview` on."""
    ranked = sorted(chances, key=lambda name: -chances[name])
    chosen = [ranked[0], *(name for name in ranked[1:] if chances[name] >= bar)]
    narrower = [name for name in chosen if name != OVERVIEW or chances[name] >= overview]
    return [{"name": name, "confidence": chances[name]} for name in narrower or chosen]


def with_steps(found: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Return what was found, and the steps too where a general wish asks how something particular is done."""
    if [one["name"] for one in found] != [OVERVIEW] or not re.search(data()["asks_how"], text):
        return found
    return [*found, {"name": PROCESS, "confidence": found[0]["confidence"] / 2}]


def _curve(scores: Sequence[float], truth: Sequence[bool]) -> Curve:
    fitted = LogisticRegression(C=100.0).fit(np.array(scores)[:, None], np.array(truth))
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _chance(score: float, curve: Curve) -> float:
    steepness, offset = curve
    return float(1 / (1 + np.exp(-(steepness * score + offset))))
