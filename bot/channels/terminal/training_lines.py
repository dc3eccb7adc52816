"""The training lines nearest to a sentence; their vectors are kept in the data folder, and only new lines are encoded."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Optional, Sequence

import numpy as np
from ruamel.yaml import YAML

from knowledge import settings
from knowledge.language import encoder, masks

FOLDER = settings.ROOT / "nlu_data" / "intents"


@dataclass(frozen=True)
class Line:
    """A training line with its labels; `matters` is empty where it names none, and holds None for business that is not ours."""

    text: str
    file: str
    act: str
    matters: tuple[Optional[str], ...]
    aspects: tuple[str, ...]


@dataclass(frozen=True)
class Near:
    """A training line and the cosine between it and a sentence."""

    line: Line
    likeness: float


def nearest(text: str, *, most: int, folder: Path, cache: Path) -> tuple[Near, ...]:
    """Return the lines of `folder` most like `text`, the nearest first; vectors are read from the file `cache` and written there."""
    lines = tuple(_lines(folder))
    alike = _vectors([masks.read(line.text).text for line in lines], cache) @ encoder.encode([masks.read(text).text])[0]
    return tuple(Near(lines[row], round(float(alike[row]), 3)) for row in np.argsort(-alike, kind="stable")[:most])


def _lines(folder: Path) -> Iterator[Line]:
    for path in sorted(folder.glob("*.yml")):
        for block in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["nlu"]:
            labels = block.get("metadata") or {}
            named = labels.get("matter", [])
            matters, aspects = tuple(named if isinstance(named, list) else [named]), tuple(labels.get("aspects") or ())
            for row in block["examples"].splitlines():
                yield Line(row.strip().removeprefix("- "), path.name, block["intent"], matters, aspects)


def _vectors(texts: Sequence[str], cache: Path) -> encoder.Vectors:
    by = encoder.name()
    keys = [hashlib.sha256(f"{by}\0{text}".encode()).hexdigest()[:32] for text in texts]
    known = _kept(cache)
    missing = sorted({key: text for key, text in zip(keys, texts) if key not in known}.items(), key=lambda pair: len(pair[1]))
    if missing:  # lines of about one length in one batch: twice as fast
        known.update(zip([key for key, _ in missing], encoder.encode([text for _, text in missing])))
        _keep({key: known[key] for key in keys}, cache)
    return np.stack([known[key] for key in keys]) if keys else encoder.from_bytes(())


def _kept(cache: Path) -> dict[str, encoder.Vectors]:
    if not cache.exists():
        return {}
    with np.load(cache, allow_pickle=False) as saved:
        return dict(zip(saved["keys"].tolist(), saved["vectors"].astype(np.float32)))


def _keep(vectors: dict[str, encoder.Vectors], cache: Path) -> None:
    """Write the file whole or not at all: two editors may ask at once."""
    cache.parent.mkdir(parents=True, exist_ok=True)
    unfinished = cache.with_name(f"{os.getpid()}-{cache.name}")
    np.savez(unfinished, keys=np.array(list(vectors)), vectors=np.stack(list(vectors.values())).astype(np.float16))
    unfinished.replace(cache)
