"""What a sentence is like: ridge regression on its likeness to every training line (docs/adr/0005)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from knowledge.language import encoder
from knowledge.language.likeness import Array, Sentences, solve

ARRAYS = ("bias", "grams", "directions", "weights", "leverage")


@dataclass(frozen=True)
class Scores:
    """One sentence's scores: about 1 where it is quite like the lines of a label, about 0 where it is not."""

    labels: tuple[tuple[str, str], ...]
    row: Array

    def of(self, head: str) -> dict[str, float]:
        """Return the scores of the labels of one head: act, aspect or matter."""
        return {label: score for (owner, label), score in zip(self.labels, self.row.tolist()) if owner == head}

    def fingerprint(self) -> str:
        """Return a hash for Rasa, which would otherwise print the whole of it."""
        return hashlib.md5(self.row.tobytes()).hexdigest()


@dataclass(frozen=True)
class Ridge:
    """Weights for every (head, label): those of the n-grams summed up, those of the lines' vectors line by line.

    Vectors are compared along a few `directions` only: reading all of every line costs a sentence more than all else here together.
    """

    labels: tuple[tuple[str, str], ...]
    bias: Array
    grams: Array
    lines: npt.NDArray[np.float16]
    directions: Array
    weights: Array
    leverage: Array

    @classmethod
    def fit(cls, known: Sentences, heads: Mapping[str, Sequence[tuple[str, ...]]], *, penalty: float, dimensions: int) -> Ridge:
        """Return the regression of the labels of all heads on the lines; one solution serves every head."""
        labels = tuple((head, label) for head, rows in heads.items() for label in sorted({one for row in rows for one in row}))
        targets = np.array([[label in row for row in heads[head]] for head, label in labels], dtype=np.float32).T
        bias = targets.mean(axis=0)
        penalties = np.full(len(targets), penalty, dtype=np.float32)
        directions = _directions(known.vectors, dimensions)
        seen = Sentences(grams=known.grams, vectors=_along(directions, known.vectors))
        weights, diagonal = solve(seen.like(seen), targets - bias, penalties)
        summed = np.asarray(known.grams.T @ weights, dtype=np.float32)
        lines, leverage = known.vectors.astype(np.float16), penalties - 1 / diagonal
        return cls(labels=labels, bias=bias, grams=summed, lines=lines, directions=directions, weights=weights, leverage=leverage)

    def scores(self, sentences: Sentences) -> Array:
        """Return one row a sentence, one column a label."""
        alike = np.square(_along(self.directions, sentences.vectors) @ self._seen.T)
        return np.asarray(self.bias + sentences.grams @ self.grams + alike @ self.weights)

    def left_out(self, known: Sentences) -> Array:
        """Return the scores of the training lines, each as if it had not been learned from (exact, in closed form)."""
        return np.asarray(self.scores(known) + self.leverage[:, None] * self.weights)

    def save(self, folder: Path) -> None:
        """Write the weights into `folder`, in half precision."""
        np.savez(folder / "ridge.npz", lines=self.lines, **{name: getattr(self, name).astype(np.float16) for name in ARRAYS})
        (folder / "labels.json").write_text(json.dumps(self.labels), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Ridge:
        """Return what `save` wrote."""
        with np.load(folder / "ridge.npz", allow_pickle=False) as saved:
            arrays = {name: saved[name].astype(np.float32) for name in ARRAYS}
            lines = saved["lines"]
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        return cls(labels=tuple((head, label) for head, label in labels), lines=lines, **arrays)

    @cached_property
    def _seen(self) -> Array:
        """Return the lines as they are compared."""
        return _along(self.directions, self.lines)


@dataclass(frozen=True)
class Clauses:
    """The clauses of one sentence; scoring them costs an encoding, so that it waits until it is asked for."""

    ridge: Ridge
    texts: tuple[str, ...]
    weigh: Callable[[Sequence[str]], sp.csr_matrix]

    def scores(self) -> tuple[Scores, ...]:
        """Return the scores of every clause."""
        rows = self.ridge.scores(Sentences(grams=self.weigh(self.texts), vectors=encoder.encode(self.texts)))
        return tuple(Scores(self.ridge.labels, row) for row in rows)


def _directions(vectors: Array, count: int) -> Array:
    """Return as columns the directions in which `vectors` differ most."""
    _, found = np.linalg.eigh(vectors.T @ vectors)
    return np.ascontiguousarray(found[:, ::-1][:, :count], dtype=np.float32)


def _along(directions: Array, vectors: npt.NDArray[np.floating[Any]]) -> Array:
    """Return the parts of `vectors` along `directions`, each of length 1; those of an empty text stay zero."""
    parts = vectors @ directions
    lengths = np.linalg.norm(parts, axis=1, keepdims=True)
    return np.asarray(np.divide(parts, lengths, out=np.zeros_like(parts), where=lengths > 0))
