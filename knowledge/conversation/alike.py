"""Which option of the open question a reply means, by likeness to everything that its matter's options are said by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Mapping, Optional, Sequence

import numpy as np

from knowledge.conversation import wordings
from knowledge.language import encoder
from knowledge.language.clauses import clauses
from knowledge.language.grams import Vocabulary
from knowledge.language.likeness import Array, Sentences, solve
from knowledge.language.normalize import simplify
from knowledge.values.guide import Option, SituationQuestion

# Each wording scored as if it had not been known: 91 % taken at this lead, 94.5 % of them rightly (nearest wording: 67 %, 92 %).
LEAD = 0.1
LEAST = 0.3
PENALTY = 0.4
# Vectors hardly know a “not”: where only one of two denies something, they are that much less alike.
ONE_DENIES = 0.5
SHORTEST = 2
Label = tuple[str, str]


def likest(question: SituationQuestion, text: str, *, matter: Sequence[SituationQuestion]) -> Optional[str]:
    """Return the option that `text` surely means, None where it means none; only for a reply to this very question.

    What is more like an answer to another question of the `matter` answers neither.
    """
    if len(text) < SHORTEST:
        return None
    known = _known(tuple((one.key, option.value, wording) for one in matter for option in one.options for wording in _written(option)))
    scores = max((known.scores(part) for part in (text, *clauses(text))), key=lambda scores: _best(scores, question.key)[0])
    best, lead, value = _best(scores, question.key)
    rival = max((score for (key, _), score in scores.items() if key != question.key), default=0.0)
    return value if best >= max(LEAST, rival) and lead >= LEAD else None


def _best(scores: Mapping[Label, float], key: str) -> tuple[float, float, str]:
    """Return the best score among the options of a question, its lead over the second, and the option."""
    own = sorted(((score, value) for (of, value), score in scores.items() if of == key), reverse=True)
    (best, value), (second, _) = (*own, (0.0, ""))[:2]
    return best, best - second, value


@dataclass(frozen=True)
class Known:
    """A ridge regression over the wordings of one matter: for a text, the score of every option of every question."""

    labels: tuple[Label, ...]
    vocabulary: Vocabulary
    sentences: Sentences
    denies: Array
    weights: Array

    def scores(self, text: str) -> Mapping[Label, float]:
        """Return about 1 for the option that `text` says, about 0 for every other."""
        said = Sentences(grams=self.vocabulary.vectors([text]), vectors=encoder.encode([text]))
        alike = said.like(self.sentences) * _agreement(_denying([text]), self.denies)
        return dict(zip(self.labels, map(float, (alike @ self.weights)[0])))


@lru_cache(maxsize=64)
def _known(said: tuple[tuple[str, str, str], ...]) -> Known:
    """Return what is known of a matter; half a second the first time, kept after that."""
    texts = [simplify(wording) for _, _, wording in said]
    labels = tuple(dict.fromkeys((key, value) for key, value, _ in said))
    vocabulary = Vocabulary.fit(texts, seen_at_least=1)
    sentences = Sentences(grams=vocabulary.vectors(texts), vectors=encoder.encode(texts))
    targets = np.array([[label == (key, value) for label in labels] for key, value, _ in said], dtype=np.float32)
    denies = _denying(texts)
    weights, _ = solve(sentences.like(sentences) * _agreement(denies, denies), targets, np.full(len(texts), PENALTY, dtype=np.float32))
    return Known(labels, vocabulary, sentences, denies, weights)


def _denying(texts: Sequence[str]) -> Array:
    return np.array([wordings.negates(text) for text in texts], dtype=np.float32)


def _agreement(some: Array, others: Array) -> Array:
    agreement: Array = np.where(some[:, None] == others[None, :], 1.0, ONE_DENIES).astype(np.float32)
    return agreement


def _written(option: Option) -> Sequence[str]:
    return [wording for wording in dict.fromkeys((option.text, *option.words)) if not wordings.GAP.search(wording)]
