"""What `yjs search` and the desk look things up with: matters and listed items, by name, in part, in pinyin or as a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Iterator, Literal, Optional

from knowledge.guidance.catalogue import Catalogue
from knowledge.items import sentences
from knowledge.items.search import FoundItem, ItemIndex
from knowledge.items.spelling import CHINESE, Place, Spellings
from knowledge.language import encoder
from knowledge.language.normalize import simplify

SPELLED: dict[Place, float] = {"exact": 1.0, "prefix": 0.95, "within": 0.9}
# What is only like a sentence never stands above what was typed.
MOST_LIKE = 0.85
# On this scale a matter surely meant has about 0.5, one not meant less than 0.1.
LEAST_MATTER = 0.05
LEAST_ITEM = 0.25
ITEM_SCALE = 0.7
# An item of the same thing that does something else than is wanted: 补发 where 签发 is.
ANOTHER_ACTION = 0.8


@dataclass(frozen=True)
class Found:
    """A matter or an item that may be meant, its score from 0 to 1, and the wording that spoke for it; `region` of an item's list."""

    kind: Literal["matter", "item"]
    code: str
    name: str
    score: float
    why: str
    region: Optional[str] = None


@dataclass(frozen=True)
class Finder:
    """Finds in one catalogue and one index of items."""

    catalogue: Catalogue
    items: ItemIndex

    def find(self, text: str, region: Optional[str] = None, *, most: int = 8) -> tuple[Found, ...]:
        """Return what `text` may mean, likeliest first: what it spells out before what it is like."""
        plain = simplify(text)
        if not plain:
            return ()
        best: dict[tuple[str, str, Optional[str]], Found] = {}
        for found in (*self._spelled(plain, region), *self._like(plain, region)):
            key = (found.kind, found.code, found.region)
            if key not in best or found.score > best[key].score:
                best[key] = found
        return tuple(sorted(best.values(), key=_order)[:most])

    def _spelled(self, plain: str, region: Optional[str]) -> Iterator[Found]:
        spellings, wordings = self._matters
        for place, line in spellings.find(plain):
            code, why = wordings[line]
            yield Found("matter", code, self.catalogue.names[code], SPELLED[place], why)
        for place, item in self.items.spelled(plain, region):
            yield _of_item(item, SPELLED[place])

    def _like(self, plain: str, region: Optional[str]) -> Iterator[Found]:
        if not CHINESE.search(plain):
            return
        for one in self.catalogue.index.rank(encoder.encode([plain])[0], text=plain):
            if one.score >= LEAST_MATTER:
                yield Found("matter", one.code, self.catalogue.names[one.code], min(one.score, MOST_LIKE), one.phrase)
        asked, action = self.items.asked(plain, region), sentences.wanted(plain) or sentences.NEW
        for item in self.items.like(plain, region):
            if asked and (item.code, item.listing) == (asked.code, asked.listing):
                yield _of_item(item, MOST_LIKE)
            elif item.score >= LEAST_ITEM:
                doing = 1.0 if sentences.action_of(item.name) == action else ANOTHER_ACTION
                yield _of_item(item, item.score * ITEM_SCALE * doing)

    @cached_property
    def _matters(self) -> tuple[Spellings, tuple[tuple[str, str], ...]]:
        """Return how matters are spelled, and whose each line is: names, aliases and sample questions."""
        wordings = tuple(
            (code, wording)
            for code, matter in self.catalogue.matters.items()
            for wording in dict.fromkeys((matter.name, *matter.aliases, *matter.questions))
        )
        return Spellings.of([wording for _, wording in wordings]), wordings


def _of_item(item: FoundItem, score: float) -> Found:
    return Found("item", item.code, item.name, score, item.why, item.listing.region)


def _order(found: Found) -> tuple[float, bool, int]:
    """Matters before items that fit as well, short names before long ones."""
    return (-round(found.score, 3), found.kind == "item", len(found.name))
