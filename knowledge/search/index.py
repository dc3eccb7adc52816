"""The live ranking: a sentence's vector beside the vectors of every published name, alias and sample question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np

from knowledge.language import encoder
from knowledge.values.search import Candidate, Phrase

NEAREST = 3


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

    def rank(self, vector: encoder.Vectors) -> tuple[Candidate, ...]:
        """Return every matter with its likeness to `vector`: the mean of its nearest phrases, the very nearest doubly."""
        if not self.owners:
            return ()
        likeness = self.vectors @ vector
        by_matter: dict[str, list[int]] = {}
        for row in np.argsort(-likeness):
            rows = by_matter.setdefault(self.owners[row], [])
            if len(rows) < NEAREST:
                rows.append(int(row))
        return tuple(sorted((self._candidate(code, rows, likeness) for code, rows in by_matter.items()), key=lambda c: -c.score))

    def nearest_faq(self, code: str, vector: encoder.Vectors, at_least: float) -> str | None:
        """Return the id of the common question of `code` that is most like `vector`, if likeness reaches `at_least`."""
        rows = [row for row, owner in enumerate(self.owners) if owner == code and self.phrases[row].kind == "faq"]
        if not rows:
            return None
        likeness = self.vectors[rows] @ vector
        best = int(np.argmax(likeness))
        return self.phrases[rows[best]].ref if likeness[best] >= at_least else None

    def _candidate(self, code: str, rows: Sequence[int], likeness: encoder.Vectors) -> Candidate:
        weights = [2.0] + [1.0] * (len(rows) - 1)
        score = float(np.average(likeness[list(rows)], weights=weights))
        return Candidate(code=code, score=score, phrase=self.phrases[rows[0]].text)
