"""Shares, precision, recall and mistakes; pure functions that know nothing of sentences."""

from __future__ import annotations

from collections import Counter
from typing import Any, Callable, Iterable, Mapping, Sequence, TypeVar

T = TypeVar("T")
Pair = tuple[str, str]
F1 = dict[str, float]
MOST_EXAMPLES = 3


def share(ones: Sequence[T], holds: Callable[[T], bool]) -> float:
    """Return the share of `ones` for which it holds; 0 where there are none."""
    return round(sum(map(holds, ones)) / len(ones), 4) if ones else 0.0


def grouped(ones: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    """Return `ones` by `key`, keys in order."""
    groups: dict[str, list[T]] = {}
    for one in ones:
        groups.setdefault(key(one), []).append(one)
    return dict(sorted(groups.items()))


def by_class(pairs: Iterable[Pair]) -> dict[str, F1]:
    """Return precision, recall and F1 of every class that is right somewhere, from (right, said)."""
    return by_label(((right,), (said,)) for right, said in pairs)


def by_label(pairs: Iterable[tuple[Iterable[str], Iterable[str]]]) -> dict[str, F1]:
    """Return the same where several labels are right or said at once."""
    hit: Counter[str] = Counter()
    all_right: Counter[str] = Counter()
    all_said: Counter[str] = Counter()
    for right, said in pairs:
        hit.update(set(right) & set(said))
        all_right.update(right)
        all_said.update(said)
    return {label: f1(hit[label], all_said[label], all_right[label]) for label in sorted(all_right)}


def f1(hit: int, said: int, right: int) -> F1:
    """Return precision, recall and their harmonic mean; `lines` is how many there are to find."""
    precision, recall = hit / said if said else 0.0, hit / right if right else 0.0
    both = 2 * hit / (said + right) if said + right else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(both, 4), "lines": right}


def confusions(mistakes: Iterable[tuple[str, str, str]]) -> list[Mapping[str, Any]]:
    """Return the mistakes (right, said, text) by kind, the most frequent first, with a few texts each where there are any."""
    kinds: dict[Pair, list[str]] = {}
    for right, said, text in mistakes:
        if right != said:
            kinds.setdefault((right, said), []).append(text)
    most_first = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        {"right": right, "said": said, "count": len(texts), "examples": list(filter(None, texts[:MOST_EXAMPLES]))} for (right, said), texts in most_first
    ]
