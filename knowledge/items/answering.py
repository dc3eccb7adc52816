"""A listed item as an answer: what its list says, line by line, with the list as the source; nothing added."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Iterator, Optional, Sequence

from knowledge.items.catalogue import WholeItem
from knowledge.language import regions
from knowledge.language.grams import character_grams
from knowledge.values.answer import (
    Answer,
    ChecklistLine,
    CitedSource,
    FeeLine,
    ItemLine,
    LimitLine,
    NoteLine,
    PlaceLine,
    Proof,
)
from knowledge.values.guide import Aspect
from knowledge.values.items import ItemList, ListedItem, ListedQuestion
from knowledge.wording import page, say

# A common question is given as the answer where this share of its pairs of characters stands in the sentence, and the other way round.
SAME_QUESTION = 0.7
FREE = re.compile("不收费|免费|无收费|免收|否")
PHONE = re.compile(r"[\d()（）+\-转、,，;； ]{5,64}")


def answer(whole: WholeItem, *, on: dt.date, aspects: Sequence[Aspect] = (), text: str = "") -> Answer:
    """Return what is on file of an item: the aspects asked about, or all of it; `text` may be one of its common questions."""
    listing, item = whole.listing, whole.item
    asked = tuple(aspects) or ("overview",)
    proof: dict[str, Any] = {"source": 0, "confidence": "regional", "verified_on": listing.verified_on}
    faq = _common(whole.questions, text)
    return Answer(
        outcome="answered",
        matter=None,
        matter_name=item.name,
        summary=_say("summary", department=item.department) if item.department else _say("summary_alone"),
        region=listing.region,
        region_name=regions.name_of(listing.region),
        as_of=on,
        aspects=asked,
        faq=faq.answer if faq else None,
        faq_proof=Proof(**proof) if faq else Proof(),
        checklist=tuple(_materials(item, listing, proof)) if _about("materials", asked) else (),
        items=(_item(item, proof),),
        time_limit=_limit(item, proof) if _about("time_limit", asked) else None,
        fee=_fee(item, proof) if _about("fee", asked) else None,
        places=_places(item, proof) if _about("location", asked) else (),
        notes=tuple(_notes(item, asked, proof)),
        missing=() if faq else tuple(_missing(item, asked)),
        review=say("not_reviewed"),
        sources=(_source(listing),),
    )


def _about(aspect: str, asked: Sequence[str]) -> bool:
    return aspect in asked or "overview" in asked


def _materials(item: ListedItem, listing: ItemList, proof: dict[str, Any]) -> Iterator[ChecklistLine]:
    """Yield the documents as the list names them; whether original or copy is not on file."""
    reason = _say("reason", title=listing.title)
    for n, name in enumerate(item.materials, 1):
        yield ChecklistLine(
            id=f"item-{n}", name=name, kind=None, copies=None, issuer=None, needed="required", later_days=None, exempt=None,
            reason=reason, where_to_get=None, note=None, only_if=None, ticked=False, **proof,
        )  # fmt: skip


def _item(item: ListedItem, proof: dict[str, Any]) -> ItemLine:
    return ItemLine(name=item.name, department=item.department, limit=None, statutory_days=None, result=None, **proof)


def _limit(item: ListedItem, proof: dict[str, Any]) -> Optional[LimitLine]:
    """Return both limits as text: lists write “即办” and “5个工作日（不含公示）” in one column."""
    parts = [("limit_promised", item.promised_limit), ("limit_statutory", item.statutory_limit)]
    text = "，".join(_say(name, text=limit) for name, limit in parts if limit)
    return LimitLine(days=None, unit="unknown", starts="event", statutory_days=None, text=text, **proof) if text else None


def _fee(item: ListedItem, proof: dict[str, Any]) -> Optional[FeeLine]:
    if not item.fee:
        return None
    return FeeLine(free=True if FREE.fullmatch(item.fee) else None, text=item.fee, **proof)


def _places(item: ListedItem, proof: dict[str, Any]) -> tuple[PlaceLine, ...]:
    if not item.place:
        return ()
    return (PlaceLine(name=item.place, address=None, phone=_phone(item), hours=item.hours, **proof),)


def _phone(item: ListedItem) -> Optional[str]:
    return item.enquiries if item.enquiries and PHONE.fullmatch(item.enquiries) else None


def _notes(item: ListedItem, asked: Sequence[str], proof: dict[str, Any]) -> Iterator[NoteLine]:
    """Yield what has no line of its own; telephone and hours too where no place is on file to carry them."""
    shown_at_place = item.place is not None
    sentences: tuple[tuple[Aspect, str, Optional[str]], ...] = (
        ("eligibility", "conditions", item.conditions),
        ("location", "hours", None if shown_at_place else item.hours),
        ("location", "enquiries", None if shown_at_place and _phone(item) else item.enquiries),
        ("location", "complaints", item.complaints),
    )
    for aspect, name, text in sentences:
        if text and _about(aspect, asked):
            yield NoteLine(aspect=aspect, text=_say(name, text=text), blocks=False, about=None, only_if=None, **proof)


def _missing(item: ListedItem, asked: Sequence[str]) -> Iterator[str]:
    """Yield, for what was asked and is not on file, the sentence that says so."""
    if _about("materials", asked) and not item.materials:
        yield _say("materials_none")
    if _about("time_limit", asked) and not (item.promised_limit or item.statutory_limit):
        yield say("missing_time_limit")
    if _about("fee", asked) and not item.fee:
        yield say("missing_fee")
    if _about("location", asked) and not item.place:
        yield say("missing_places")
    if {"process", "online", "result"} & set(asked) or "eligibility" in asked and not item.conditions:
        yield say("missing_notes")


def _source(listing: ItemList) -> CitedSource:
    return CitedSource(title=listing.title, issuer=listing.issuer, number=None, date=None, url=None, verified_on=listing.verified_on)


def _common(questions: Sequence[ListedQuestion], text: str) -> Optional[ListedQuestion]:
    """Return the common question that `text` asks in nearly the same words."""
    likeness = [(_alike(question.ask, text), question) for question in questions]
    best, question = max(likeness, key=lambda pair: pair[0], default=(0.0, None))
    return question if best >= SAME_QUESTION else None


def _alike(one: str, other: str) -> float:
    pairs, others = (({gram for gram in character_grams(text) if len(gram) > 1}) for text in (one, other))
    return len(pairs & others) / max(len(pairs), len(others), 1)


def _say(name: str, **gaps: object) -> str:
    return str(page("items")[name]).format(**gaps)
