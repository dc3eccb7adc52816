"""Character and pinyin n-grams: what still agrees when homophones and dialect have changed the words."""

from __future__ import annotations

import json
import math
import os
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Callable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

CHARACTERS = (1, 2)
SYLLABLES = (1, 3)


@dataclass(frozen=True)
class Vocabulary:
    """The n-grams seen in training: `rows[gram]` is its column, `weights` its inverse document frequency."""

    rows: Mapping[str, int]
    weights: npt.NDArray[np.float32]

    @classmethod
    def fit(cls, texts: Sequence[str], *, seen_at_least: int) -> Vocabulary:
        """Return the n-grams that at least so many of `texts` have."""
        seen = Counter(gram for text in texts for gram in set(grams(text)))
        kept = sorted(gram for gram, count in seen.items() if count >= seen_at_least)
        weights = [math.log((1 + len(texts)) / (1 + seen[gram])) + 1 for gram in kept]
        return cls(rows={gram: row for row, gram in enumerate(kept)}, weights=np.asarray(weights, dtype=np.float32))

    def vectors(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Return one row a text: sublinear TF-IDF, characters and syllables each of length √½."""
        columns, values, ends = [], [], [0]
        for text in texts:
            for counts in (Counter(character_grams(text)), Counter(syllable_grams(text))):
                known = [(self.rows[gram], count) for gram, count in counts.items() if gram in self.rows]
                raw = [(1 + math.log(count)) * float(self.weights[column]) for column, count in known]
                length = math.sqrt(2 * sum(weight * weight for weight in raw)) or 1.0
                columns += [column for column, _ in known]
                values += [weight / length for weight in raw]
            ends.append(len(columns))
        shape = (len(texts), len(self.rows))
        return sp.csr_matrix((np.asarray(values, dtype=np.float32), columns, ends), shape=shape)

    def to_json(self) -> str:
        """Return the vocabulary as JSON."""
        return json.dumps({"grams": list(self.rows), "weights": [round(float(w), 5) for w in self.weights]}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Vocabulary:
        """Return the vocabulary that `to_json` wrote."""
        loaded = json.loads(text)
        rows = {gram: row for row, gram in enumerate(loaded["grams"])}
        return cls(rows=rows, weights=np.asarray(loaded["weights"], dtype=np.float32))


def grams(text: str) -> Iterator[str]:
    """Yield every n-gram of `text`; those of pinyin have a tab before each syllable."""
    yield from character_grams(text)
    yield from syllable_grams(text)


def character_grams(text: str) -> Iterator[str]:
    """Yield the character n-grams of `text`."""
    low, high = CHARACTERS
    for size in range(low, high + 1):
        yield from (text[start : start + size] for start in range(len(text) - size + 1))


def syllable_grams(text: str) -> Iterator[str]:
    """Yield the n-grams of the pinyin syllables of `text`, a tab before each syllable."""
    syllables = _syllables(text)
    low, high = SYLLABLES
    for size in range(low, high + 1):
        yield from ("".join(syllables[start : start + size]) for start in range(len(syllables) - size + 1))


@lru_cache(maxsize=8192)
def syllable(char: str) -> str:
    """Return the pinyin syllable of one character."""
    return "".join(_reader()(char))


@lru_cache(maxsize=8)
def _syllables(text: str) -> tuple[str, ...]:
    """Kept for a moment: the learned and the live ranking both ask for them."""
    return tuple("\t" + syllable for syllable in _reader()(text))


@lru_cache(maxsize=1)
def _reader() -> Callable[[str], Sequence[str]]:
    """Return pypinyin's reader without its phrases and copies: readings of single characters do, and save 50 MB."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import lazy_pinyin

    reader: Callable[[str], Sequence[str]] = lazy_pinyin
    return reader
