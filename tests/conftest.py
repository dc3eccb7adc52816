"""What all tests share: the order, a trained model, and no network but this machine's own."""

from __future__ import annotations

import datetime as dt
import os
import socket
from pathlib import Path
from typing import Any, Iterator

import pytest

from bot.launcher import model
from bot.launcher.report import say
from bot.launcher.services import environment
from knowledge import settings
from knowledge.editing import publishing
from knowledge.store.engine import Engine, migrate, open_engine
from tests import installation
from tests.installation import Installation

SLOW_LAST = ("node", "model", "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the quick tests first: what they find need not wait for a model or a browser."""
    items.sort(key=lambda item: max((SLOW_LAST.index(name) + 1 for name in SLOW_LAST if item.get_closest_marker(name)), default=0))


@pytest.fixture(scope="session")
def trained_model() -> Path:
    """Return the model that fits this checkout, trained now where there is none (about a minute)."""
    here = settings.load()
    return model.ensure(here, environ=environment(here, given=os.environ), say=say)


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Return a database in which the content folder is published."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('kb') / 'kb.db'}")
    migrate(engine)
    publishing.load(engine, at=dt.datetime(2026, 11, 22, 9, 0))
    return engine


@pytest.fixture(scope="session")
def assistant(trained_model: Path, tmp_path_factory: pytest.TempPathFactory, unused_tcp_port_factory: Any) -> Iterator[Installation]:
    """Return the whole assistant, running."""
    ports = (unused_tcp_port_factory(), unused_tcp_port_factory(), unused_tcp_port_factory())
    yield from installation.running(trained_model, data=tmp_path_factory.mktemp("whole") / "data", ports=ports)


@pytest.fixture(scope="session", autouse=True)
def _no_network_but_loopback() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _refusing(getattr(socket.socket, name)))
        yield


def _refusing(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not _is_loopback(address[0]):
            raise AssertionError(f"a test wanted to reach {address}: only this machine may be reached")
        return connect(self, address)

    return guarded


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")
