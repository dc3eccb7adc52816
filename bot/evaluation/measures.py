"""Figures from what was right and what was understood; pure functions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Mapping, Sequence

import numpy as np

from bot.evaluation.lines import Line

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Understood:
    """What the model made of one line."""

    line: Line
    act: str
    aspects: frozenset[str]
    matter: Mapping[str, Any]
    candidates: tuple[str, ...]
    seconds: float

    @classmethod
    def of(cls, line: Line, parse: Mapping[str, Any], seconds: float) -> Understood:
        """Return the reading of a /model/parse reply."""
        return cls(
            line=line,
            act=parse["intent"]["name"],
            aspects=frozenset(aspect["name"] for aspect in parse["aspects"]),
            matter=parse["matter"],
            candidates=tuple(entry["code"] for entry in parse["matter_ranking"]),
            seconds=seconds,
        )

    @property
    def matter_right(self) -> bool:
        """Tell whether the matter is one of the right ones."""
        return self.matter["code"] in self.line.matters


def report(understood: Sequence[Understood]) -> dict[str, Any]:
    """Return all figures of one set."""
    in_scope = [one for one in understood if one.line.in_scope]
    asking = [one for one in understood if one.line.act == "ask"]
    several = [one for one in asking if len(one.line.aspects) > 1]
    unclear = [one for one in understood if one.line.ambiguous]
    return {
        "lines": len(understood),
        "act": _share(understood, lambda one: one.act == one.line.act),
        "act_by_class": _by_class((one.line.act, one.act) for one in understood),
        "matter": _share(in_scope, lambda one: one.matter_right),
        "matter_in_first_three": _share(in_scope, lambda one: bool(set(one.candidates[:3]) & set(one.line.matters))),
        "matter_by_variety": {name: _share(ones, lambda one: one.matter_right) for name, ones in _varieties(in_scope).items()},
        "matter_by_code": {code: _share(ones, lambda one: one.matter_right) for code, ones in _codes(in_scope).items()},
        "aspects": _aspects(asking),
        "aspects_exact": _share(asking, lambda one: one.aspects == one.line.aspects),
        "aspects_exact_when_several": _share(several, lambda one: one.aspects == one.line.aspects),
        "in_scope_lost": _share([one for one in understood if one.line.matters], lambda one: one.act == OUT_OF_SCOPE),
        "ambiguous_seen": _share(unclear, lambda one: one.matter["status"] == "ambiguous"),
        "clear_called_ambiguous": _share(in_scope, lambda one: one.matter["status"] == "ambiguous"),
        "milliseconds": {f"p{p}": round(float(np.percentile([one.seconds for one in understood], p)) * 1000, 1) for p in (50, 99)},
    }


def _share(ones: Sequence[Understood], holds: Callable[[Understood], bool]) -> float:
    return round(sum(map(holds, ones)) / len(ones), 4) if ones else 0.0


def _varieties(ones: Iterable[Understood]) -> dict[str, list[Understood]]:
    grouped: dict[str, list[Understood]] = {}
    for one in ones:
        grouped.setdefault(one.line.variety, []).append(one)
    return dict(sorted(grouped.items()))


def _codes(ones: Iterable[Understood]) -> dict[str, list[Understood]]:
    grouped: dict[str, list[Understood]] = {}
    for one in ones:
        grouped.setdefault(one.line.matters[0], []).append(one)
    return dict(sorted(grouped.items()))


def _by_class(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 of every class of (right, said)."""
    counted = Counter(pairs)
    classes = sorted({right for right, _ in counted})
    return {name: _f1(counted[name, name], _said(counted, name), _right(counted, name)) for name in classes}


def _said(counted: Counter[tuple[str, str]], name: str) -> int:
    return sum(count for (_, said), count in counted.items() if said == name)


def _right(counted: Counter[tuple[str, str]], name: str) -> int:
    return sum(count for (right, _), count in counted.items() if right == name)


def _aspects(asking: Sequence[Understood]) -> dict[str, float]:
    hit = sum(len(one.aspects & one.line.aspects) for one in asking)
    return _f1(hit, sum(len(one.aspects) for one in asking), sum(len(one.line.aspects) for one in asking))


def _f1(hit: int, said: int, right: int) -> dict[str, float]:
    precision, recall = hit / said if said else 0.0, hit / right if right else 0.0
    f1 = 2 * hit / (said + right) if said + right else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
