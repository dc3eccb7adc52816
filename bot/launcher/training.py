"""`rasa train` in a process of its own, with its progress shown."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Iterator, Mapping

from bot.launcher import processes
from bot.launcher.errors import TrainingFailed
from bot.launcher.processes import Child
from bot.launcher.report import Say, tail

STEP = re.compile(r"Starting to train component '(\w+)'")
STOP_SECONDS = 3.0
LOOK_SECONDS = 0.2
UNFINISHED = ".training-"


def train(target: Path, *, environ: Mapping[str, str], log: Path, say: Say) -> None:
    """Train into `target`, which appears whole or not at all; raise TrainingFailed with the end of the log."""
    for left_over in target.parent.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left_over)
    log.unlink(missing_ok=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=UNFINISHED) as folder:
        made = Path(folder) / target.name
        child = Child(_command(made), environ=environ, log=log)
        try:
            for step in _steps(child, log):
                say(f"  training {step} ({time.monotonic() - began:.0f} s)")
        finally:
            processes.stop([child], within=STOP_SECONDS)
        if child.exit_code or not made.exists():
            raise TrainingFailed(f"No model was trained (exit code {child.exit_code}). The end of {log}:\n{tail(log)}")
        made.replace(target)
    say(f"  trained in {time.monotonic() - began:.0f} s")


def _command(made: Path) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "rasa", "train", "--force", "--config", "config.yml", "--domain", "bot/domain"),
        # Validation reads everything once more; tests/test_training_lines.py looks at the data instead.
        *("--data", "nlu_data/intents", "nlu_data/rules", "--skip-validation"),
        *("--out", str(made.parent), "--fixed-model-name", made.name.removesuffix(".tar.gz")),
    )


def _steps(child: Child, log: Path) -> Iterator[str]:
    """Yield the name of every component as its training begins, until the process has ended."""
    with log.open(encoding="utf-8", errors="replace") as lines:
        while child.exit_code is None:
            yield from STEP.findall(lines.read())
            time.sleep(LOOK_SECONDS)
