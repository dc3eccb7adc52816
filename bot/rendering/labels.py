"""The labels of `labels.yml`, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Mapping

from ruamel.yaml import YAML


@lru_cache(maxsize=1)
def labels() -> Mapping[str, Any]:
    """Return all labels by name."""
    loaded: Mapping[str, Any] = YAML(typ="safe").load((Path(__file__).parent / "labels.yml").read_text(encoding="utf-8"))
    return loaded
