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
CONTENT = re.compile("[\u4e00-\u9fffa-z0-9]+")
GAP = " "


def about(text: str) -> tuple[str, ...]:
    """Return the pieces of a sentence that say what it is about, in the words of the lists."""
    parts = _sayings().split(simplify(text))
    told = (words("sayings").get(part) or _without_places(part) for part in parts)
    return _pieces(GAP.join(told))


@lru_cache(maxsize=4096)
def object_of(name: str) -> tuple[str, ...]:
    """Return the pieces of an item's name that say what it is about."""
    return _pieces(fold(name))


def wanted(text: str) -> Optional[str]:
    """Return which action a sentence names (“lost”, “renewed”, …); None where it names none."""
    plain = _asking().sub(GAP, simplify(text))
    return next((action for action, cue in _cues() if cue.search(plain)), None)


@lru_cache(maxsize=4096)
def action_of(name: str) -> str:
    """Return what an item does."""
    return next((action for action, entry in words("actions").items() if any(word in name for word in entry["names"])), NEW)


def names_service(text: str, name: str) -> bool:
    """Tell whether a sentence says what is done in the words of the item's name: “备案”, “延续”."""
    return any(word in name and word in text for word in words("service_words"))


def only_tells(text: str) -> bool:
    """Tell whether a sentence answers or reports, and asks nothing: “是的，已经结婚了”."""
    return bool(re.search(words("telling"), simplify(text))) and not asks(text)


def asks(text: str) -> bool:
    """Tell whether a sentence asks something."""
    return bool(re.search(words("asks"), simplify(text)))


def grams(pieces: Sequence[str]) -> Iterator[str]:
    """Yield the characters and pairs of characters of the pieces."""
    for piece in pieces:
        yield from piece
        yield from (piece[start : start + 2] for start in range(len(piece) - 1))


def _pieces(text: str) -> tuple[str, ...]:
    """Return what is left between the words that are empty here, sentences and names treated alike."""
    return tuple(CONTENT.findall(_empty().sub(lambda match: match.group("kept") or GAP, text)))


def _without_places(plain: str) -> str:
    for mention in reversed(regions.mentions(plain)):
        plain = plain[: mention.start] + GAP + plain[mention.end :]
    return plain


@cache
def _sayings() -> re.Pattern[str]:
    return re.compile(f"({'|'.join(_longest(words('sayings')))})")


@cache
def _empty() -> re.Pattern[str]:
    """Match what says nothing about the thing; words that only look so are matched first, as “kept”."""
    cues = [cue.pattern for _, cue in _cues()]
    kept = f"(?P<kept>{'|'.join(_longest(words('kept')))})"
    return re.compile("|".join([kept, *cues, *_longest([*words("service_words"), *words("asking")])]))


@cache
def _asking() -> re.Pattern[str]:
    return re.compile("|".join(_longest([*words("kept"), *(word for word in words("asking") if len(word) > 1)])))


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((action, re.compile(entry["said"])) for action, entry in words("actions").items() if entry["said"])


def _longest(wordings: Sequence[str]) -> list[str]:
    return sorted(wordings, key=len, reverse=True)
