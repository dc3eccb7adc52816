"""How a wording stands in what somebody said: as written, around a number (“交了{15-}年”), with a word put in between, or as a journey (“{出省}”)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Iterator, Optional

from knowledge.language import amounts, journeys
from knowledge.language.normalize import simplify

NEGATIONS = "没不未非无别"
NEGATED = (*NEGATIONS, "没有", "不是", "并非", "不算", "不能", "不想", "不用", "不要", "没去", "没在", "不在", "没给", "还没来得及")
# “{15-}”: from 15 up; “{-49}”: up to 49; “{50-150}”: between, both included.
GAP = re.compile(r"\{(\d*\.?\d*)-(\d*\.?\d*)\}")
BARE_TIME = re.compile(r"\{[^}]*\}(?:天|周|年|岁|个?月|个?星期|个?礼拜)")
# So many characters may stand between two parts of a wording that is long enough to be known by its parts.
INSERTED = 3
LONG_ENOUGH = 4
BETWEEN = rf"[^{NEGATIONS},，。;；、 ]{{0,{INSERTED}}}?"
# So much does a journey count whose ends are named: more than most words about it.
NAMED_JOURNEY = 6.0
# Where something stands in between, the wording fits a little less than as written.
LESS = 0.5


def fit(wording: str, text: str, *, replying: bool = False) -> float:
    """Return how many characters of the (clean) `text` say `wording` un-negated, 0 where none do.

    A bare time (“{-44}天”) counts only where somebody is `replying` to the very question.
    """
    if wording in journeys.REACHES:
        return NAMED_JOURNEY if journeys.reach(text) == wording else 0.0
    written = _read(wording)
    # Nearly all wordings are ruled out by a character that is not there: some hundred are held against every message.
    if not written.letters <= _letters(text) or written.bare and not replying:
        return 0.0
    return max((length for start, length in _places(written, text) if _counts(written.plain, text, start)), default=0.0)


@lru_cache(maxsize=65_536)
def is_plain(wording: str) -> bool:
    """Tell whether a wording is somebody's words, and no pattern for a number or a journey."""
    return not GAP.search(wording) and wording not in journeys.REACHES


@dataclass(frozen=True)
class Written:
    """A wording as messages are cleaned; `letters` have all to stand in what says it, `gap` is its number's place."""

    plain: str
    letters: frozenset[str]
    gap: Optional[re.Match[str]]
    bare: bool


@lru_cache(maxsize=65_536)
def _read(wording: str) -> Written:
    """Return a wording read; kept, since every message is held against all of a matter."""
    plain = simplify(wording)
    return Written(plain, frozenset(GAP.sub("", plain)) or frozenset(plain), GAP.search(plain), bool(BARE_TIME.fullmatch(plain)))


@lru_cache(maxsize=8)
def _letters(text: str) -> frozenset[str]:
    return frozenset(text)


def _places(written: Written, text: str) -> Iterator[tuple[int, float]]:
    """Yield where a wording stands in `text` and how much of it fits."""
    plain = written.plain
    if written.gap:
        yield from _around_number(plain, written.gap, text)
        return
    at = text.find(plain) if plain else -1
    while at >= 0:
        yield at, float(len(plain))
        at = text.find(plain, at + 1)
    if len(plain) >= LONG_ENOUGH:
        yield from ((match.start(), len(plain) - LESS) for match in _loose(plain).finditer(text))


def _around_number(plain: str, gap: re.Match[str], text: str) -> Iterator[tuple[int, float]]:
    if plain[: gap.start()] not in text or plain[-1] not in text:
        return
    low, high = float(gap.group(1) or 0), float(gap.group(2) or "inf")
    for match in _numbered(plain).finditer(text):
        found = amounts.read(match.group("amount"), text[match.end() :])
        if found and low <= found[0] and found[1] <= high:
            yield match.start(), float(len(match.group()))


def _counts(plain: str, text: str, start: int) -> bool:
    """Tell whether what stands at `start` is said of oneself: neither negated before it nor asked (“有没有公积金”)."""
    before = text[:start]
    if plain[0] in NEGATIONS:
        return not (before and len(plain) > 1 and before[-1] == plain[1])
    return not before.endswith(NEGATED)


def negates(text: str) -> bool:
    """Tell whether something is denied in `text`."""
    return any(char in NEGATIONS for char in text)


@lru_cache(maxsize=2048)
def _numbered(plain: str) -> re.Pattern[str]:
    gap = GAP.search(plain)
    assert gap
    head, tail = re.escape(plain[: gap.start()]), re.sub("^个", "个半?", re.escape(plain[gap.end() :]))
    between = BETWEEN if head else ""
    return re.compile(rf"{head}{between}(?<![0-9.])(?P<amount>{amounts.SPOKEN}){tail}")


@lru_cache(maxsize=8192)
def _loose(plain: str) -> re.Pattern[str]:
    """Return what finds `plain` with one word put in (档案[还]没寄到): no negation, no other clause."""
    first = 1 if len(plain) > LONG_ENOUGH else 2
    splits = ((plain[:at], plain[at:]) for at in range(first, len(plain) - 1))
    return re.compile("|".join(f"{re.escape(head)}(?!{re.escape(tail)}){BETWEEN}{re.escape(tail)}" for head, tail in splits))
