"""Which matter is meant: what was learned, joined with what is published now."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Mapping, Optional, Sequence

from bot.nlu import calibration
from bot.nlu.keys import NONE, OTHER
from knowledge.values.search import Candidate

MOST = 10


@dataclass(frozen=True)
class Weights:
    """How the two rankings are joined and when a matter is clear; every value is measured (docs/adr/0005)."""

    sharpness: float
    live: float
    unseen_slope: float
    unseen_offset: float
    close: float
    several: float
    several_beside_best: float

    @classmethod
    def of(cls, config: Mapping[str, Any], sharpness: float) -> Weights:
        """Return the weights in a component's configuration."""
        names = [field.name for field in fields(cls) if field.name != "sharpness"]
        return cls(sharpness=sharpness, **{name: config[name] for name in names})


@dataclass(frozen=True)
class Ranking:
    """Shares, highest first, of every published matter; `other` and `none` are the shares of no matter of ours."""

    matters: Mapping[str, float]
    other: float
    none: float
    code: Optional[str]
    status: str


def rank(learned: Mapping[str, float], live: Sequence[Candidate], weights: Weights, *, several: float = 0.0) -> Ranking:
    """Return the ranking of the published matters for one sentence; `several` is how much it is like those that fit many."""
    scores = {candidate.code: _score(candidate, learned, weights) for candidate in live}
    # A matter that was learned and is not published (any more) is other business now.
    outside = [score for label, score in learned.items() if label not in scores and label != NONE]
    shares = calibration.softmax({**scores, OTHER: max(outside), NONE: learned[NONE]}, weights.sharpness)
    other, none = shares.pop(OTHER), shares.pop(NONE)
    generic = several >= max(weights.several, weights.several_beside_best * max(scores.values(), default=0.0))
    code, status = _decide(shares, other + none, generic, weights)
    return Ranking(matters=shares, other=other, none=none, code=code, status=status)


def _score(candidate: Candidate, learned: Mapping[str, float], weights: Weights) -> float:
    """A matter that training never saw has its live score alone, stretched to the measure of the learned ones."""
    if candidate.code in learned:
        return learned[candidate.code] + weights.live * candidate.score
    return weights.unseen_slope * candidate.score + weights.unseen_offset


def _decide(shares: Mapping[str, float], outside: float, generic: bool, weights: Weights) -> tuple[Optional[str], str]:
    if not shares or sum(shares.values()) <= outside:
        return None, "none"
    best, second, *_ = (*shares.items(), ("", 0.0))
    close = second[1] >= weights.close * best[1]
    return (None, "ambiguous") if close or generic and len(shares) > 1 else (best[0], "clear")
