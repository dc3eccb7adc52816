"""What somebody tells in words that nobody wrote down, by likeness to everything that a matter's options are said by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Mapping, Optional, Sequence

import numpy as np

from knowledge.conversation import told, wordings
from knowledge.conversation.told import Label, Told
from knowledge.language import encoder
from knowledge.language.clauses import clauses
from knowledge.language.grams import Vocabulary
from knowledge.language.likeness import Array, Sentences, solve
from knowledge.language.normalize import simplify
from knowledge.values.guide import Matter, Option, SituationQuestion

# A reply to the very question: docs/adr/0005 has the figures behind every value.
LEAD = 0.1
LEAST = 0.3
# Told in passing.
SURE = 0.45
PENALTY = 0.4
# Vectors hardly know a “not”: where only one of two denies something, they are that much less alike.
ONE_DENIES = 0.5
SHORTEST = 2


def likest(question: SituationQuestion, text: str, *, matter: Matter, least: float = LEAST) -> Optional[str]:
    """Return the option that `text` surely means, None where it means none; only for a reply to this very question.

    What is more like an answer to another question of the `matter` answers neither.
    """
    if len(text) < SHORTEST:
        return None
    scores = max(_scores(matter, text), key=lambda scores: _best(scores, question.key)[0])
    best, lead, value = _best(scores, question.key)
    rival = max((score for (key, _), score in scores.items() if key != question.key), default=0.0)
    return value if best >= max(least, rival) and lead >= LEAD else None


def mentioned(matter: Matter, text: str) -> Mapping[str, str]:
    """Return the answers to the matter's questions that `text` tells in passing, by question."""
    if len(text) < SHORTEST or not matter.situations:
        return {}
    of_parts = _scores(matter, text)
    scores = {label: max(scores[label] for scores in of_parts) for label in of_parts[0]}
    found = ((question.key, *_best(scores, question.key)) for question in matter.situations)
    return {key: value for key, best, lead, value in found if best >= SURE and lead >= LEAD}


def _scores(matter: Matter, text: str) -> Sequence[Mapping[Label, float]]:
    return _scored(matter.code, _written(matter), text)


@lru_cache(maxsize=8)
def _scored(code: str, written: tuple[tuple[Label, str], ...], text: str) -> Sequence[Mapping[Label, float]]:
    """Kept for a moment: a turn holds its text against the open question, the whole case and the documents."""
    return _known(code, written).scores(text)


def _best(scores: Mapping[Label, float], key: str) -> tuple[float, float, str]:
    """Return the best score among the options of a question, its lead over the second, and the option."""
    own = sorted(((score, value) for (of, value), score in scores.items() if of == key), reverse=True)
    (best, value), (second, _) = (*own, (0.0, ""))[:2]
    return best, best - second, value


@dataclass(frozen=True)
class Known:
    """A ridge regression over all that is said of one matter: for a text, the score of every option of every question."""

    labels: tuple[Label, ...]
    vocabulary: Vocabulary
    sentences: Sentences
    denies: Array
    weights: Array

    def scores(self, text: str) -> Sequence[Mapping[Label, float]]:
        """Return about 1 for the options that are told and about 0 for all others: for the whole `text`, then for each of its clauses."""
        parts = [text, *clauses(text)]
        said = Sentences(grams=self.vocabulary.vectors(parts), vectors=encoder.encode(parts))
        alike = said.like(self.sentences) * _agreement(_denying(parts), self.denies)
        return [dict(zip(self.labels, map(float, row))) for row in alike @ self.weights]


@lru_cache(maxsize=64)
def _known(code: str, written: tuple[tuple[Label, str], ...]) -> Known:
    """Return what is known of a matter; one or two seconds the first time, kept after that."""
    said = (*(Told(wording, {label: 1.0}) for label, wording in written), *told.of(code))
    texts = [simplify(one.say) for one in said]
    labels = tuple(dict.fromkeys(label for label, _ in written))
    vocabulary = Vocabulary.fit(texts, seen_at_least=1)
    sentences = Sentences(grams=vocabulary.vectors(texts), vectors=encoder.encode(texts))
    targets = np.array([[one.tells.get(label, 0.0) for label in labels] for one in said], dtype=np.float32)
    denies = _denying(texts)
    weights, _ = solve(sentences.like(sentences) * _agreement(denies, denies), targets, np.full(len(texts), PENALTY, dtype=np.float32))
    return Known(labels, vocabulary, sentences, denies, weights)


def _denying(texts: Sequence[str]) -> Array:
    return np.array([wordings.negates(text) for text in texts], dtype=np.float32)


def _agreement(some: Array, others: Array) -> Array:
    agreement: Array = np.where(some[:, None] == others[None, :], 1.0, ONE_DENIES).astype(np.float32)
    return agreement


def _written(matter: Matter) -> tuple[tuple[Label, str], ...]:
    """Return every published wording with the option it stands for; patterns for numbers and journeys are nobody's words."""
    options = [((question.key, option.value), option) for question in matter.situations for option in question.options]
    return tuple((label, wording) for label, option in options for wording in _wordings(option))


def _wordings(option: Option) -> Sequence[str]:
    return [wording for wording in dict.fromkeys((option.text, *option.words)) if wordings.is_plain(wording)]
