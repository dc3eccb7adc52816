"""The reference measured: trained where it has to be, started, asked the same as ours."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Callable, Mapping, Optional

from tests.bench import installation, sentences
from tests.bench.figures import Figure, Figures
from tests.bench.measuring import Target, measure
from tests.bench.reference import training

Say = Callable[[str], None]


def figures(folder: Path, *, kept: Optional[Figures], say: Say) -> Figures:
    """Return everything measured of the reference; a model in `folder` that fits is not trained again."""
    folder.mkdir(parents=True, exist_ok=True)
    model, environ = training.model(folder), environment(folder)
    trained = (kept or {}).get("train")
    if trained is None or not model.exists():
        say(f"reference: training with {training.LINES} lines (about ten minutes)")
        trained = Figure(training.train(model, environ=environ))
    if not (folder / "matters.tar.gz").exists():
        say("reference: training once more, on matters (about ten minutes)")
        training.train_matters(folder, environ=environ)
    say("reference: starting and measuring")
    return {"train": trained, **_served(model, environ=environ, log=folder / "reference.log", say=say)}


def environment(folder: Path) -> dict[str, str]:
    """Return this process's environment, with Rasa's files in `folder` and as many threads as it wants."""
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "MPLCONFIGDIR": str(folder / "matplotlib"),
        "RASA_CACHE_DIRECTORY": str(folder / "cache"),
    }


def _served(model: Path, *, environ: Mapping[str, str], log: Path, say: Say) -> Figures:
    (port,) = installation.free_ports(1)
    url = f"http://127.0.0.1:{port}"
    argv = (
        *(sys.executable, "-m", "rasa", "run", "--enable-api", "--interface", "127.0.0.1", "--port", str(port)),
        *("--model", str(model), "--credentials", str(training.HERE / "credentials.yml")),
        *("--endpoints", str(training.HERE / "endpoints.yml")),
    )
    with installation.running(argv, environ=environ, log=log) as rasa:
        started = installation.first_answer(rasa, url, expect="text", text=sentences.PROBE, log=log)
        measured = measure(Target(url, parsed="parse", answered="text", listed="text"), say=say)
        rss, pss = installation.memory()["rasa"]
        return {
            "start": Figure(started),
            **measured,
            "rasa_rss": Figure(rss),
            "rasa_pss": Figure(pss),
            "all_pss": Figure(pss),
        }
