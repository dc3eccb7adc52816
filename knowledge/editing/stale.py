"""What an editor should look at again: overdue reviews, rules that have ended, lines without a source, contradictions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Iterable, Iterator, Optional

from knowledge.editing.checks import lines
from knowledge.language import regions
from knowledge.values.guide import Guide, Matter
from knowledge.wording import label, tell


@dataclass(frozen=True)
class Finding:
    """One thing to look at; `kind` is a word of the page `editing`."""

    kind: str
    matter: str
    text: str


def findings(matters: Iterable[Matter], *, on: dt.date) -> tuple[Finding, ...]:
    """Return everything in `matters` that wants looking at on that day, most urgent kind first."""
    found = [finding for matter in matters for look in LOOKS for finding in look(matter, on)]
    return tuple(sorted(found, key=lambda finding: tuple(KINDS).index(finding.kind)))


def _ended(matter: Matter, on: dt.date) -> Iterator[Finding]:
    """Yield lines and guides whose last day has passed with nothing that follows."""
    for guide in matter.guides:
        place = regions.name_of(guide.region)
        if _over(guide.effective_to, on) and not _followed(guide, matter.guides):
            yield Finding("ended", matter.name, tell("guide_ended", place=place, last=guide.effective_to))
        newest: dict[tuple[str, str], Optional[dt.date]] = {}
        for block, line in lines(guide):
            last, ends = newest.get((block, line.id), dt.date.min), line.effective_to
            newest[block, line.id] = None if last is None or ends is None else max(last, ends)
        for (block, name), ends in newest.items():
            if _over(ends, on):
                yield Finding("ended", matter.name, tell("line_ended", place=place, block=label("blocks", block), id=name, last=ends))


def _over(last: Optional[dt.date], on: dt.date) -> bool:
    return last is not None and last < on


def _followed(guide: Guide, guides: Iterable[Guide]) -> bool:
    return any(other.region == guide.region and other.effective_from > guide.effective_from for other in guides)


def _overdue(matter: Matter, on: dt.date) -> Iterator[Finding]:
    for source in matter.sources:
        due = source.due()
        if due and due < on:
            yield Finding("overdue", matter.name, tell("overdue", title=source.title, due=due))


def _unread(matter: Matter, _on: dt.date) -> Iterator[Finding]:
    for source in matter.sources:
        if source.verified_on is None:
            yield Finding("unread", matter.name, tell("unread", title=source.title))


def _unsourced(matter: Matter, _on: dt.date) -> Iterator[Finding]:
    for guide in matter.guides:
        for block, line in lines(guide):
            if line.source is None:
                place = regions.name_of(guide.region)
                yield Finding("unsourced", matter.name, tell("unsourced", place=place, block=label("blocks", block), id=line.id))


def _contradictions(matter: Matter, _on: dt.date) -> Iterator[Finding]:
    for one in matter.contradictions:
        readings = " ｜ ".join(reading.text for reading in one.readings)
        yield Finding("contradiction", matter.name, tell("contradiction", readings=readings, shown=one.shown))


LOOKS = (_ended, _overdue, _unsourced, _unread, _contradictions)
KINDS = ("ended", "overdue", "contradiction", "unsourced", "unread")
