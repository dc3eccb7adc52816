"""Which documents of a list a sentence names: by name, by other words, by part of a name, or nearly so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Iterable, Iterator, Mapping, Sequence

from knowledge.language.normalize import simplify
from knowledge.values.answer import ChecklistLine
from knowledge.values.guide import Material
from knowledge.wording import page

BRACKETS = re.compile(r"[（(《“][^）)]*[）)]|[《》“”]")
# An end, or a beginning that is a document itself, must be so long to stand for the whole name.
PART = 3
BEGINNING = 4
# How alike a phrase and a name must be: where one only leaves something out, and where both differ.
LEAVES_OUT = 0.75
DIFFERS = 0.88
# … and how much more than any other document.
LEAD = 0.08
# A phrase is at most so much longer than the name it stands for.
LONGER = 4


@dataclass(frozen=True)
class Mention:
    """Where in a text which lines are named."""

    start: int
    end: int
    lines: tuple[ChecklistLine, ...]


class Names:
    """Everything the documents of one list are called."""

    def __init__(self, lines: Sequence[ChecklistLine], materials: Mapping[str, Material]) -> None:
        words = {material.name: material.words for material in materials.values()}
        self._called = {line: _wordings(line.name, words.get(line.name, ())) for line in lines}
        listed = frozenset().union(*self._called.values())
        others = (called for name in words for called in _wordings(name, words[name]))
        # Who has an “落户申请表”, which is not on the list, does not have the “申请表”.
        self._all = listed.union(called for called in others if any(part in called for part in listed))

    def named(self, text: str) -> tuple[Mention, ...]:
        """Return what `text` names word for word, in order; of nested names only the longest."""
        spans = sorted(self._spans(text), key=lambda span: (span[0] - span[1], span[0]))
        taken: list[tuple[int, int]] = []
        for start, end, _ in spans:
            if not any(start < to and since < end for since, to in taken):
                taken.append((start, end))
        return tuple(
            Mention(start, end, self._meant(called)) for start, end, called in sorted(spans)
            if (start, end) in taken and not pattern("of_it").match(text, end)
        )

    def likest(self, phrase: str) -> tuple[ChecklistLine, ...]:
        """Return the lines of the one document that `phrase` names in part or nearly, none where it may be another."""
        if any(True for _ in self._spans(phrase)):  # named in full, and something on it is told
            return ()
        plain = pattern("between").sub("", phrase)
        scores = {line: max(_likeness(plain, called) for called in self._called[line]) for line in self._called}
        best = max(scores.values(), default=0.0)
        likest = {line.name for line, score in scores.items() if score and score > best - LEAD}
        return tuple(line for line in scores if line.name in likest) if len(likest) == 1 else ()

    def _spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        for called in self._all:
            yield from ((*match.span(), called) for match in _written(called).finditer(text))

    def _meant(self, called: str) -> tuple[ChecklistLine, ...]:
        """Return the lines that are called so; rather what has no other name, and what is surely wanted."""
        lines = tuple(line for line, wordings in self._called.items() if called in wordings)
        exact = tuple(line for line in lines if _plain(line.name) == called)
        sure = {line.name for line in lines if line.only_if is None}
        return exact or tuple(line for line in lines if line.name in (sure or {line.name}))


def _wordings(name: str, words: Iterable[str]) -> frozenset[str]:
    return frozenset(plain for plain in map(_plain, (name, BRACKETS.sub("", name), *words)) if len(plain) > 1)


def _plain(called: str) -> str:
    return simplify(called).replace("的", "")


@lru_cache(maxsize=8192)
def _written(called: str) -> re.Pattern[str]:
    """Return how a name may stand in a text: with a “的” more or less."""
    return re.compile("的?".join(map(re.escape, called)))


@lru_cache(maxsize=64)
def pattern(kind: str) -> re.Pattern[str]:
    """Return one list of patterns of the page `checklist` as one."""
    return re.compile("|".join(page("checklist")[kind]))


def _likeness(phrase: str, name: str) -> float:
    """Return how sure it is, at most 1, that `phrase` names the document called `name`."""
    return max(_in_part(phrase, name), _nearly(phrase, name))


def _in_part(phrase: str, name: str) -> float:
    """Return 1 where the phrase has the whole name, nearly 1 where it has an end or a beginning that says enough."""
    if name in phrase:
        return 1.0
    ends = (name[start:] for start in range(1, len(name) - PART + 1))
    starts = (name[:end] for end in range(len(name) - 1, BEGINNING - 1, -1) if name[end - 1] in page("checklist")["document"])
    parts = (part for part in (*ends, *starts) if part not in page("checklist")["any_document"] and part in phrase)
    return max((LEAVES_OUT + len(part) / 100 for part in parts), default=0.0)


def _nearly(phrase: str, name: str) -> float:
    """Return how alike the name is to what begins and ends like it in the phrase."""
    ends = [match.end() for match in re.finditer(re.escape(name[-1]), phrase)]
    starts = [match.start() for match in re.finditer(re.escape(name[0]), phrase)]
    parts = (phrase[start:end] for start in starts for end in ends if PART <= end - start <= len(name) + LONGER)
    return max((_alike(part, name) for part in parts), default=0.0)


def _alike(part: str, name: str) -> float:
    common = _common(part, name)
    alike = 2 * common / (len(part) + len(name))
    return alike if alike >= (LEAVES_OUT if common in (len(part), len(name)) else DIFFERS) else 0.0


def _common(one: str, other: str) -> int:
    """Return how many characters two texts share in the same order."""
    row = [0] * (len(other) + 1)
    for char in one:
        before = row
        row = [0]
        for column, second in enumerate(other):
            row.append(before[column] + 1 if char == second else max(before[column + 1], row[column]))
    return row[-1]
