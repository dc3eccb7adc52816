"""Numbers that identify: ID cards (a mistyped one is masked too), phones, application numbers, check digits; gaps closed, spoken digits folded."""

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
PHONE = re.compile(r"(?:86|0086)?(1[3-9]\d{9})")
# People write 138 0000 0000, +86 138-0000-0000 and 110105 1949 1231 002X: one number, whatever stands between its digits.
GAP = r"[ .·\u2010-\u2015-]{0,2}"
GAPS = re.compile(r"[^0-9A-Za-z]")
ELEVEN = rf"1{GAP}[3-9](?:{GAP}[0-9]){{9}}"
EIGHTEEN = rf"[0-9](?:{GAP}[0-9]){{16}}{GAP}[0-9Xx]"
# Seven digits before a phone number are not the beginning of an ID card: 2026-1-12 13800000000.
BEFORE_PHONE = r"(?![0-9 .·-]{1,12}[ .·-]1[3-9][0-9]{9}(?![0-9]))"
GAPPED = re.compile(rf"(?<![0-9A-Za-z])(?:{BEFORE_PHONE}{EIGHTEEN}|(?:\(?(?:\+|00)?86\)?{GAP})?{ELEVEN})(?![0-9A-Za-z])")
# Such a word right before makes even 11 or 18 digits an application's; after the others they still are a phone or an ID card.
SURELY_NAMED = re.compile(
    r"(?:(?:办件|申请|受理|收件|业务|流水|申办|回执|办理)(?:通知书|单|表)?(?:编号|单号|号码?)|(?<!证)件号|单号)(?:就?是|为)?[:： #]*$"
)
NAMED = re.compile(r"(?:编号|单号|号码|件号|流水号|受理号|申请号|业务号|办理号|查询码|回执号?)(?:就?是|为|叫)?[:： #]*$")
# How far before a number the word for it may begin.
REACH = 16
# Money and sizes are nobody's application.
COUNTED = re.compile(r"多?[元块万亿平㎡股吨]")
CHECK = rf"([{DIGIT_WORDS}0-9]{{3}}[{DIGIT_WORDS}0-9Xx])(?![{DIGIT_WORDS}0-9A-Za-z])"
CHECK_NAMED = re.compile(rf"(?:[后末尾][四4]位|最后一位|尾号|末尾|尾数|校验码?)(?:数字)?(?:是个?[Xx])?(?:应该|应当|才|就)?[是为:：, ，]*{CHECK}")
# Alone, or put right: “哎呀记错了，是3973”.
CHECK_ALONE = re.compile(
    r"(?:[^0-9A-Za-z号编]{0,6}(?:错|不对|看反|看串|看花|应该|改成|重新|再试)[^0-9A-Za-z号编]{0,4})?\s*是?\s*([0-9]{3}[0-9Xx])\s*(?:才对|[。.!！了吧呀啊])*\s*"
)
# Right behind an application's number: “…-0001，9107”.
CHECK_BEHIND = re.compile(r"[ ,，。、;；/和]{1,3}([0-9]{3}[0-9Xx])(?![0-9A-Za-z年月日号元块万平米个人%点-])")
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
            found.extend(_check_behind(text, number))
    return tuple(found)


def fold(spoken: str) -> str:
    """Return “一零零八六杠二二” as “10086-22”."""
    folded = spoken.replace("横杠", "-")
    return "".join(data()["digits"].get(char, char) for char in folded).upper()


def _candidates(text: str) -> Iterator[Number]:
    yield from _checks(text)
    for match in GAPPED.finditer(text):
        yield from _classified(text, match.start(), match.end(), GAPS.sub("", match.group()))
    for match in TOKEN.finditer(text):
        yield from _classified(text, match.start(), match.end(), match.group())
    for match in SPOKEN.finditer(text):
        spoken = sum(char in DIGIT_WORDS for char in match.group())
        if spoken >= 4:
            yield from _classified(text, match.start(), match.end(), fold(match.group()))


def _checks(text: str) -> Iterator[Number]:
    for match in (*CHECK_NAMED.finditer(text), CHECK_ALONE.fullmatch(text)):
        if match:
            yield _check(match)


def _check_behind(text: str, number: Number) -> Iterator[Number]:
    match = CHECK_BEHIND.match(text, number.end) if number.kind == "application_no" else None
    if match:
        yield _check(match)


def _check(match: re.Match[str]) -> Number:
    return Number(start=match.start(1), end=match.end(1), kind="check", value=fold(match.group(1)))


def _classified(text: str, start: int, end: int, value: str) -> Iterator[Number]:
    value = value.upper()
    phone = PHONE.fullmatch(value)
    if SURELY_NAMED.search(text, max(0, start - REACH), start):
        yield from _application(text, start, end, value)
    elif ID_CARD.fullmatch(value):
        yield Number(start=start, end=end, kind="id_card", value=value)
    elif phone:
        yield Number(start=start, end=end, kind="phone", value=phone.group(1))
    else:
        yield from _application(text, start, end, value)


def _application(text: str, start: int, end: int, value: str) -> Iterator[Number]:
    if _is_application_no(text, start, end, value):
        yield Number(start=start, end=end, kind="application_no", value=value)


def _is_application_no(text: str, start: int, end: int, value: str) -> bool:
    if not 4 <= len(value) <= 45 or value in HOTLINES or not any(char.isdigit() for char in value):
        return False
    if NAMED.search(text, max(0, start - REACH), start):
        return True
    if HARMLESS.fullmatch(value) or value.isdigit() and COUNTED.match(text, end):
        return False
    alone = text[:start].strip(" ,，。:：") == "" and text[end:].strip(" ,，。") == ""
    digits = sum(char.isdigit() for char in value)
    return alone and len(value) > 4 or len(value) >= 8 and digits >= 4 or digits >= 4 and any(c.isalpha() for c in value)
