"""Laid lines → the lines of an answer, each with its proof."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any, Mapping, Optional, Sequence

from knowledge.guidance.layers import Laid, Layers
from knowledge.guidance.questions import in_words
from knowledge.rules import conditions
from knowledge.rules.working_days import WorkingDate, add_working_days
from knowledge.values import answer as a
from knowledge.values.guide import ASPECTS, Item, Material, Matter, Note, Requirement, Source, TimeLimit

# A first answer has room for this much: for anybody, and for cases like this one.
MOST_BRIEF_NOTES = 3
MOST_NOTES_FOR_THIS = 3
FIRST_ASPECTS = ("overview", "materials")
# What leads along the way that a sentence may close.
OF_THE_WAY = ("items", "requirements", "steps", "time_limits", "fees")


class Citations:
    """The sources of one answer, numbered in the order in which its lines name them."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._order: list[str] = []

    def proof(self, laid: Laid[Any]) -> dict[str, Any]:
        """Return the proof of one line as the keyword arguments of any `Proof`."""
        source = self._sources.get(laid.line.source or "")
        begins = laid.line.effective_from or laid.since
        if source is None:
            return {"confidence": laid.confidence, "borrowed": laid.borrowed, "effective_from": begins}
        if source.id not in self._order:
            self._order.append(source.id)
        return {
            "source": self._order.index(source.id),
            "confidence": laid.confidence,
            "verified_on": source.verified_on,
            "review_by": source.due(),
            "effective_from": begins,
            "borrowed": laid.borrowed,
        }

    def cited(self) -> tuple[a.CitedSource, ...]:
        """Return the sources named so far."""
        return tuple(
            a.CitedSource(title=s.title, issuer=s.issuer, number=s.number, date=s.date, url=s.url, verified_on=s.verified_on)
            for s in (self._sources[name] for name in self._order)
        )


