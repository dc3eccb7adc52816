"""What the launcher tells the operator, one short line at a time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Callable

Say = Callable[[str], None]
TAIL_LINES = 15
TAIL_BYTES = 8192


def say(text: str) -> None:
    """Print one line at once, on standard error: standard output is for what programs read."""
    print(text, file=sys.stderr, flush=True)


def tail(path: Path) -> str:
    """Return the last lines of a log, indented."""
    with path.open("rb") as log:
        log.seek(max(0, path.stat().st_size - TAIL_BYTES))
        lines = log.read().decode(errors="replace").splitlines()[-TAIL_LINES:]
    return "\n".join(f"    {line}" for line in lines) or "    (the log is empty)"
