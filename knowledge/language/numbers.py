"""Numbers that identify: ID cards (a mistyped one is masked too), phones, application numbers, check digits; spoken digits folded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterator, Literal

from knowledge.language.words import data

Kind = Literal["id_card", "phone", "application_no", "check"]

HOTLINES = {"12345", "12333", "12393", "12366", "12315", "12329", "12348", "12355", "12356", "12367", "110", "119", "120", "122", "10086", "10010", "10000", "95588"}
DIGIT_WORDS = "零〇洞一幺二两三四五六陆七拐八九"
SPOKEN = re.compile(rf"[{DIGIT_WORDS}0-9A-Za-z](?:[{DIGIT_WORDS}0-9A-Za-z-]|横杠|杠){{3,50}}")
TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9](?:[A-Za-z0-9-]{2,60})[A-Za-z0-9](?![A-Za-z0-9-])")
ID_CARD = re.compile(r"\d{17}[\dXx]")
PHONE = re.compile(r"1[3-9]\d{9}")
NAMED = re.compile(r"(?:办件|申请|受理|业务|流水|申办)?(?:编号|单号|号码|件号|流水号|受理号|回执号?)[是为:： ]*$")
CHECK_NAMED = re.compile(r"(?:后四位|后4位|尾号|末四位|最后四位|校验码)[是为:： ]*([0-9]{3}[0-9Xx])(?![0-9A-Za-z])")
CHECK_ALONE = re.compile(r"\s*([0-9]{3}[0-9Xx])\s*[。.]?\s*")
# Written with hyphens or digits, but nobody's application: days, school years, landlines, service numbers.
HARMLESS = re.compile(r"(?:19|20)\d{2}-\d{1,2}(?:-\d{1,2})?|(?:19|20)\d{2}-(?:19|20)?\d{2}|0\d{2,3}-?\d{7,8}|[48]00-?\d{3,4}-?\d{3,4}|(?:19|20)\d{6}")


@dataclass(frozen=True)
class Number:
    """A number in a text that identifies somebody or something; `value` is its written form."""

    start: int
    end: int
    kind: Kind
    value: str


def find(text: str) -> tuple[Number, ...]:
    """Return the identifying numbers in `text`, in order, none overlapping another."""
    found: list[Number] = []
    for number in sorted(_candidates(text), key=lambda n: (n.start, -(n.end - n.start))):
        if not found or number.start >= found[-1].end:
            found.append(number)
    return tuple(found)


def fold(spoken: str) -> str:
    """Return “一零零八六杠二二” as “10086-22”."""
    folded = spoken.replace("横杠", "-")
    return "".join(data()["digits"].get(char, char) for char in folded).upper()


def _candidates(text: str) -> Iterator[Number]:
    for match in CHECK_NAMED.finditer(text):
        yield Number(start=match.start(1), end=match.end(1), kind="check", value=match.group(1).upper())
    alone = CHECK_ALONE.fullmatch(text)
    if alone:
        yield Number(start=alone.start(1), end=alone.end(1), kind="check", value=alone.group(1).upper())
    for match in TOKEN.finditer(text):
        yield from _classified(text, match.start(), match.end(), match.group())
    for match in SPOKEN.finditer(text):
        spoken = sum(char in DIGIT_WORDS for char in match.group())
        if spoken >= 4:
            yield from _classified(text, match.start(), match.end(), fold(match.group()))


def _classified(text: str, start: int, end: int, value: str) -> Iterator[Number]:
    value = value.upper()
    if ID_CARD.fullmatch(value):
        yield Number(start=start, end=end, kind="id_card", value=value)
    elif PHONE.fullmatch(value):
        yield Number(start=start, end=end, kind="phone", value=value)
    elif _is_application_no(text, start, end, value):
        yield Number(start=start, end=end, kind="application_no", value=value)


def _is_application_no(text: str, start: int, end: int, value: str) -> bool:
    if not 4 <= len(value) <= 45 or value in HOTLINES or not any(char.isdigit() for char in value):
        return False
    if NAMED.search(text[:start]):
        return True
    if HARMLESS.fullmatch(value):
        return False
    alone = text[:start].strip(" ,，。:：") == "" and text[end:].strip(" ,，。") == ""
    digits = sum(char.isdigit() for char in value)
    return alone and len(value) > 4 or len(value) >= 8 and digits >= 4 or digits >= 4 and any(c.isalpha() for c in value)
