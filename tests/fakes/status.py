"""Fixtures: a fresh database with settings of its own, and the status service on the two fake platforms."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, Callable, Iterator, Mapping, Optional

import pytest
from ruamel.yaml import YAML

from knowledge import settings as all_settings
from knowledge.settings import Settings
from knowledge.status import platform_mapping
from knowledge.status.service import StatusService, build
from knowledge.store.engine import Engine, migrate, open_engine
from tests.fakes.platforms import AffairPlatform, FakePlatform, ProjectPlatform


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return an empty database with its schema, made once: migrating is slow."""
    path = tmp_path_factory.mktemp("migrated") / "yjs.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path.read_bytes()


@pytest.fixture
def settings(tmp_path: Path, migrated: bytes) -> Settings:
    """Return the settings of an installation of its own, on Friday 20 November 2026."""
    (tmp_path / "yjs.db").write_bytes(migrated)
    return all_settings.load({"YJS_DATA_DIR": str(tmp_path), "YJS_NOW": "2026-11-20T10:00:00", "YJS_SECRET": "一把钥匙"})


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """Yield the database of `settings`."""
    engine = open_engine(settings.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def affairs() -> Iterator[AffairPlatform]:
    """Yield a running REST platform."""
    with AffairPlatform() as platform:
        yield platform


@pytest.fixture
def projects() -> Iterator[ProjectPlatform]:
    """Yield a running form platform."""
    with ProjectPlatform() as platform:
        yield platform


@pytest.fixture
def connect(settings: Settings, engine: Engine, tmp_path: Path) -> Callable[..., StatusService]:
    """Return a function that builds the service on a platform, with its example mapping made to lose no time."""

    def connected(
        platform: FakePlatform, *, environ: Optional[Mapping[str, str]] = None, **changes: Any
    ) -> StatusService:
        name = "affair_rest.yml" if isinstance(platform, AffairPlatform) else "project_form.yml"
        mapping = YAML(typ="safe").load((platform_mapping.FOLDER / name).read_text(encoding="utf-8"))
        mapping |= {"timeouts": {"connect": 1, "read": 0.1}, "retries": {"total": 1, "backoff": 0}, **changes}
        path = tmp_path / name
        YAML(typ="safe").dump(mapping, path)
        real = dataclasses.replace(settings, status_url=platform.url + "/", status_mapping=path)
        return build(real, engine, environ=environ or {})

    return connected
