"""Fixtures: a Telegram process that many tests write to, one that a test starts and stops itself, and a chat."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Iterator

import pytest

from knowledge.store.engine import Engine
from tests import installation
from tests.fakes.rasa_rest import text_only
from tests.fakes.telegram_process import CHATS, World, opened, serving


@pytest.fixture(scope="module")
def shared(content: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Yield a running process with everything published, that most tests write to, each from a chat of its own."""
    data = tmp_path_factory.mktemp("telegram")
    installation.copied(content, data / "yjs.db")
    with ExitStack() as stack:
        world = opened(stack, data)
        stack.enter_context(serving(world.here.settings))
        yield world


@pytest.fixture
def world(shared: World) -> World:
    """Return the shared process in front of a Rasa that repeats what it hears."""
    shared.rasa.script, shared.rasa.broken = (lambda text: [text_only(f"答：{text}")]), False
    return shared


@pytest.fixture
def alone(content: Engine, tmp_path: Path) -> Iterator[World]:
    """Yield everything around a process, for tests that start, stop and kill it themselves."""
    data = tmp_path / "data"
    data.mkdir()
    installation.copied(content, data / "yjs.db")
    with ExitStack() as stack:
        yield opened(stack, data)


@pytest.fixture
def chat() -> int:
    """Return a chat that nobody has written from."""
    return next(CHATS)
