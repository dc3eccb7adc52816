"""One clean form of what was typed, that still knows where every character came from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

from knowledge.language.words import data

KEPT_SYMBOLS = set("+-.,:;!?%/#~*()'\"@&=_<>×￥¥°￡$€")


@dataclass(frozen=True)
class Normalized:
    """`text` is what understanding works on; `origins[i]` is the index of its i-th character in the original."""

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original of `text[start:end]`."""
        if start >= end or not self.origins:
            return (0, 0)
        return (self.origins[start], self.origins[end - 1] + 1)


def normalize(text: str) -> Normalized:
    """Fold width and form (NFKC), traditional characters, emoji, repeats and fillers."""
    chars: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(text):
        for folded in _fold(char):
            if folded == " " and (not chars or chars[-1] == " "):
                continue
            if len(chars) >= 3 and folded == chars[-1] == chars[-2] == chars[-3] and not folded.isdigit():
                continue
            chars.append(folded)
            origins.append(index)
    simplified = _simplify("".join(chars))
    return _without_fillers(Normalized(text=simplified, origins=tuple(origins)))


def simplify(text: str) -> str:
    """Return only the clean text of `text`."""
    return normalize(text).text


def _fold(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return "".join(_kept(one) for one in folded).lower()


def _kept(char: str) -> str:
    if char in data()["symbols"]:
        return str(data()["symbols"][char])
    category = unicodedata.category(char)
    if category[0] in "LN" or category in ("Pc", "Pd", "Ps", "Pe", "Po", "Pi", "Pf") or char in KEPT_SYMBOLS:
        return char
    if category[0] == "Z" or char in "\t\n\r":
        return " "
    return ""


def _simplify(text: str) -> str:
    converter = _converter()
    converted = str(converter.convert(text))
    if len(converted) == len(text):
        return converted
    return "".join(one if len(one) == 1 else char for char, one in ((c, str(converter.convert(c))) for c in text))


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _without_fillers(normalized: Normalized) -> Normalized:
    text, start, end = normalized.text, 0, len(normalized.text)
    changed = True
    while changed:
        changed = False
        while start < end and text[start] in " ,，。.、!！~":
            start, changed = start + 1, True
        while end > start and text[end - 1] in " ":
            end, changed = end - 1, True
        for filler in data()["fillers"]:
            if text.startswith(filler, start) and start + len(filler) < end:
                start, changed = start + len(filler), True
    return Normalized(text=text[start:end], origins=normalized.origins[start:end])
