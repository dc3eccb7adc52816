"""One child process in a group of its own, so that nothing it starts outlives it or us."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Callable, Mapping, Optional, Sequence

from knowledge.settings import ROOT

PR_SET_PDEATHSIG = 1
LOOK_SECONDS = 0.05


class Child:
    """A started process that writes to its log."""

    def __init__(self, argv: Sequence[str], *, environ: Mapping[str, str], log: Path) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                argv,
                cwd=ROOT,
                env=dict(environ),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with(os.getpid()),
            )

    @property
    def exit_code(self) -> Optional[int]:
        """Return how it ended, None while it runs."""
        return self._process.poll()

    def wait(self) -> int:
        """Return how it ended, once it has."""
        return self._process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process and to everything it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)


def _die_with(parent: int) -> Callable[[], None]:
    """Return what makes the kernel end a child whose parent is killed; without Linux's prctl it does nothing."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)

    def prepare() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def stop(children: Sequence[Child], *, within: float) -> None:
    """Ask every child to end, and kill what is left after `within` seconds, strays of its group included."""
    for child in children:
        child.signal(signal.SIGTERM)
    end = time.monotonic() + within
    while time.monotonic() < end and any(child.exit_code is None for child in children):
        time.sleep(LOOK_SECONDS)
    for child in children:
        child.signal(signal.SIGKILL)
        child.wait()
