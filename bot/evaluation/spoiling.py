"""The same sentences worse typed: what a keyboard, a dictation or another script makes of them; always the same for the same sentence.

Nothing here is learned from. Homophones are drawn from the 3,755 frequent characters (GB 2312, level 1) of the same toneless syllable.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Callable, Mapping

import opencc
from pypinyin import lazy_pinyin

SWAPPED = 2
PUNCTUATION = "，。！？、；：“”‘’…（）《》—,!?;:()\"'"


def homophones(text: str) -> str:
    """Return `text` with two characters swapped for others that sound alike (tones aside)."""
    sounds = lazy_pinyin(list(text))
    chances = [at for at, char in enumerate(text) if _others(char, sounds[at])]
    chars = list(text)
    for at in sorted(chances, key=lambda at: _draw(text, at))[:SWAPPED]:
        others = _others(text[at], sounds[at])
        chars[at] = others[_draw(text, at) % len(others)]
    return "".join(chars)


def without_punctuation(text: str) -> str:
    """Return `text` as it is typed by those who never look for a comma."""
    return "".join(char for char in text if char not in PUNCTUATION)


def full_width(text: str) -> str:
    """Return `text` with letters, digits and signs as wide as characters."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def traditional(text: str) -> str:
    """Return `text` in traditional characters."""
    return str(_converter().convert(text))


WAYS: Mapping[str, Callable[[str], str]] = {
    "homophones": homophones,
    "without_punctuation": without_punctuation,
    "full_width": full_width,
    "traditional": traditional,
}


def _draw(text: str, at: int) -> int:
    return int.from_bytes(hashlib.md5(f"{at} {text}".encode()).digest()[:6], "big")


def _others(char: str, sound: str) -> str:
    return _by_sound().get(sound, "").replace(char, "") if "一" <= char <= "鿿" else ""


@lru_cache(maxsize=1)
def _by_sound() -> Mapping[str, str]:
    codes = bytes(byte for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for byte in (high, low))
    frequent = codes.decode("gb2312", errors="ignore")
    sounds: dict[str, str] = {}
    for char, sound in zip(frequent, lazy_pinyin(list(frequent))):
        sounds[sound] = sounds.get(sound, "") + char
    return sounds


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
