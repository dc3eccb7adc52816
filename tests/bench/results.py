"""What is kept of a run, and read again for the next one."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Mapping, Optional

from tests.bench.figures import Figure, Figures


@dataclass(frozen=True)
class Result:
    """The figures of one assistant, with the day and the machine they belong to, and how busy that was beforehand."""

    date: str
    machine: Mapping[str, str]
    load: float
    figures: Figures


def read(path: Path) -> Optional[Result]:
    """Return the result kept at `path`, None where there is none."""
    if not path.exists():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    figures = {name: Figure(**figure) for name, figure in kept["figures"].items()}
    return Result(kept["date"], kept["machine"], kept["load"], figures)


def write(path: Path, result: object) -> None:
    """Keep a result, or results by name, as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, default=asdict, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
