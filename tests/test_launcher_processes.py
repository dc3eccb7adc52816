"""The launcher with real child processes: small programs stand where Rasa and the others would."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, Iterator

import psutil
import pytest

from bot.launcher import health, ports
from bot.launcher.errors import NeverReady, PortsInUse
from bot.launcher.services import Service
from bot.launcher.supervisor import Patience, Supervisor
from knowledge.settings import ROOT, Listen

QUICK = Patience(ready=10, sound=60, shortest_pause=0.1, longest_pause=0.2, stop=0.4, look=0.02)
SLEEPER = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
PARENT = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); time.sleep(60)"
BROKEN = "import sys; print('no such model'); sys.exit(3)"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervise(tmp_path: Path, said: list[str]) -> Iterator[Callable[..., Supervisor]]:
    made: list[Supervisor] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def make(*services: Service, patience: Patience = QUICK) -> Supervisor:
        made.append(Supervisor(services, environ=os.environ, logs=tmp_path / "logs", say=said.append, patience=patience))
        return made[-1]

    yield make
    for supervisor in made:
        supervisor.stop()
    for number, handler in before.items():
        signal.signal(number, handler)


def program(name: str, code: str, health: str | None = None) -> Service:
    return Service(name, (sys.executable, "-c", code), health)


def web_server(name: str, port: int) -> Service:
    argv = (sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "--directory", "docs", str(port))
    return Service(name, argv, f"http://127.0.0.1:{port}/")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def process_of(service: str) -> psutil.Process:
    """Return the one child of this process whose command line holds `service`."""
    (found,) = [child for child in psutil.Process().children() if service in child.cmdline()]
    return found


def wait_for(fact: Callable[[], object], *, seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.02)


def running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_it_is_ready_when_every_service_answers(supervise: Callable[..., Supervisor], said: list[str]) -> None:
    one, two = web_server("one", free_port()), web_server("two", free_port())
    supervisor = supervise(one, two)
    supervisor.start()
    supervisor.wait_until_ready()
    assert health.answers(str(one.health)) and health.answers(str(two.health))
    assert sorted(line.split()[0] for line in said) == ["one", "two"]


def test_a_service_that_dies_at_the_start_is_told_with_its_last_lines(supervise: Callable[..., Supervisor]) -> None:
    supervisor = supervise(program("rasa", BROKEN, "http://127.0.0.1:9/"))
    supervisor.start()
    with pytest.raises(NeverReady, match=r"rasa ended with exit code 3[\s\S]*no such model"):
        supervisor.wait_until_ready()


def test_a_service_that_never_answers_is_told_after_a_while(supervise: Callable[..., Supervisor]) -> None:
    supervisor = supervise(program("web", SLEEPER, f"http://127.0.0.1:{free_port()}/"), patience=Patience(ready=0.3, stop=1))
    supervisor.start()
    with pytest.raises(NeverReady, match="web does not answer at http"):
        supervisor.wait_until_ready()


def test_a_service_that_is_killed_is_started_anew_and_said_to_answer_again(
    supervise: Callable[..., Supervisor], said: list[str]
) -> None:
    port = free_port()
    supervisor = supervise(web_server("web", port))
    supervisor.start()
    supervisor.wait_until_ready()
    first = process_of(str(port))
    first.kill()
    watch(supervisor, until=lambda: "web answers again" in said)
    assert any("web was ended by SIGKILL" in line and "started again" in line for line in said)
    assert process_of(str(port)).pid != first.pid


def test_a_service_that_keeps_dying_is_started_with_longer_pauses_up_to_a_bound(
    supervise: Callable[..., Supervisor], said: list[str]
) -> None:
    supervisor = supervise(program("rasa", BROKEN, "http://127.0.0.1:9/"), patience=QUICK)
    supervisor.start()
    watch(supervisor, until=lambda: len(said) >= 3)
    assert [line.rsplit("in ", 1)[1] for line in said[:3]] == ["0.1 s.", "0.2 s.", "0.2 s."]


def test_stopping_ends_everything_that_a_service_has_started(supervise: Callable[..., Supervisor]) -> None:
    supervisor = supervise(program("rasa", PARENT))
    supervisor.start()
    wait_for(lambda: len(process_of(PARENT).children()) == 1)
    pids = [process_of(PARENT).pid, process_of(PARENT).children()[0].pid]
    supervisor.stop()
    wait_for(lambda: not any(running(pid) for pid in pids))


def test_stopping_kills_what_does_not_listen(supervise: Callable[..., Supervisor], tmp_path: Path) -> None:
    supervisor = supervise(program("rasa", DEAF))
    supervisor.start()
    wait_for(lambda: "deaf" in (tmp_path / "logs" / "rasa.log").read_text())
    pid = process_of(DEAF).pid
    began = time.monotonic()
    supervisor.stop()
    assert QUICK.stop <= time.monotonic() - began < QUICK.stop + 1
    assert not running(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_children_do_not_outlive_a_launcher_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; from pathlib import Path; from bot.launcher.processes import Child;"
        f"Child([sys.executable, '-c', {SLEEPER!r}], environ=os.environ, log=Path({str(tmp_path / 'log')!r})); time.sleep(60)"
    )
    launcher = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    try:
        wait_for(lambda: psutil.Process(launcher.pid).children())
        (child,) = psutil.Process(launcher.pid).children()
    finally:
        launcher.kill()
        launcher.wait()
    wait_for(lambda: not running(child.pid))


def test_the_log_of_the_run_before_is_kept_aside(supervise: Callable[..., Supervisor], tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "rasa.log").write_text("yesterday")
    supervise(program("rasa", SLEEPER)).start()
    assert (tmp_path / "logs" / "rasa.log.1").read_text() == "yesterday"
    assert (tmp_path / "logs" / "rasa.log").read_text() == ""


def test_a_port_in_use_is_named_with_its_setting_and_a_next_step() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortsInUse, match=rf"Port {port} is in use .*YJS_RASA_LISTEN=127.0.0.1:{port + 1} make run"):
            ports.check({"YJS_RASA_LISTEN": Listen("127.0.0.1", port)})


def test_two_settings_with_one_port_are_found_before_anything_starts() -> None:
    same = Listen("127.0.0.1", free_port())
    with pytest.raises(PortsInUse, match="YJS_WEB_LISTEN"):
        ports.check({"YJS_RASA_LISTEN": same, "YJS_WEB_LISTEN": same})


def test_an_address_that_is_not_ours_is_said_so() -> None:
    with pytest.raises(PortsInUse, match=r"YJS_WEB_LISTEN=192\.0\.2\.1:8080 cannot be listened on"):
        ports.check({"YJS_WEB_LISTEN": Listen("192.0.2.1", 8080)})


def test_free_ports_are_no_trouble_and_stay_free() -> None:
    listen = Listen("127.0.0.1", free_port())
    ports.check({"YJS_WEB_LISTEN": listen})
    ports.check({"YJS_WEB_LISTEN": listen})


class Enough(Exception):
    """Ends `watch`, which goes on until something does."""


def watch(supervisor: Supervisor, *, until: Callable[[], bool], seconds: float = 10) -> None:
    """Let the supervisor watch until a fact is true, ended by an alarm as it would be by a signal."""
    end = time.monotonic() + seconds

    def look(*_: object) -> None:
        assert time.monotonic() < end, "it did not come true in time"
        if until():
            raise Enough

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
    try:
        with pytest.raises(Enough):
            supervisor.watch()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
