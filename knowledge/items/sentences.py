"""What a sentence or a name is about, without the words that only ask or only say what is done with it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Iterator, Optional, Sequence

from knowledge.items.spelling import fold
from knowledge.items.words import words
from knowledge.language import regions
from knowledge.language.normalize import simplify

NEW = "new"
BRACKETS = re.compile(r"[（(][^）)]*[）)]")
CONTENT = re.compile("[\u4e00-\u9fffa-z0-9]+")
GAP = " "


def about(text: str) -> tuple[str, ...]:
    """Return the pieces of a sentence that say what it is about, in the words of the lists."""
    plain = _without_places(simplify(text))
    return _pieces(_content().sub(_kept, plain))


@lru_cache(maxsize=4096)
def object_of(name: str) -> tuple[str, ...]:
    """Return the pieces of an item's name that say what it is about."""
    return _pieces(_content().sub(_kept, fold(name)))


def wanted(text: str) -> Optional[str]:
    """Return which action a sentence names (“lost”, “renewed”, …); None where it names none."""
    plain = _asking().sub(GAP, simplify(text))
    return next((action for action, cue in _cues() if cue.search(plain)), None)


@lru_cache(maxsize=4096)
def action_of(name: str) -> str:
    """Return what an item does."""
    return next((action for action, entry in words("actions").items() if any(word in name for word in entry["names"])), NEW)


def grams(pieces: Sequence[str]) -> Iterator[str]:
    """Yield the characters and pairs of characters of the pieces."""
    for piece in pieces:
        yield from piece
        yield from (piece[start : start + 2] for start in range(len(piece) - 1))


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(CONTENT.findall(text))


def _without_places(plain: str) -> str:
    for mention in reversed(regions.mentions(plain)):
        plain = plain[: mention.start] + GAP + plain[mention.end :]
    return plain


def _kept(match: re.Match[str]) -> str:
    return f"{GAP}{words('sayings').get(match.group(), '')}{GAP}"


@cache
def _content() -> re.Pattern[str]:
    """Match what people call a thing, to be replaced, and what says nothing about it, to be left out."""
    cues = [cue.pattern for _, cue in _cues()]
    return re.compile("|".join([*_longest(words("sayings")), *cues, *_longest([*words("service_words"), *words("asking")])]))


@cache
def _asking() -> re.Pattern[str]:
    return re.compile("|".join(_longest([word for word in words("asking") if len(word) > 1])))


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((action, re.compile(entry["said"])) for action, entry in words("actions").items() if entry["said"])


def _longest(wordings: Sequence[str]) -> list[str]:
    return sorted(wordings, key=len, reverse=True)
