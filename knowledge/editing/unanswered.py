"""What nobody answered: kept with its numbers masked, and put together by likeness for editors."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Optional, Sequence

import numpy as np

from knowledge.errors import NotOnFile
from knowledge.language import encoder, masks
from knowledge.search.index import Index
from knowledge.store import unanswered as store
from knowledge.store.engine import Engine
from knowledge.values.editing import Unanswered
from knowledge.values.search import Candidate
from knowledge.wording import tell

KEPT = dt.timedelta(days=90)
# Cosine from which on two sentences ask the same: “护照怎么办要多少钱”, “护照办理费用多少” have .89, other papers' losses .68.
ALIKE = 0.75


@dataclass(frozen=True)
class Group:
    """Questions that are alike: how many, between which days, the most typical one, and the numbers of all."""

    first: dt.date
    last: dt.date
    example: str
    numbers: tuple[int, ...]

    @property
    def number(self) -> int:
        """Return the number of the group: that of its oldest question, so that new questions do not change it."""
        return self.numbers[0]

    @property
    def count(self) -> int:
        """Return how often it was asked."""
        return len(self.numbers)


def keep(engine: Engine, text: str, *, aspects: Sequence[str], region: Optional[str], at: dt.datetime) -> None:
    """Keep a question; the door has masked its numbers, and where it came through none they are masked here."""
    store.put(engine, masks.without_numbers(text, instead=tell("long_number")), aspects=aspects, region=region, at=at)


def forget(engine: Engine, *, at: dt.datetime) -> None:
    """Remove what is older than is kept at the moment `at`."""
    store.forget(engine, before=at - KEPT)


def groups(engine: Engine, *, since: Optional[dt.datetime] = None) -> tuple[Group, ...]:
    """Return the questions since then in groups, the biggest first."""
    kept = store.since(engine, since)
    vectors = _vectors(engine, kept)
    found = [_group([kept[row] for row in rows], vectors[rows]) for rows in _alike(vectors)]
    return tuple(sorted(found, key=lambda group: (-group.count, group.number)))


def group(engine: Engine, number: int, *, since: Optional[dt.datetime] = None) -> Group:
    """Return the group in which the question of that number is; raise NotOnFile where there is none."""
    found = next((one for one in groups(engine, since=since) if number in one.numbers), None)
    if found is None:
        raise NotOnFile(tell("no_group", number=number))
    return found


def clear(engine: Engine, done: Group) -> None:
    """Remove the questions of a group."""
    store.clear(engine, done.numbers)


def nearest(text: str, index: Index) -> Optional[Candidate]:
    """Return the matter that is nearest to a question, None where nothing is published."""
    return next(iter(index.rank(encoder.encode([text])[0], text=text)), None)


def _vectors(engine: Engine, kept: Sequence[Unanswered]) -> encoder.Vectors:
    """Return the vectors of the questions; those that have none of this encoder get theirs now, and keep it."""
    new = [one for one in kept if one.encoder != encoder.name()]
    encoded = encoder.encode([one.text for one in new])
    known = {one.number: encoder.to_bytes(vector) for one, vector in zip(new, encoded)}
    if known:
        store.encode(engine, known, encoder=encoder.name())
    return encoder.from_bytes([known.get(one.number) or one.vector or b"" for one in kept])


def _alike(vectors: encoder.Vectors) -> list[list[int]]:
    """Return the rows that are alike: each joins the group whose first member is most like it, or begins one."""
    leaders, members = np.empty_like(vectors), list[list[int]]()
    for row, vector in enumerate(vectors):
        likeness = leaders[: len(members)] @ vector
        if members and likeness.max() >= ALIKE:
            members[int(likeness.argmax())].append(row)
            continue
        leaders[len(members)] = vector
        members.append([row])
    return members


def _group(questions: Sequence[Unanswered], vectors: encoder.Vectors) -> Group:
    typical = int(np.argmax(vectors @ vectors.mean(axis=0)))
    days = [question.at.date() for question in questions]
    return Group(min(days), max(days), questions[typical].text, tuple(question.number for question in questions))
