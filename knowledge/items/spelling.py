"""Names as they are typed in part: joined lines that are searched at once, in characters, pinyin and initials."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Iterator, Literal, Sequence

import numpy as np
import numpy.typing as npt

from knowledge.items.words import words
from knowledge.language.grams import syllable_grams

Place = Literal["exact", "prefix", "within"]
# Of a key as common as “许可” nobody reads more, and looking at each hit costs time.
MOST_HITS = 200
CHINESE = re.compile("[\u4e00-\u9fff]")
TYPED = re.compile("[a-z0-9]+")


@dataclass(frozen=True)
class Lines:
    """Texts joined by line breaks: one scan over all of them is quicker than a look at each."""

    joined: str

    @classmethod
    def of(cls, texts: Sequence[str]) -> Lines:
        """Return the lines of `texts`, which have no line breaks themselves."""
        return cls(joined="\n" + "\n".join(texts) + "\n")

    def find(self, key: str) -> Iterator[tuple[Place, int]]:
        """Yield (how it fits, line) for lines that are, begin with or contain `key`; a line may come several times."""
        if not key or "\n" in key:
            return
        for start, line in self._hits(f"\n{key}"):
            yield "exact" if self.joined.startswith("\n", start + 1 + len(key)) else "prefix", line
        yield from (("within", line) for _, line in self._hits(key))

    def _hits(self, key: str) -> Iterator[tuple[int, int]]:
        """Yield (position, line) of the first occurrences of `key`."""
        starts: list[int] = []
        start = self.joined.find(key)
        while start >= 0 and len(starts) < MOST_HITS:
            starts.append(start)
            start = self.joined.find(key, start + 1)
        # The line break before a line belongs to the line.
        yield from zip(starts, (np.searchsorted(self._breaks, starts, side="right") - 1).tolist())

    @cached_property
    def _breaks(self) -> npt.NDArray[np.int32]:
        return np.fromiter((found.start() for found in re.finditer("\n", self.joined)), dtype=np.int32)


@dataclass(frozen=True)
class Spellings:
    """Names in characters, pinyin and initials."""

    names: Lines
    pinyin: Lines
    initials: Lines

    @classmethod
    def of(cls, names: Sequence[str]) -> Spellings:
        """Return the spellings of `names`."""
        read = [syllables(name) for name in names]
        initials = ["".join(one[0] for one in syllable) for syllable in read]
        return cls(Lines.of([fold(name) for name in names]), Lines.of(["".join(one) for one in read]), Lines.of(initials))

    def find(self, text: str) -> Iterator[tuple[Place, int]]:
        """Yield (how it fits, name) for what was typed: characters, pinyin or initials."""
        yield from self.names.find(fold(text))
        if not CHINESE.search(text):
            letters = "".join(TYPED.findall(text.lower()))
            yield from self.initials.find(letters)
            yield from self.pinyin.find(letters)


def fold(name: str) -> str:
    """Return a name as it is compared: small letters, no blanks."""
    return "".join(name.lower().split())


def syllables(name: str) -> list[str]:
    """Return how `name` is read: one syllable a character, letters and digits as they are, no punctuation."""
    read: list[str] = []
    for part in _exceptions().split(name.lower()):
        read += words("readings")[part].split() if part in words("readings") else [one for char in part if (one := _syllable(char))]
    return read


@cache
def _syllable(char: str) -> str:
    """Read without context: whole phrases would cost pypinyin's 50 MB; what differs stands in `words.yml`."""
    if CHINESE.fullmatch(char):
        return next(syllable_grams(char)).strip()
    return char if TYPED.fullmatch(char) else ""


@cache
def _exceptions() -> re.Pattern[str]:
    return re.compile(f"({'|'.join(words('readings'))})")
