"""This assistant, trained and started as `make run` does it, with what it takes and needs."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Callable, Iterator

from bot.launcher.preparation import prepare
from knowledge import settings
from knowledge.settings import Settings
from tests.bench import alone, installation, items, sentences
from tests.bench.figures import Figure, Figures, median
from tests.bench.measuring import Target, measure

Say = Callable[[str], None]
LAUNCHER = (sys.executable, "-m", "bot.launcher")
# `make run` once more this many times: the middle one counts.
STARTS = 3
NAMES = {"rasa": "rasa", "rasa_sdk": "actions", "bot.channels.web": "web", "bot.launcher": "launcher"}


def figures(folder: Path, *, say: Say) -> Figures:
    """Return everything measured of an installation made in `folder` for the purpose."""
    environ = installation.environment(folder)
    here = settings.load(environ)
    say("ours: training")
    trained = installation.finished((*LAUNCHER, "train"), environ=environ, log=_log(folder))
    prepare(here, say=say)
    say("ours: answering without Rasa")
    say("ours: a city's list")
    listed = items.figures(say=say)
    return {"train": Figure(trained), **alone.figures(here), **listed, **_served(environ, here, say=say)}


def _served(environ: dict[str, str], here: Settings, *, say: Say) -> Figures:
    starts = []
    for _ in range(STARTS - 1):
        say("ours: starting")
        with _started(environ, here) as seconds:
            starts.append(seconds)
    say("ours: starting and measuring")
    with _started(environ, here) as seconds:
        target = Target(here.rasa.url, parsed="understood", answered="answer", listed="checklist")
        return {"start": Figure(median([*starts, seconds])), **measure(target, say=say), **_memory()}


@contextmanager
def _started(environ: dict[str, str], here: Settings) -> Iterator[float]:
    """Start as `make run` does where everything is installed and trained; yield the seconds until the first answer."""
    log = _log(here.data_dir)
    with installation.running(LAUNCHER, environ=environ, log=log) as launcher:
        yield installation.first_answer(launcher, here.rasa.url, expect="answer", text=sentences.PROBE, log=log)


def _memory() -> Figures:
    used = installation.memory()
    each = {f"{NAMES[module]}_rss": Figure(rss) for module, (rss, _) in used.items() if module in NAMES}
    every = Figure(sum(pss for _, pss in used.values()))
    return {**each, "rasa_pss": Figure(used["rasa"][1]), "all_pss": every}


def _log(folder: Path) -> Path:
    return folder / "logs" / "launcher.log"
