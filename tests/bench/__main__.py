"""`make bench`: measures, prints a table, keeps it in results/bench.json; with `REFERENCE=1` the reference is measured too."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from pathlib import Path
from typing import Optional

from bot.launcher.report import say
from knowledge import settings
from knowledge.settings import ROOT
from tests.bench import machine, ours, results
from tests.bench.figures import Figures
from tests.bench.reference import serving, training
from tests.bench.results import Result
from tests.bench.table import missed, table

RESULTS = ROOT / "results" / "bench.json"
BUSY = 0.5


def main() -> int:
    """Run the bench; 1 where a bar is missed."""
    busy = _busy()
    kept = settings.load().data_dir / "bench"
    reference = _reference(kept, busy) if os.environ.get("REFERENCE") else results.read(kept / "reference.json")
    mine = _ours(busy)
    results.write(RESULTS, {"ours": mine, "reference": reference})
    # The folder ignores itself: what was measured here belongs to this machine, not to the project.
    (RESULTS.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    print(report(mine, reference))
    return 1 if missed(mine.figures) else 0


def report(mine: Result, reference: Optional[Result]) -> str:
    """Return the machine, the table and what the reference is."""
    said = ", ".join([*mine.machine.values(), f"load {mine.load:.1f} before"])
    return f"{mine.date}: {said}\n\n{table(mine.figures, reference.figures if reference else None)}\n\n{_explain(mine, reference)}"


def _explain(mine: Result, reference: Optional[Result]) -> str:
    if reference is None:
        return "The reference was not trained here: `make bench REFERENCE=1` does it, once (about ten minutes)."
    where = (
        "here" if reference.machine == mine.machine else f"ON ANOTHER MACHINE ({', '.join(reference.machine.values())})"
    )
    return (
        f"Reference: Rasa's default pipeline for Chinese (DIET, TED and UnexpecTED, 100 epochs), {training.LINES} of our lines, "
        f"fixed texts instead of actions; measured {where} on {reference.date}, load {reference.load:.1f} before."
    )


def _ours(busy: float) -> Result:
    with tempfile.TemporaryDirectory(prefix="yjs-bench-") as folder:
        return _result(ours.figures(Path(folder), say=say), busy)


def _reference(kept: Path, busy: float) -> Result:
    before = results.read(kept / "reference.json")
    result = _result(serving.figures(kept, kept=before.figures if before else None, say=say), busy)
    results.write(kept / "reference.json", result)
    return result


def _result(figures: Figures, busy: float) -> Result:
    return Result(dt.date.today().isoformat(), machine.describe(), busy, figures)


def _busy() -> float:
    load = machine.load()
    if load > BUSY:
        say(f"this machine is busy with other work (load {load:.1f}): the figures will be worse than they are")
    return load


if __name__ == "__main__":
    sys.exit(main())
