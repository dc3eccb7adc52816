"""Figures from what was right and what was understood; pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence

import numpy as np

from bot.evaluation import certainty
from bot.evaluation.counting import F1, by_class, by_label, confusions, f1, grouped, share
from bot.evaluation.lines import AMBIGUOUS, Line

OUT_OF_SCOPE = "out_of_scope"
NONE = "none"
OFFERED = 3


@dataclass(frozen=True)
class Understood:
    """What the model made of one line; `shares` are those of the best matters, highest first."""

    line: Line
    act: str
    aspects: frozenset[str]
    matter: Mapping[str, Any]
    shares: Mapping[str, float]
    seconds: Optional[float]

    @classmethod
    def of(cls, line: Line, parse: Mapping[str, Any], seconds: Optional[float] = None) -> Understood:
        """Return the reading of a /model/parse reply."""
        return cls(
            line=line,
            act=parse["intent"]["name"],
            aspects=frozenset(aspect["name"] for aspect in parse["aspects"]),
            matter=parse["matter"],
            shares={entry["code"]: entry["confidence"] for entry in parse["matter_ranking"]},
            seconds=seconds,
        )

    @property
    def offered(self) -> tuple[str, ...]:
        """Return the matters that would be offered where it has to be asked back."""
        return tuple(self.shares)[:OFFERED]

    @property
    def matter_right(self) -> bool:
        """Tell whether the matter is one of the right ones."""
        return self.matter["code"] in self.line.matters

    @property
    def aspects_right(self) -> bool:
        """Tell whether all that is asked was found, and nothing else."""
        return self.aspects == self.line.aspects

    @property
    def aspects_found(self) -> bool:
        """Tell whether all that is asked was found, whatever else was."""
        return self.aspects >= self.line.aspects

    @property
    def looks_like_ours(self) -> float:
        """Return the share of all published matters together."""
        return min(1.0, sum(self.shares.values()))

    @property
    def right_label(self) -> str:
        """Return where it belongs: a matter, several, none or other business."""
        if self.matter_right and not self.line.ambiguous:
            return str(self.matter["code"])
        if self.line.act == OUT_OF_SCOPE:
            return OUT_OF_SCOPE
        return AMBIGUOUS if self.line.ambiguous else self.line.matters[0] if self.line.matters else NONE

    @property
    def said_label(self) -> str:
        """Return where it was put."""
        if self.act == OUT_OF_SCOPE:
            return OUT_OF_SCOPE
        return str(self.matter["code"] or self.matter["status"])


def report(understood: Sequence[Understood], *, quote: bool = False) -> dict[str, Any]:
    """Return all figures of one set; mistakes with their sentences only where they may be quoted."""
    return {
        "lines": len(understood),
        **_acts(understood),
        **_matters([one for one in understood if one.line.in_scope]),
        "matter_by_class": by_class((one.right_label, one.said_label) for one in understood),
        **_aspects([one for one in understood if one.line.act == "ask"]),
        **_scope(understood),
        **_ambiguous([one for one in understood if one.line.ambiguous]),
        **_certainty(understood),
        "act_mistakes": confusions((one.line.act, one.act, one.line.text if quote else "") for one in understood),
        "matter_mistakes": confusions((one.right_label, one.said_label, one.line.text if quote else "") for one in understood),
        **_speed([one.seconds for one in understood if one.seconds is not None]),
    }


def matter(understood: Sequence[Understood]) -> float:
    """Return the share of lines in scope whose matter is right."""
    return share([one for one in understood if one.line.in_scope], lambda one: one.matter_right)


def act(understood: Sequence[Understood]) -> float:
    """Return the share of lines whose act is right."""
    return share(understood, lambda one: one.act == one.line.act)


def _acts(understood: Sequence[Understood]) -> dict[str, Any]:
    return {
        "act": act(understood),
        "act_by_class": by_class((one.line.act, one.act) for one in understood),
        "act_by_variety": {name: act(ones) for name, ones in grouped(understood, lambda one: one.line.variety).items()},
    }


def _matters(in_scope: Sequence[Understood]) -> dict[str, Any]:
    varieties = grouped(in_scope, lambda one: one.line.variety)
    return {
        "matter": matter(in_scope),
        "matter_in_first_three": share(in_scope, lambda one: bool(set(one.offered) & set(one.line.matters))),
        "matter_by_variety": {name: matter(ones) for name, ones in varieties.items()},
        "lines_by_variety": {name: len(ones) for name, ones in varieties.items()},
        "matter_by_code": {code: matter(ones) for code, ones in grouped(in_scope, lambda one: one.line.matters[0]).items()},
        "clear_called_ambiguous": share(in_scope, lambda one: one.matter["status"] == AMBIGUOUS),
    }


def _aspects(asking: Sequence[Understood]) -> dict[str, Any]:
    several = [one for one in asking if len(one.line.aspects) > 1]
    return {
        "aspects": _all_aspects(asking),
        "aspects_by_class": by_label((one.line.aspects, one.aspects) for one in asking),
        "aspects_exact": share(asking, lambda one: one.aspects_right),
        "aspects_exact_when_several": share(several, lambda one: one.aspects_right),
        "several_aspects_found_and_matter": share([one for one in several if one.line.in_scope], lambda one: one.aspects_found and one.matter_right),
        "several_aspects_and_matter": share([one for one in several if one.line.in_scope], lambda one: one.aspects_right and one.matter_right),
    }


def _all_aspects(asking: Sequence[Understood]) -> F1:
    hit = sum(len(one.aspects & one.line.aspects) for one in asking)
    return f1(hit, sum(len(one.aspects) for one in asking), sum(len(one.line.aspects) for one in asking))


def _scope(understood: Sequence[Understood]) -> dict[str, Any]:
    found = by_class((one.line.act, one.act) for one in understood)
    return {
        "out_of_scope": found.get(OUT_OF_SCOPE, f1(0, 0, 0)),
        "in_scope_lost": share([one for one in understood if one.line.matters], lambda one: one.act == OUT_OF_SCOPE),
    }


def _ambiguous(unclear: Sequence[Understood]) -> dict[str, Any]:
    wanted = sum(min(OFFERED, len(one.line.matters)) for one in unclear)
    offered = sum(len(set(one.offered) & set(one.line.matters)) for one in unclear)
    return {
        "ambiguous_seen": share(unclear, lambda one: one.matter["status"] == AMBIGUOUS),
        "ambiguous_offered": round(offered / wanted, 4) if wanted else 0.0,
    }


def _certainty(understood: Sequence[Understood]) -> dict[str, Any]:
    clear = [one for one in understood if one.matter["status"] == "clear"]
    inside = [one.looks_like_ours for one in understood if one.line.matters]
    outside = [one.looks_like_ours for one in understood if one.line.act == OUT_OF_SCOPE]
    return {
        "calibration": certainty.calibration([(one.matter["confidence"], one.matter_right) for one in clear]),
        "thresholds": certainty.thresholds(inside, outside),
    }


def _speed(seconds: Sequence[float]) -> dict[str, Any]:
    if not seconds:
        return {}
    return {"milliseconds": {f"p{p}": round(float(np.percentile(seconds, p)) * 1000, 1) for p in (50, 99)}}