class Blocks:
    """The blocks of one matter for one person's place and case."""

    def __init__(
        self, matter: Matter, layers: Layers, *, situation: Mapping[str, str], materials: Mapping[str, Material]
    ) -> None:
        self._matter = matter
        self._layers = layers
        self._situation = situation
        self._materials = materials
        self.citations = Citations(layers.sources)

    def applying(self, name: str) -> tuple[Laid[Any], ...]:
        """Return the lines of a block that apply, or may apply.

        To somebody whose way is closed only what is for cases like theirs applies: lines for everybody are for those who may go this way.
        """
        judged = ((laid, conditions.holds(laid.line.when, self._situation)) for laid in self._layers.block(name))
        closed = name in OF_THE_WAY and self.closed
        return tuple(laid for laid, holds in judged if (laid.line.when and holds if closed else holds is not False))

    def checklist(self, ticked: frozenset[str]) -> tuple[a.ChecklistLine, ...]:
        """Return the materials: what must be brought first, what is exempt or optional last."""
        lines = [self._checklist_line(laid, ticked) for laid in self.applying("requirements")]
        return tuple(sorted(lines, key=lambda line: (line.only_if is not None, line.exempt is not None, line.needed == "optional")))

    def items(self) -> tuple[a.ItemLine, ...]:
        """Return the departments' services."""
        return tuple(self._item(laid.line, laid) for laid in self.applying("items"))

    def steps(self, channels: Optional[Sequence[str]] = None) -> tuple[a.StepLine, ...]:
        """Return the steps, numbered, of all channels or of those given."""
        found = [laid for laid in self.applying("steps") if channels is None or laid.line.channel in channels]
        return tuple(
            a.StepLine(
                n=n,
                channel=laid.line.channel,
                text=laid.line.text,
                where=laid.line.where,
                only_if=self._only_if(laid.line),
                **self.citations.proof(laid),
            )
            for n, laid in enumerate(found, 1)
        )

    def time_limit(self) -> Optional[a.LimitLine]:
        """Return the limit of the whole matter; one that surely applies before one that may."""
        laid = self._surest("time_limits")
        if laid is None:
            return None
        limit = laid.line
        end = self._end(limit)
        return a.LimitLine(
            days=limit.days,
            unit=limit.unit,
            starts=limit.starts,
            statutory_days=limit.statutory_days,
            text=limit.text,
            done_by=end.date if end else None,
            assumed=bool(end and end.assumed),
            **self.citations.proof(laid),
        )

    def _end(self, limit: TimeLimit) -> Optional[WorkingDate]:
        """Return the day on which a limit that begins on the answer's day runs out; None where its days are not plain days."""
        if limit.days is None or limit.starts == "event" or limit.unit not in ("working_day", "day"):
            return None
        if limit.unit == "day":
            return WorkingDate(date=self._layers.on + dt.timedelta(days=limit.days), assumed=False)
        return add_working_days(self._layers.on, limit.days)

    def fee(self) -> Optional[a.FeeLine]:
        """Return what it costs."""
        laid = self._surest("fees")
        if laid is None:
            return None
        return a.FeeLine(free=laid.line.free, text=laid.line.text, **self.citations.proof(laid))

    def places(self) -> tuple[a.PlaceLine, ...]:
        """Return where to go."""
        return tuple(
            a.PlaceLine(
                name=laid.line.name,
                address=laid.line.address,
                phone=laid.line.phone,
                hours=laid.line.hours,
                **self.citations.proof(laid),
            )
            for laid in self.applying("offices")
        )

    def notes(self, aspects: Sequence[str]) -> tuple[a.NoteLine, ...]:
        """Return the sentences on `aspects`, and every one that closes the way to this person, those first.

        A sentence of the reference counts only where it closes the way, or the place says nothing on what was asked.
        """
        wanted = self._wanted_notes(aspects)
        spoken = {laid.line.aspect for laid in wanted if not laid.borrowed}
        kept = [laid for laid in wanted if not laid.borrowed or laid.line.blocks or laid.line.aspect not in spoken]
        return tuple(self._note(laid.line, laid) for laid in kept)

    def brief_notes(self) -> tuple[a.NoteLine, ...]:
        """Return what a first answer has room for: what closes the way, a few sentences for cases like this, and a few for everybody."""
        sure = [laid for laid in self._wanted_notes(ASPECTS) if laid.line.blocks or not self._only_if(laid.line)]
        first = [laid for laid in sure if not laid.line.blocks and laid.line.aspect in FIRST_ASPECTS and not laid.borrowed]
        brief = sorted(first, key=lambda laid: laid.distance)[:MOST_BRIEF_NOTES]
        for_this = [laid for laid in sure if laid.line.when and laid not in brief and not laid.line.about]
        kept = [*brief, *sorted(for_this, key=lambda laid: laid.distance)[:MOST_NOTES_FOR_THIS]]
        return tuple(self._note(laid.line, laid) for laid in sure if laid.line.blocks or laid in kept)

    def elsewhere(self, name: Optional[str] = None) -> tuple[a.ElsewhereLine, ...]:
        """Return what people take for this matter and where it belongs, all of it or one line."""
        found = [laid for laid in self.applying("elsewhere") if name in (None, laid.line.id)]
        return tuple(
            a.ElsewhereLine(id=laid.line.id, asks=laid.line.asks, text=laid.line.text, **self.citations.proof(laid)) for laid in found
        )

    @cached_property
    def closed(self) -> bool:
        """Tell whether some sentence closes the way to this person."""
        return any(laid.line.blocks and self._wanted(laid.line, ()) for laid in self._layers.block("notes"))

    def closed_here(self) -> bool:
        """Tell whether a sentence of the place itself, or of the nation, closes the way to this person."""
        return any(laid.line.blocks and not laid.borrowed and self._wanted(laid.line, ()) for laid in self.applying("notes"))

    def faq(self, name: Optional[str]) -> Optional[Laid[Any]]:
        """Return the common question of that id, where it applies."""
        return next((laid for laid in self.applying("faqs") if laid.line.id == name), None)

    def speaks_of(self, aspect: str) -> bool:
        """Tell whether the place itself, or the nation, has a sentence on `aspect`."""
        return any(not laid.borrowed for laid in self._wanted_notes((aspect,)) if laid.line.aspect == aspect)

    def _wanted_notes(self, aspects: Sequence[str]) -> list[Laid[Note]]:
        wanted = [laid for laid in self.applying("notes") if self._wanted(laid.line, aspects)]
        return sorted(wanted, key=lambda laid: not laid.line.blocks)

    def _wanted(self, note: Note, aspects: Sequence[str]) -> bool:
        if note.blocks:
            return conditions.holds(note.when, self._situation) is True
        return note.aspect in aspects

    def _surest(self, name: str) -> Any:
        """Return the one line of a block that counts.

        What holds comes before what may hold, the place's own before what is borrowed, what is for this case before what is for everybody.
        """
        return min(self.applying(name), key=self._rank, default=None)

    def _rank(self, laid: Laid[Any]) -> tuple[bool, bool, bool]:
        return conditions.holds(laid.line.when, self._situation) is None, laid.borrowed, not laid.line.when

    def _only_if(self, line: Any) -> Optional[str]:
        if conditions.holds(line.when, self._situation):
            return None
        return in_words(line, self._matter.situations, self._situation) or None

    def _checklist_line(self, laid: Laid[Requirement], ticked: frozenset[str]) -> a.ChecklistLine:
        line, material = laid.line, self._materials[laid.line.material]
        return a.ChecklistLine(
            id=line.id,
            name=material.name,
            kind=line.kind,
            copies=line.copies,
            issuer=material.issuer,
            needed=line.needed,
            later_days=line.later_days,
            exempt=line.exempt,
            reason=line.reason,
            where_to_get=material.where_to_get,
            note=line.note,
            only_if=self._only_if(line),
            ticked=line.id in ticked,
            **self.citations.proof(laid),
        )

    def _item(self, item: Item, laid: Laid[Any]) -> a.ItemLine:
        limit = {"days": item.days, "unit": item.unit} if item.days is not None else None
        return a.ItemLine(
            name=item.name,
            department=item.department,
            limit=limit,
            statutory_days=item.statutory_days,
            result=item.result,
            only_if=self._only_if(item),
            **self.citations.proof(laid),
        )

    def _note(self, note: Note, laid: Laid[Any]) -> a.NoteLine:
        return a.NoteLine(
            aspect=note.aspect, text=note.text, blocks=note.blocks, about=note.about, only_if=self._only_if(note), **self.citations.proof(laid)
        )
