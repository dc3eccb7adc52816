"""Which matter is meant: what was learned, joined with what is published now."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from typing import Any, Mapping, Optional

from bot.nlu import calibration
from bot.nlu.keys import NONE, OTHER
from knowledge.values.search import Candidate, Live

MOST = 10
# Of a sentence that fits several matters the shares stay near each other, so that all candidates can be offered.
SOFTER = 0.3
# Of a sentence this long its length says nothing about whether it fits several matters; one of fewer than six characters may be a bare name.
USUAL_LENGTH = 10
SHORTEST = 6


@dataclass(frozen=True)
class Weights:
    """How the two rankings are joined and what is clear; config.yml says what each does, docs/adr/0005 how it was measured."""

    sharpness: float
    live: float
    unseen_slope: float
    unseen_offset: float
    close: float
    several: float
    several_second: float
    several_best: float
    several_length: float
    foreign: float
    foreign_beside_best: float
    least: float

    @classmethod
    def of(cls, config: Mapping[str, Any], sharpness: float) -> Weights:
        """Return the weights in a component's configuration."""
        names = [field.name for field in fields(cls) if field.name != "sharpness"]
        return cls(sharpness=sharpness, **{name: config[name] for name in names})


@dataclass(frozen=True)
class Ranking:
    """Shares of every published matter, highest first; `foreign` tells other business from a sentence that names none."""

    matters: Mapping[str, float]
    code: Optional[str]
    status: str
    confidence: float
    foreign: bool


def rank(learned: Mapping[str, float], live: Live, weights: Weights, *, several: float = 0.0, length: int = USUAL_LENGTH) -> Ranking:
    """Return the ranking of the published matters for one sentence of `length` characters; `several` is how much it is like those that fit many."""
    scores = {candidate.code: _score(candidate, learned, weights) for candidate in live.ranked}
    # A matter that was learned and is not published (any more) is other business now.
    other = max(score for label, score in learned.items() if label not in scores and label != NONE)
    shares = calibration.softmax({**scores, OTHER: other, NONE: learned[NONE]}, weights.sharpness)
    outside = {label: shares.pop(label) for label in (OTHER, NONE)}
    code, share = next(iter(shares.items()), ("", 0.0))
    alien = _is_foreign(scores, other, learned, weights)
    if alien or sum(shares.values()) <= sum(outside.values()) or share < weights.least:
        foreign = alien or outside[OTHER] > outside[NONE]
        return Ranking(matters=shares, code=None, status="none", confidence=sum(outside.values()), foreign=foreign)
    known = {label: learned[label] for label in scores if label in learned}
    vague = code in known and _vagueness(known, several, length, weights) >= weights.several
    # Whoever says a matter's own name is not asked which one.
    if live.named != {code} and (vague or _is_close(shares, weights)):
        candidates = calibration.softmax(scores, weights.sharpness * SOFTER)
        return Ranking(matters=candidates, code=None, status="ambiguous", confidence=candidates[code], foreign=False)
    return Ranking(matters=shares, code=code, status="clear", confidence=share, foreign=False)


def foreign(ranked: Ranking) -> Ranking:
    """Return the ranking of a sentence that the guides themselves say belongs elsewhere."""
    return replace(ranked, code=None, status="none", foreign=True)


def _score(candidate: Candidate, learned: Mapping[str, float], weights: Weights) -> float:
    """A matter that training never saw has its live score alone, stretched to the measure of the learned ones."""
    if candidate.code in learned:
        return learned[candidate.code] + weights.live * candidate.score
    return weights.unseen_slope * candidate.score + weights.unseen_offset


def _is_foreign(scores: Mapping[str, float], other: float, learned: Mapping[str, float], weights: Weights) -> bool:
    """Tell whether a sentence is so much like other business that likeness to a matter proves little.

    What training never saw it may have seen as other business: there the shares alone decide.
    """
    best = max(scores, key=lambda code: scores[code], default="")
    return best in learned and other >= weights.foreign + weights.foreign_beside_best * scores[best]


def _is_close(shares: Mapping[str, float], weights: Weights) -> bool:
    best, second, *_ = (*shares.values(), 0.0)
    return len(shares) > 1 and second >= weights.close * best


def _vagueness(known: Mapping[str, float], several: float, length: int, weights: Weights) -> float:
    """Return how likely no clerk could choose: it is like sentences that fit many, the best leads by little, little is said.

    By learned scores alone: what is published names matters, and says nothing about sentences that name none.
    """
    if len(known) < 2:
        return 0.0
    best, second, *_ = sorted(known.values(), reverse=True)
    shortness = -math.log(max(length, SHORTEST) / USUAL_LENGTH)
    return several + weights.several_second * second - weights.several_best * best + weights.several_length * shortness
