"""What the nation put on its lists: “今年新增了哪些一件事”."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from pathlib import Path
from typing import Optional

from pydantic import parse_obj_as
from ruamel.yaml import YAML

from knowledge.language.words import data
from knowledge.values.answer import Answer, CitedSource
from knowledge.values.national import NationalList
from knowledge.wording import say

FILE = Path(__file__).resolve().parent.parent / "content" / "national_lists.yml"
YEAR = re.compile(r"(20\d\d)")


@lru_cache(maxsize=1)
def lists() -> tuple[NationalList, ...]:
    """Return every national list on file, oldest first."""
    return tuple(parse_obj_as(list[NationalList], YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))))


def asked(text: str) -> bool:
    """Tell whether `text` asks what is on the national lists."""
    cues = data()["national_lists"]
    return any(topic in text for topic in cues["topic"]) and any(cue in text for cue in cues["cues"])


def answer(text: str, today: dt.date) -> Answer:
    """Return what is known of the lists of the year that `text` names, or of all of them."""
    year = _year(text, today)
    meant = tuple(one for one in lists() if year is None or one.id.startswith(str(year)))
    if not meant:
        return Answer(type="talk", outcome="not_found", said=(say("no_list", year=year),), as_of=today)
    said = tuple(_in_words(one) for one in meant)
    sources = tuple(
        CitedSource(title=one.document, issuer=one.issuer, number=one.number, date=one.published, url=one.url, verified_on=None)
        for one in meant
    )
    return Answer(outcome="answered", said=said, sources=sources, review=say("lists_review"), as_of=today)


def _year(text: str, today: dt.date) -> Optional[int]:
    named = YEAR.search(text)
    if named:
        return int(named.group(1))
    return next((today.year + shift for word, shift in data()["national_lists"]["years"].items() if word in text), None)


def _in_words(one: NationalList) -> str:
    named = {kind: "、".join(matter.name for matter in one.known if matter.audience == kind) for kind in ("person", "business")}
    parts = [say(f"national_{kind}", names=names) for kind, names in named.items() if names]
    rest = one.count - len(one.known)
    parts += [say("national_rest", rest=rest)] if rest > 0 else []
    return say("national_head", name=one.name, count=one.count) + "".join(parts)
