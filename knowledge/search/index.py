"""The live ranking: a sentence beside every published name, alias, sample and common question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Sequence

import numpy as np

from knowledge.language import encoder
from knowledge.language.grams import Vocabulary
from knowledge.language.likeness import Array, Sentences, solve
from knowledge.language.normalize import simplify
from knowledge.values.search import Candidate, Phrase

PENALTY = 0.4
# A matter's share of all phrases is taken out of its score; not more than this where hardly anything is published.
LARGEST_SHARE = 0.1


@dataclass(frozen=True)
class Index:
    """All phrases in force: `owners[i]` is the matter of the i-th phrase and of row i of `vectors`."""

    owners: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    vectors: encoder.Vectors

    @classmethod
    def build(cls, entries: Sequence[tuple[str, Phrase]]) -> Index:
        """Return an index over (matter code, phrase) pairs; phrases of another encoder are encoded anew."""
        current = encoder.name()
        phrases = tuple(phrase for _, phrase in entries)
        vectors = encoder.from_bytes([phrase.vector for phrase in phrases]).copy()
        stale = [row for row, phrase in enumerate(phrases) if phrase.encoder != current]
        if stale:
            vectors[stale] = encoder.encode([phrases[row].text for row in stale])
        return cls(owners=tuple(code for code, _ in entries), phrases=phrases, vectors=vectors)

    def rank(self, vector: encoder.Vectors, *, text: str = "") -> tuple[Candidate, ...]:
        """Return every matter with its score, about 1 for its own phrases and 0 for what it is not; with its nearest phrase.

        The n-grams of `text` (clean) count beside `vector`; without them the ranking is poorer.
        """
        if not self.owners:
            return ()
        vocabulary, of_grams, of_phrases = self._regression
        alike = np.square(self.vectors @ vector)
        scores = (vocabulary.vectors([text]) @ of_grams)[0] + alike @ of_phrases
        return tuple(
            Candidate(code=self._codes[row], score=float(scores[row]), phrase=self._nearest(row, alike)) for row in np.argsort(-scores)
        )

    def nearest_faq(self, code: str, vector: encoder.Vectors, at_least: float) -> str | None:
        """Return the id of the common question of `code` that is most like `vector`, if likeness reaches `at_least`."""
        rows = [row for row, owner in enumerate(self.owners) if owner == code and self.phrases[row].kind == "faq"]
        if not rows:
            return None
        likeness = self.vectors[rows] @ vector
        best = int(np.argmax(likeness))
        return self.phrases[rows[best]].ref if likeness[best] >= at_least else None

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.owners))

    @cached_property
    def _rows(self) -> tuple[Any, ...]:
        """Return the phrases of each matter, in the order of `_codes`."""
        return tuple(np.flatnonzero([owner == code for owner in self.owners]) for code in self._codes)

    @cached_property
    def _regression(self) -> tuple[Vocabulary, Array, Array]:
        """Return the weights of n-grams and of phrases for every matter: solved in a tenth of a second after a publication."""
        texts = [simplify(phrase.text) for phrase in self.phrases]
        vocabulary = Vocabulary.fit(texts, seen_at_least=1)
        sentences = Sentences(grams=vocabulary.vectors(texts), vectors=self.vectors)
        targets = np.array([[owner == code for code in self._codes] for owner in self.owners], dtype=np.float32)
        sizes = targets @ targets.sum(axis=0)
        shares = np.minimum(targets.mean(axis=0), LARGEST_SHARE)
        # A matter with many phrases is held back by as much, or it would draw everything.
        weights, _ = solve(sentences.like(sentences), targets - shares, PENALTY * sizes / sizes.mean())
        return vocabulary, np.asarray(sentences.grams.T @ weights), weights

    def _nearest(self, row: int, alike: Array) -> str:
        rows = self._rows[row]
        return str(self.phrases[rows[int(np.argmax(alike[rows]))]].text)
