"""The live ranking: a sentence beside every published name, alias, sample and common question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Optional, Sequence

import numpy as np

from knowledge.language import encoder
from knowledge.language.grams import Vocabulary
from knowledge.language.homophones import pairs_of
from knowledge.language.likeness import Array, Sentences, solve
from knowledge.language.normalize import simplify
from knowledge.values.search import Candidate, Live, NearFaq, Phrase, Pointer

PENALTY = 0.4
# A matter's share of all phrases is taken out of its score; not more than this where hardly anything is published.
LARGEST_SHARE = 0.1
# What belongs elsewhere is told only where a sentence is surely that: its score, and the squared cosine of its nearest wording.
ELSEWHERE = 0.3
NEAR = 0.35
NAMES = ("name", "alias")


@dataclass(frozen=True)
class Index:
    """All phrases in force: `owners[i]` is the matter that the i-th phrase, and row i of `vectors`, means; it stands in the guide of `origins[i]`."""

    owners: tuple[str, ...]
    origins: tuple[str, ...]
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
        origins = tuple(code for code, _ in entries)
        published = set(origins)
        owners = tuple(phrase.to if phrase.to and phrase.to in published else code for code, phrase in entries)
        return cls(owners=owners, origins=origins, phrases=phrases, vectors=vectors)

    def read(self, vector: encoder.Vectors, *, text: str = "") -> Live:
        """Return every matter with its score, about 1 for its own phrases and 0 for what it is not, and where a sentence belongs that is none's.

        The n-grams of `text` (clean) count beside `vector`; without them the ranking is poorer.
        """
        if not self._codes:
            return Live(ranked=())
        vocabulary, of_grams, of_phrases = self._regression
        alike = np.square(self.vectors @ vector)
        scores = (vocabulary.vectors([text]) @ of_grams)[0] + alike @ of_phrases
        ranked = tuple(
            Candidate(code=self._codes[row], score=float(scores[row]), phrase=self._nearest(row, alike))
            for row in np.argsort(-scores[: len(self._codes)])
        )
        elsewhere = self._elsewhere(alike, beside=float(scores[-1]), best=ranked[0].score)
        return Live(ranked=ranked, named=self._named(text), elsewhere=elsewhere)

    def rank(self, vector: encoder.Vectors, *, text: str = "") -> tuple[Candidate, ...]:
        """Return the matters of `read` alone."""
        return self.read(vector, text=text).ranked

    def _named(self, text: str) -> frozenset[str]:
        return frozenset(code for code, name in self._names if name in text)

    def _elsewhere(self, alike: Array, *, beside: float, best: float) -> Optional[Pointer]:
        """Return the line whose wording is nearest, where a sentence is more like what belongs elsewhere than like any matter."""
        if not self._foreign or beside < max(ELSEWHERE, best):
            return None
        row = max(self._foreign, key=lambda row: alike[row])
        return Pointer(matter=self.origins[row], line=str(self.phrases[row].ref)) if alike[row] >= NEAR else None

    def nearest_faq(self, code: str, vector: encoder.Vectors, at_least: float) -> Optional[NearFaq]:
        """Return the common question of `code` that is most like `vector`, if likeness reaches `at_least`."""
        rows = [row for row, owner in enumerate(self.owners) if owner == code and self.phrases[row].kind == "faq"]
        if not rows:
            return None
        likeness = self.vectors[rows] @ vector
        best = int(np.argmax(likeness))
        near = NearFaq(id=str(self.phrases[rows[best]].ref), likeness=round(float(likeness[best]), 3))
        return near if near.likeness >= at_least else None

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Return the pairs of characters in what is published: words that a trained model may not know."""
        return pairs_of([simplify(phrase.text) for phrase in self.phrases])

    @cached_property
    def _names(self) -> tuple[tuple[str, str], ...]:
        """Return every matter's names and aliases, clean."""
        names = ((owner, phrase) for owner, phrase in zip(self.owners, self.phrases) if phrase.kind in NAMES)
        return tuple((owner, simplify(phrase.text)) for owner, phrase in names)

    @cached_property
    def _foreign(self) -> tuple[int, ...]:
        """Return the rows of phrases that belong elsewhere: to no published matter, though they stand in a guide."""
        return tuple(row for row, phrase in enumerate(self.phrases) if phrase.kind == "elsewhere" and self.owners[row] != phrase.to)

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.owners))

    @cached_property
    def _rows(self) -> tuple[Any, ...]:
        """Return the phrases of each matter, in the order of `_codes`."""
        foreign = set(self._foreign)
        own = [owner if row not in foreign else None for row, owner in enumerate(self.owners)]
        return tuple(np.flatnonzero([owner == code for owner in own]) for code in self._codes)

    @cached_property
    def _regression(self) -> tuple[Vocabulary, Array, Array]:
        """Return the weights of n-grams and of phrases for every matter, and last for what belongs elsewhere.

        Solved in a tenth of a second after a publication.
        """
        texts = [simplify(phrase.text) for phrase in self.phrases]
        vocabulary = Vocabulary.fit(texts, seen_at_least=1)
        sentences = Sentences(grams=vocabulary.vectors(texts), vectors=self.vectors)
        targets = np.zeros((len(texts), len(self._codes) + 1), dtype=np.float32)
        for column, rows in enumerate((*self._rows, np.array(self._foreign, dtype=int))):
            targets[rows, column] = 1.0
        sizes = targets @ targets.sum(axis=0)
        shares = np.minimum(targets.mean(axis=0), LARGEST_SHARE)
        # A matter with many phrases is held back by as much, or it would draw everything.
        weights, _ = solve(sentences.like(sentences), targets - shares, PENALTY * sizes / sizes.mean())
        return vocabulary, np.asarray(sentences.grams.T @ weights), weights

    def _nearest(self, row: int, alike: Array) -> str:
        rows = self._rows[row]
        return str(self.phrases[rows[int(np.argmax(alike[rows]))]].text)
