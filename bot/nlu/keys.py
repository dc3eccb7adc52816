"""What components leave on a message, and under which names."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import scipy.sparse as sp

T = TypeVar("T")

READING = "reading"  # knowledge.language.masks.Reading
VECTOR = "sentence_vector"  # Numbers: the sentence encoder's unit vector
GRAMS = "grams"  # Numbers: one sparse row
WEIGH = "weigh"  # texts → sparse rows, as GRAMS was weighed: for clauses, if they are read at all
CLAUSES = "clauses"  # bot.nlu.ridge.Clauses: scored when somebody asks
SCORES = "scores"  # bot.nlu.ridge.Scores; those of a training line as if it had not been learned from
RANKING = "ranking"  # bot.nlu.ranking.Ranking

NORMALIZED = "normalized"
MENDED = "mended"
ASPECTS = "aspects"
MATTER = "matter"
MATTER_RANKING = "matter_ranking"
FAQ = "faq"
ELSEWHERE = "elsewhere"

OTHER = "_other"  # business or talk that is no matter of ours
SEVERAL = "several"  # fits several matters equally: “换地址需要哪些材料”
NONE = "_none"  # nothing named: “那费用呢”


@dataclass(frozen=True)
class Numbers(Generic[T]):
    """Features as they travel on a message; Rasa would print an array whole to hash it, a minute in all."""

    array: T

    def fingerprint(self) -> str:
        """Return a hash of the numbers."""
        return hashlib.md5(_bytes(self.array)).hexdigest()


def _bytes(array: Any) -> bytes:
    if sp.issparse(array):
        return bytes(array.indices.tobytes() + array.data.tobytes())
    return np.ascontiguousarray(array).tobytes()
