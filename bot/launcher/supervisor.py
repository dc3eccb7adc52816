"""Keeps the services running: starts them together, waits until they answer, starts anew what dies, stops all."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Optional, Sequence

from bot.launcher import health, processes
from bot.launcher.errors import NeverReady
from bot.launcher.processes import Child
from bot.launcher.report import Say, tail
from bot.launcher.services import Service


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds."""

    ready: float = 180.0
    # A process that ran this long is taken to be sound again: the next pause starts from the shortest.
    sound: float = 60.0
    shortest_pause: float = 1.0
    longest_pause: float = 30.0
    stop: float = 8.0
    look: float = 0.2


class Keeper:
    """One service with its process."""

    def __init__(self, service: Service, *, environ: Mapping[str, str], logs: Path, say: Say, patience: Patience) -> None:
        self.service = service
        self.log = logs / f"{service.name}.log"
        self._environ = environ
        self._say = say
        self._patience = patience
        self._pause = patience.shortest_pause
        self._started_at = 0.0
        self._restart_at: Optional[float] = None
        self._proved = False
        self.child: Optional[Child] = None

    def start(self) -> None:
        """Start the process."""
        self.child = Child(self.service.argv, environ=self._environ, log=self.log)
        self._started_at, self._restart_at, self._proved = time.monotonic(), None, False

    @property
    def died_with(self) -> Optional[int]:
        """Return the exit code of the process, None while it runs."""
        return self.child.exit_code if self.child else None

    def prove(self) -> bool:
        """Tell whether the process has answered since it was started, asking it where it has not."""
        if not self._proved:
            self._proved = self.service.health is None or health.answers(self.service.health)
        return self._proved

    def mind(self) -> None:
        """Start the process anew, after a pause that doubles, where it has died; say when it answers again."""
        if self._restart_at is not None:
            if time.monotonic() >= self._restart_at:
                self.start()
        elif self.died_with is not None:
            self._put_off()
        elif not self._proved and self.prove():
            self._say(f"{self.service.name} answers again")

    def _put_off(self) -> None:
        now = time.monotonic()
        if now - self._started_at >= self._patience.sound:
            self._pause = self._patience.shortest_pause
        self._restart_at = now + self._pause
        self._say(f"{describe_death(self)}\nIt is started again in {self._pause:g} s.")
        self._pause = min(2 * self._pause, self._patience.longest_pause)


class Supervisor:
    """All services of the installation."""

    def __init__(
        self, services: Sequence[Service], *, environ: Mapping[str, str], logs: Path, say: Say, patience: Patience = Patience()
    ) -> None:
        self._keepers = [
            Keeper(service, environ=environ, logs=logs, say=say, patience=patience) for service in services
        ]
        self._say = say
        self._patience = patience
        self._began = 0.0

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start every process, all at once."""
        self._began = time.monotonic()
        for keeper in self._keepers:
            _set_aside(keeper.log)
            keeper.start()

    def wait_until_ready(self) -> None:
        """Return once every process answers; raise NeverReady where one dies or takes too long."""
        waiting = list(self._keepers)
        while waiting:
            for keeper in waiting:
                if keeper.died_with is not None:
                    raise NeverReady(f"{describe_death(keeper)}\nMend what the lines say and run `make run` again.")
            for keeper in [keeper for keeper in waiting if keeper.prove()]:
                self._say(f"  {keeper.service.name} answers ({time.monotonic() - self._began:.1f} s)")
                waiting.remove(keeper)
            self._check_patience(waiting, waited=time.monotonic() - self._began)
            time.sleep(self._patience.look)

    def _check_patience(self, waiting: Sequence[Keeper], *, waited: float) -> None:
        if waiting and waited > self._patience.ready:
            keeper = waiting[0]
            raise NeverReady(
                f"{keeper.service.name} does not answer at {keeper.service.health} after {waited:.0f} s. The end of {keeper.log}:\n"
                f"{tail(keeper.log)}\nMend what the lines say and run `make run` again."
            )

    def watch(self) -> None:
        """Keep every process running, until a signal ends it."""
        while True:
            for keeper in self._keepers:
                keeper.mind()
            time.sleep(self._patience.look)

    def stop(self) -> None:
        """End every process; further signals are ignored meanwhile, so that none is left over."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        children = [keeper.child for keeper in self._keepers if keeper.child]
        processes.stop(children, within=self._patience.stop)


def describe_death(keeper: Keeper) -> str:
    """Return how a process ended, and the end of its log."""
    code = keeper.died_with or 0
    how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
    return f"{keeper.service.name} {how}. The end of {keeper.log}:\n{tail(keeper.log)}"


def _set_aside(log: Path) -> None:
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
