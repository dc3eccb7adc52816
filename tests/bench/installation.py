"""Assistants in folders of their own, on ports of their own: what runs on this machine already is not touched."""

from __future__ import annotations

import os
import socket
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Iterator, Mapping, Optional, Sequence

import psutil  # type: ignore[import-untyped]  # ships no types
import requests

from bot.launcher import processes
from bot.launcher.processes import Child
from bot.launcher.report import tail
from tests.bench.replies import Judge, judge

MEGA = 1e6
START_SECONDS = 180.0
STOP_SECONDS = 12.0
LOOK_SECONDS = 0.05


def free_ports(count: int) -> tuple[int, ...]:
    """Return ports of the loopback that nobody listens on at this moment."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return tuple(probe.getsockname()[1] for probe in probes)


def environment(folder: Path) -> dict[str, str]:
    """Return this process's environment with every setting of ours replaced: all in `folder`, on free ports."""
    rasa, actions, web = (f"127.0.0.1:{port}" for port in free_ports(3))
    given = {name: value for name, value in os.environ.items() if not name.startswith("YJS_")}
    listens = {"YJS_RASA_LISTEN": rasa, "YJS_ACTIONS_LISTEN": actions, "YJS_WEB_LISTEN": web}
    return {**given, "YJS_DATA_DIR": str(folder), **listens}


def finished(argv: Sequence[str], *, environ: Mapping[str, str], log: Path) -> float:
    """Return the seconds that a command takes; raise RuntimeError with the end of its log where it fails."""
    began = time.monotonic()
    child = Child(argv, environ=environ, log=log)
    try:
        code = child.wait()
    finally:
        processes.stop([child], within=STOP_SECONDS)
    if code:
        raise RuntimeError(f"{' '.join(argv[1:4])} ended with exit code {code}. The end of its log:\n{tail(log)}")
    return time.monotonic() - began


@contextmanager
def running(argv: Sequence[str], *, environ: Mapping[str, str], log: Path) -> Iterator[Child]:
    """Start a command, and end it and everything it started afterwards."""
    child = Child(argv, environ=environ, log=log)
    try:
        yield child
    finally:
        processes.stop([child], within=STOP_SECONDS)


def first_answer(child: Child, url: str, *, expect: str, text: str, log: Path) -> float:
    """Return the seconds from now until a citizen gets a real answer; raise RuntimeError where none comes."""
    began = time.monotonic()
    with requests.Session() as session:
        session.trust_env = False
        while wrong := _fault(session, url, text, judge(expect)):
            if child.exit_code is not None or time.monotonic() - began > START_SECONDS:
                raise RuntimeError(f"{url} gives no real answer: {wrong}. The end of the log:\n{tail(log)}")
            time.sleep(LOOK_SECONDS)
    return time.monotonic() - began


def memory() -> dict[str, tuple[float, float]]:
    """Return RSS and PSS in MB of every Python program below this process, by its module."""
    return {
        module: _memory_of(process)
        for process in psutil.Process().children(recursive=True)
        if (module := _module(process))
    }


def _memory_of(process: psutil.Process) -> tuple[float, float]:
    used = process.memory_full_info()
    return used.rss / MEGA, used.pss / MEGA


def _module(process: psutil.Process) -> str:
    """Return what stands after `-m`, nothing where there is none."""
    argv = process.cmdline()
    return argv[argv.index("-m") + 1] if "-m" in argv[:-1] else ""


def _fault(session: requests.Session, url: str, text: str, check: Judge) -> Optional[str]:
    body = {"sender": "bench-first", "message": text}
    try:
        response = session.post(f"{url}/webhooks/rest/webhook", json=body, timeout=5)
    except requests.RequestException as error:
        return type(error).__name__
    return check(response.status_code, response.content)[1]
