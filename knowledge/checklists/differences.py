"""What a person was shown of a list against what it is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping

from knowledge.values.answer import Answer, ChecklistLine
from knowledge.wording import say

Seen = Mapping[str, str]
BETWEEN = "|"


@dataclass(frozen=True)
class Differences:
    """The names of what came, what went, and what is wanted otherwise than before."""

    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.came or self.went or self.altered)

    def sentences(self) -> tuple[str, ...]:
        """Return them as sentences, none where nothing changed."""
        named = (("list_came", self.came), ("list_went", self.went), ("list_altered", self.altered))
        return tuple(say(sentence, names="、".join(names)) for sentence, names in named if names)


def seen(answer: Answer) -> Seen:
    """Return what is remembered of a list that was shown: its sure lines, and how each is wanted."""
    return {line.id: _wanted(line) for line in answer.checklist if line.only_if is None}


def between(before: Seen, after: Seen) -> Differences:
    """Return what changed; a document that is asked for by another line than before did not."""
    went = {name_of(before[key]) for key in before.keys() - after.keys()}
    came = {name_of(after[key]) for key in after.keys() - before.keys()}
    return Differences(
        came=tuple(name for name in map(name_of, after.values()) if name in came - went),
        went=tuple(name for name in map(name_of, before.values()) if name in went - came),
        altered=tuple(name_of(after[key]) for key in after if key in before and before[key] != after[key]),
    )


def name_of(wanted: str) -> str:
    """Return what a line that is remembered is called."""
    return wanted.partition(BETWEEN)[0]


def to_bring(answer: Answer) -> tuple[ChecklistLine, ...]:
    """Return what has to be brought in this case, beyond doubt."""
    return tuple(line for line in answer.checklist if line.exempt is None and line.only_if is None and line.needed == "required")


def _wanted(line: ChecklistLine) -> str:
    return BETWEEN.join(map(str, (line.name, line.kind, line.copies, line.needed, line.exempt)))
