"""The mutations, from the tables beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from knowledge.settings import ROOT

HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """One line of `file` that becomes another one, and the test that must notice."""

    name: str
    file: str
    old: str
    new: str
    test: str

    def applied(self, root: Path = ROOT) -> str:
        """Return the file with the fault in it; raise ValueError where the line is not there once."""
        text = (root / self.file).read_text(encoding="utf-8")
        if text.count(self.old) != 1:
            raise ValueError(f"{self.name}: {self.old!r} stands {text.count(self.old)} times in {self.file}, has to stand once")
        return text.replace(self.old, self.new)


def read() -> tuple[Mutation, ...]:
    """Return all mutations, table by table."""
    rows = [row for path in sorted(HERE.glob("*.yml")) for row in YAML(typ="safe").load(path.read_text(encoding="utf-8"))]
    return tuple(Mutation(**row) for row in rows)
