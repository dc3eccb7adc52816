"""A place's guide, laid over its parents' up to the nation, and what is borrowed for reference."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Mapping, Optional, TypeVar

from knowledge.language import regions
from knowledge.rules import in_force
from knowledge.values.answer import Confidence
from knowledge.values.guide import NATION, Guide, Line, Matter, Source

L = TypeVar("L", bound=Line)
BORROWED = ("items", "requirements", "steps", "time_limits", "fees", "notes", "faqs", "elsewhere")
SINGLE = ("time_limits", "fees", "steps", "items")  # one place's steps or limits are never mixed with another's


@dataclass(frozen=True)
class Laid(Generic[L]):
    """A line as it holds in a place: how sure it is there, since when, whether it is another place's, how many levels up it was written."""

    line: L
    confidence: Confidence
    since: dt.date
    borrowed: bool = False
    distance: int = 0


@dataclass(frozen=True)
class Layers:
    """The guides that speak for one place on one day: its own, nearest first, and one for reference."""

    on: dt.date
    own: tuple[Guide, ...]
    reference: Optional[Guide]
    sources: Mapping[str, Source]
    # A block is asked for several times while one answer is made; `alone` begins anew.
    _laid_blocks: dict[str, tuple[Laid[Any], ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def speak(self) -> bool:
        """Tell whether any guide speaks on that day."""
        return bool(self.own or self.reference)

    @property
    def entry(self) -> Optional[str]:
        """Return the name of the place's own online entrance."""
        return next((guide.entry for guide in self.own if guide.entry), None)

    def block(self, name: str) -> tuple[Laid[Any], ...]:
        """Return the lines of one block, the place's own before those borrowed from the reference."""
        if name not in self._laid_blocks:
            self._laid_blocks[name] = self._lay(name)
        return self._laid_blocks[name]

    def _lay(self, name: str) -> tuple[Laid[Any], ...]:
        lines = {laid.line.id: laid for laid in self._inherited(name)}
        if self.reference is None or not self.borrows(name):
            return tuple(lines.values())
        dropped = {one for guide in self.own for one in guide.drops}
        borrowed = {
            line.id: self._laid(line, self.reference, borrowed=True) for line in self._spoken(self.reference, name) if line.id not in dropped
        }
        return (*lines.values(), *(laid for name, laid in borrowed.items() if name not in lines))

    def alone(self) -> Layers:
        """Return the layers without what is borrowed."""
        return replace(self, reference=None)

    def borrows(self, name: str) -> bool:
        """Tell whether the block of that name holds lines of the reference."""
        return bool(name in BORROWED and self.reference and not self._whole(name) and self._spoken(self.reference, name))

    def _whole(self, name: str) -> bool:
        """Tell whether the place's own list is complete: a list of materials only if it says so."""
        regional = [guide for guide in self.own if guide.region != NATION]
        if name in SINGLE:
            return any(self._spoken(guide, name) for guide in regional)
        return any(guide.reference or name in guide.whole for guide in regional)

    def _inherited(self, name: str) -> tuple[Laid[Any], ...]:
        found: dict[str, Laid[Any]] = {}
        for distance, guide in reversed(list(enumerate(self.own))):
            for dropped in guide.drops:
                found.pop(dropped, None)
            for line in self._spoken(guide, name):
                found[line.id] = replace(self._laid(line, guide, borrowed=False), distance=distance)
        return tuple(found.values())

    def _spoken(self, guide: Optional[Guide], name: str) -> tuple[Any, ...]:
        return tuple(line for line in getattr(guide, name, ()) if in_force.speaks(line, self.on))

    def _laid(self, line: L, guide: Guide, *, borrowed: bool) -> Laid[L]:
        return Laid(line, self._confidence(line, borrowed=borrowed), guide.effective_from, borrowed)

    def _confidence(self, line: Line, *, borrowed: bool) -> Confidence:
        source = self.sources.get(line.source or "")
        if source is None or source.level != "A" or line.unverified:
            return "unverified"
        if source.scope == NATION:
            return "national"
        return "reference" if borrowed else "regional"


def lay(matter: Matter, region: Optional[str], on: dt.date) -> Layers:
    """Return the layers of `matter` for `region` on a day; a place without guides of its own gets a reference beside the nation's."""
    guides = in_force.on_day(matter.guides, on)
    chain = regions.parents(region or NATION)
    by_region = {guide.region: guide for guide in guides}
    own = tuple(by_region[code] for code in chain if code in by_region)
    reference = next((guide for guide in guides if guide.reference and guide.region not in chain), None)
    return Layers(on=on, own=own, reference=reference, sources={source.id: source for source in matter.sources})
