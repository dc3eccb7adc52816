"""The evaluation sets of nlu_data/evaluation, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional

from ruamel.yaml import YAML

from knowledge.settings import ROOT

FOLDER = ROOT / "nlu_data" / "evaluation"
AMBIGUOUS = "ambiguous"
# What to choose by, and what to report with. The second file of each holds what the first had too little of: ambiguous on purpose,
# several questions, dialects, homophones, dictation, mixed tongues; written later, by somebody who had seen neither the first nor the model.
SETS = {"dev": ("dev", "varieties_dev"), "test": ("test", "varieties_test")}


@dataclass(frozen=True)
class Line:
    """A sentence and what is right for it; `matters` are all right answers, none where no matter is meant."""

    text: str
    variety: str
    act: str
    aspects: frozenset[str]
    matters: tuple[str, ...]
    ambiguous: bool

    @property
    def in_scope(self) -> bool:
        """Tell whether it means one matter of ours."""
        return bool(self.matters) and not self.ambiguous


@dataclass(frozen=True)
class Named:
    """Something that stands in a sentence; `value` where it is known what it has to be read as."""

    kind: str
    text: str
    value: Optional[str] = None


@dataclass(frozen=True)
class Naming:
    """A sentence and everything that is named in it."""

    text: str
    named: tuple[Named, ...]


def read(name: str, folder: Path = FOLDER) -> tuple[Line, ...]:
    """Return the lines of the set `name`."""
    return tuple(_line(raw) for file in SETS[name] for raw in _rows(folder / f"{file}.yml"))


def read_entities(folder: Path = FOLDER) -> tuple[Naming, ...]:
    """Return the sentences in which something is named."""
    return tuple(
        Naming(raw["text"], tuple(Named(**{key: str(value) for key, value in one.items()}) for one in raw["find"]))
        for raw in _rows(folder / "entities.yml")
    )


def _rows(path: Path) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return rows


def _line(raw: Mapping[str, Any]) -> Line:
    named = [raw["matter"]] if raw["matter"] not in ("none", None, AMBIGUOUS) else []
    return Line(
        text=str(raw["text"]),
        variety=raw["variety"],
        act=raw["intent"],
        aspects=frozenset(raw.get("aspects") or ()),
        matters=tuple(code for code in (*named, *(raw.get("or_matter") or ())) if code not in ("none", AMBIGUOUS)),
        ambiguous=raw["matter"] == AMBIGUOUS,
    )
