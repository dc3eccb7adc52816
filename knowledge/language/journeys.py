"""How far a journey goes whose two ends are named: “从洛阳搬到郑州” leaves the city, “从长沙迁到合肥” the province."""

from __future__ import annotations

import itertools
import re
from typing import Optional

from knowledge.language.regions import Mention, mentions

OUT_OF_PROVINCE, OUT_OF_CITY = "{出省}", "{出市}"
REACHES = (OUT_OF_PROVINCE, OUT_OF_CITY)
BEGINS = ("从", "由", "打", "自")
BETWEEN = re.compile(r"[^,，。;；、]{0,6}[到去至往]")


def reach(text: str) -> Optional[str]:
    """Return which border the journey in `text` crosses, None where no journey is named or it crosses none."""
    places = mentions(text)
    journeys = [(start, end) for start, end in itertools.pairwise(places) if _leads(text, start, end)]
    return _crossed(*journeys[-1]) if journeys else None


def _leads(text: str, start: Mention, end: Mention) -> bool:
    return text[: start.start].endswith(BEGINS) and bool(BETWEEN.fullmatch(text[start.end : end.start]))


def _crossed(start: Mention, end: Mention) -> Optional[str]:
    if not _common(start, end, digits=2):
        return OUT_OF_PROVINCE
    return None if _common(start, end, digits=4) else OUT_OF_CITY


def _common(start: Mention, end: Mention, *, digits: int) -> bool:
    return bool({code[:digits] for code in start.codes} & {code[:digits] for code in end.codes})
