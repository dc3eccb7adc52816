"""How alike two sentences are, and ridge regression on likeness: what the trained and the live ranking stand on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.linalg import blas, cho_factor, lapack

Array = npt.NDArray[np.float32]
BLOCK = 1024


@dataclass(frozen=True)
class Sentences:
    """Sentences as numbers, one row each: n-gram vectors and encoder vectors, both of length 1."""

    grams: sp.csr_matrix
    vectors: Array

    def like(self, others: Sentences) -> Array:
        """Return one row a sentence, one column another: the product of their n-grams plus the square of that of their vectors."""
        alike: Array = np.square(self.vectors @ others.vectors.T)
        for start in range(0, len(alike), BLOCK):  # the sparse product of thousands by thousands is nearly full
            alike[start : start + BLOCK] += (self.grams[start : start + BLOCK] @ others.grams.T).toarray()
        return alike


def solve(likeness: Array, targets: Array, penalties: Array) -> tuple[Array, Array]:
    """Return (likeness + diagonal of penalties)⁻¹ · targets, and the diagonal of that inverse; `likeness` is used up."""
    likeness[np.diag_indices(len(likeness))] += penalties
    factor, _ = cho_factor(likeness.T, lower=True, overwrite_a=True, check_finite=False)
    inverse, failed = lapack.spotri(factor, lower=1, overwrite_c=1)
    if failed:
        raise ValueError(f"the likeness of {len(likeness)} sentences cannot be inverted. Raise the penalty.")
    weights = blas.ssymm(1.0, inverse, targets.astype(np.float32), lower=1)
    return np.ascontiguousarray(weights, dtype=np.float32), np.diagonal(inverse).astype(np.float32)
