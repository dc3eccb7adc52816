"""What a sentence is like: ridge regression on its likeness to every training line (docs/adr/0005)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.linalg import blas, cho_factor, lapack

Array = npt.NDArray[np.float32]
Scores = dict[str, dict[str, float]]
BLOCK = 1024


@dataclass(frozen=True)
class Sentences:
    """Sentences as numbers, one row each: n-gram vectors and encoder vectors."""

    grams: sp.csr_matrix
    vectors: Array


@dataclass(frozen=True)
class Ridge:
    """Weights for every (head, label): those of the n-grams summed up, those of the lines' vectors line by line."""

    labels: tuple[tuple[str, str], ...]
    bias: Array
    grams: Array
    lines: Array
    weights: Array
    leverage: Array

    @classmethod
    def fit(cls, known: Sentences, heads: Mapping[str, Sequence[tuple[str, ...]]], *, penalty: float) -> Ridge:
        """Return the ridge regression of all heads' labels on the likeness of lines; one solution serves all."""
        labels = tuple((head, label) for head, rows in heads.items() for label in sorted({one for row in rows for one in row}))
        targets = np.array([[label in row for head, label in labels for row in (heads[head][i],)] for i in range(len(known.vectors))])
        bias = targets.mean(axis=0, dtype=np.float32)
        weights, diagonal = _solve(_likeness(known), targets - bias, penalty)
        return cls(
            labels=labels,
            bias=bias,
            grams=np.asarray(known.grams.T @ weights, dtype=np.float32),
            lines=known.vectors,
            weights=weights,
            leverage=penalty - 1 / diagonal,
        )

    def scores(self, sentences: Sentences) -> Array:
        """Return one row a sentence, one column a label."""
        return np.asarray(self.bias + sentences.grams @ self.grams + (sentences.vectors @ self.lines.T) ** 2 @ self.weights)

    def left_out(self, known: Sentences) -> Array:
        """Return the scores of the training lines, each as if it had not been learned from (exact, in closed form)."""
        return self.scores(known) + self.leverage[:, None] * self.weights

    def by_head(self, row: Array) -> Scores:
        """Return one sentence's scores by head and label."""
        scores: Scores = {}
        for (head, label), score in zip(self.labels, row.tolist()):
            scores.setdefault(head, {})[label] = score
        return scores

    def save(self, folder: Path) -> None:
        """Write the weights into `folder`."""
        arrays = {name: getattr(self, name) for name in ("bias", "grams", "lines", "weights", "leverage")}
        np.savez(folder / "ridge.npz", **{name: array.astype(np.float16) for name, array in arrays.items()})
        (folder / "labels.json").write_text(json.dumps(self.labels), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Ridge:
        """Return what `save` wrote."""
        with np.load(folder / "ridge.npz", allow_pickle=False) as saved:
            arrays = {name: saved[name].astype(np.float32) for name in saved.files}
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        return cls(labels=tuple((head, label) for head, label in labels), **arrays)


def _likeness(known: Sentences) -> Array:
    """Return how alike every two lines are: the product of their n-grams and the square of that of their vectors."""
    likeness: Array = np.square(known.vectors @ known.vectors.T)
    for start in range(0, len(likeness), BLOCK):
        likeness[start : start + BLOCK] += (known.grams[start : start + BLOCK] @ known.grams.T).toarray()
    return likeness


def _solve(likeness: Array, targets: Array, penalty: float) -> tuple[Array, Array]:
    """Return (likeness + penalty)⁻¹ · targets and the diagonal of that inverse; `likeness` is used up."""
    likeness[np.diag_indices(len(likeness))] += penalty
    factor, _ = cho_factor(likeness.T, lower=True, overwrite_a=True, check_finite=False)
    inverse, failed = lapack.spotri(factor, lower=1, overwrite_c=1)
    if failed:
        raise ValueError(f"the likeness of {len(likeness)} lines cannot be inverted. Raise `penalty` in config.yml.")
    weights = blas.ssymm(1.0, inverse, targets.astype(np.float32), lower=1)
    return np.ascontiguousarray(weights), np.diagonal(inverse).copy()
