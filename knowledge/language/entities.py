"""Everything in a sentence that names something: numbers, places, days, documents, people."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any, Iterable, Iterator, Mapping

from knowledge.language import dates, regions
from knowledge.language.masks import Reading
from knowledge.language.segment import Segmenter, Term
from knowledge.language.words import data
from knowledge.values.guide import Material

ANNOUNCING = re.compile(r"(?:编号|号码?)?[是为:： ]*")


@dataclass(frozen=True)
class Entity:
    """Something named; `start` and `end` index into what was typed, `more` is what only this kind knows."""

    kind: str
    value: Any
    start: int
    end: int
    more: Mapping[str, Any] = field(default_factory=dict)


def find(reading: Reading, *, segmenter: Segmenter, on: dt.date) -> tuple[Entity, ...]:
    """Return the entities of a sentence in the order in which they stand."""
    found = [Entity(n.kind, n.value, n.start, n.end) for n in reading.numbers]
    for entity in _in_words(reading.text, segmenter, on):
        start, end = reading.masked.span(entity.start, entity.end)
        if not any(start < number.end and number.start < end for number in reading.numbers) and not _announces(entity, reading):
            found.append(Entity(entity.kind, entity.value, start, end, entity.more))
    return tuple(sorted(found, key=lambda entity: (entity.start, entity.end)))


def _announces(entity: Entity, reading: Reading) -> bool:
    """Tell whether a document's name only says what the number behind it is: “身份证号是4301…”."""
    if entity.kind != "material" or not reading.numbers:
        return False
    behind = ANNOUNCING.match(reading.text, entity.end)
    origins = reading.masked.origins[behind.end() :] if behind else ()
    return bool(origins) and origins[0] in {number.start for number in reading.numbers if number.kind != "phone"}


def terms(materials: Iterable[Material]) -> Iterator[Term]:
    """Yield what the segmenter is fed with: documents, those on file last so that they count, and whom people speak of."""
    for document, wordings in data()["documents"].items():
        yield from (Term(kind="material", text=wording, value=document) for wording in wordings)
    for material in materials:
        for wording in (material.name, *material.words):
            yield Term(kind="material", text=wording, value=material.name)
    for person, wordings in data()["relations"].items():
        yield from (Term(kind="relation", text=wording, value=person) for wording in wordings)


def _in_words(text: str, segmenter: Segmenter, on: dt.date) -> Iterator[Entity]:
    for place in regions.mentions(text):
        unique = place.codes[0] if len(place.codes) == 1 else None
        more: dict[str, Any] = {"name": place.name} if unique else {"name": place.name, "codes": list(place.codes)}
        yield Entity("region", unique, place.start, place.end, more)
    for date in dates.find(text, on=on):
        yield Entity("date", date.value, date.start, date.end, {"part": date.part} if date.part else {})
    for term in segmenter.find(text):
        yield Entity(term.kind, term.value, term.start, term.end)
