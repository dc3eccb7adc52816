"""The language data of `data.yml`, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Mapping

from ruamel.yaml import YAML


def says(text: str, cues: str) -> bool:
    """Tell whether one of the wordings listed under `cues` stands in `text`."""
    return any(cue in text for cue in data()[cues])


@lru_cache(maxsize=1)
def data() -> Mapping[str, Any]:
    """Return the lists of `data.yml`."""
    text = (Path(__file__).parent / "data.yml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = YAML(typ="safe").load(text)
    return loaded
