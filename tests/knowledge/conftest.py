"""What the tests of `knowledge` share: the content folder, published once."""

from __future__ import annotations

import datetime as dt

import pytest

from knowledge.editing import publishing
from knowledge.store.engine import Engine, migrate, open_engine


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Return a database in which the content folder is published."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('kb') / 'kb.db'}")
    migrate(engine)
    publishing.load(engine, at=dt.datetime(2026, 11, 22, 9, 0))
    return engine
