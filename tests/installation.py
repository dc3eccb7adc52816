"""The whole assistant, started as `make run` starts it, on data and ports of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Iterator, Mapping

import requests

from knowledge.settings import ROOT, Listen
from knowledge.store.engine import Engine

START_SECONDS = 180.0


@dataclass(frozen=True)
class Installation:
    """A running assistant."""

    rasa: str
    web: str
    data: Path
    environ: Mapping[str, str]

    def say(self, text: str, *, sender: str) -> dict[str, Any]:
        """Return the one reply to a message over REST."""
        response = requests.post(f"{self.rasa}/webhooks/rest/webhook", json={"sender": sender, "message": text}, timeout=20)
        assert response.status_code == 200, response.text
        (reply,) = response.json()
        return dict(reply)

    def understand(self, text: str) -> dict[str, Any]:
        """Return the parse of a sentence."""
        return dict(requests.post(f"{self.rasa}/model/parse", json={"text": text}, timeout=20).json())

    def yjs(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the terminal on the same data."""
        argv = [sys.executable, "-m", "bot.channels.terminal", *arguments]
        return subprocess.run(argv, cwd=ROOT, env=dict(self.environ), capture_output=True, text=True, timeout=60, check=False)


def copied(published: Engine, path: Path) -> None:
    """Write a copy of a published SQLite database to `path`."""
    with published.connect() as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{path}'")


def running(model: Path, *, data: Path, ports: tuple[int, int, int], more: Mapping[str, str] = MappingProxyType({})) -> Iterator[Installation]:
    """Start everything with `model` and the settings in `more`, yield it once it answers, and stop it."""
    (data / "models").mkdir(parents=True)
    shutil.copy(model, data / "models" / model.name)
    rasa, actions, web = (Listen("127.0.0.1", port) for port in ports)
    environ = {
        **{name: content for name, content in os.environ.items() if not name.startswith("YJS_")},
        "YJS_DATA_DIR": str(data),
        "YJS_RASA_LISTEN": f"{rasa.host}:{rasa.port}",
        "YJS_ACTIONS_LISTEN": f"{actions.host}:{actions.port}",
        "YJS_WEB_LISTEN": f"{web.host}:{web.port}",
        **more,
    }
    with (data / "launcher.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "bot.launcher"], cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        _wait(process, f"{web.url}/healthz", data / "launcher.log")
        yield Installation(rasa=rasa.url, web=web.url, data=data, environ=environ)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    began = time.monotonic()
    while time.monotonic() - began < START_SECONDS:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            if requests.get(url, timeout=2).status_code == 200:
                return
        except requests.RequestException:
            pass
        time.sleep(0.3)
    raise AssertionError(log.read_text(encoding="utf-8"))
