"""The lists of `words.yml`, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@cache
def words(name: str) -> Any:
    """Return one list of `words.yml`."""
    return _file()[name]


@cache
def _file() -> Any:
    return YAML(typ="safe").load((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"))
