"""Identifying numbers out of the sentence: each is replaced by the Chinese word for what it is, and kept beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.language import numbers
from knowledge.language.normalize import Normalized, normalize
from knowledge.language.words import data

# Landlines, accounts and whatever else has many digits: who reads what was said needs to know that, not the number.
LONG = re.compile(r"\d(?:[ -]?\d){5,}")


@dataclass(frozen=True)
class Masked:
    """A number that stood in the text at `start`–`end` of the original; `value` is its written form or its reference."""

    start: int
    end: int
    kind: str
    value: str


@dataclass(frozen=True)
class Reading:
    """What the rest of understanding works on: the clean text with every number masked."""

    clean: str
    masked: Normalized
    numbers: tuple[Masked, ...]

    @property
    def text(self) -> str:
        """Return the clean text in which each identifying number is the word for its kind."""
        return self.masked.text

    def mended(self, text: str) -> Reading:
        """Return the reading with characters of `text`, which is as long, in place of those that were misheard."""
        return replace(self, masked=replace(self.masked, text=text))


def read(original: str) -> Reading:
    """Return the reading of what was typed: the door's placeholders and raw numbers taken out."""
    clean = normalize(original)
    opened, references = _replace(clean, _placeholders(clean, original))
    masked, raw = _replace(opened, [(n.start, n.end, n.kind, n.value) for n in numbers.find(opened.text)])
    return Reading(clean=clean.text, masked=masked, numbers=tuple(sorted((*references, *raw), key=lambda n: n.start)))


def without_numbers(original: str, *, instead: str) -> str:
    """Return the clean text in which each identifying number is the word for its kind, and every other long one `instead`."""
    return LONG.sub(instead, read(original).text)


def _placeholders(clean: Normalized, original: str) -> list[tuple[int, int, str, str]]:
    """Return the placeholders in the clean text; references are read from the original, which no folding has touched."""
    kinds = {word: kind for kind, word in data()["masks"].items()}
    found = []
    for match in _pattern().finditer(clean.text):
        start, end = clean.span(*match.span(2))
        found.append((match.start(), match.end(), kinds[match.group(1)], original[start:end]))
    return found


def _replace(text: Normalized, found: list[tuple[int, int, str, str]]) -> tuple[Normalized, list[Masked]]:
    pieces, origins, masked, position = [], [], [], 0
    for start, end, kind, value in found:
        word = data()["masks"][kind]
        first, after = text.span(start, end)
        pieces += [text.text[position:start], word]
        origins += [*text.origins[position:start], *[first] * (len(word) - 1), after - 1]
        masked.append(Masked(start=first, end=after, kind=kind, value=value))
        position = end
    pieces.append(text.text[position:])
    origins += text.origins[position:]
    return Normalized(text="".join(pieces), origins=tuple(origins)), masked


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = "|".join(data()["masks"].values())
    return re.compile(rf"〔({words})#([a-z0-9]{{1,32}})〕")
