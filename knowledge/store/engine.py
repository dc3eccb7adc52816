"""The one engine of a process, and the schema brought up to date."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, Optional

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection as Connection
from sqlalchemy.engine import Engine as Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.pool import QueuePool, StaticPool

from knowledge.errors import SettingError, StoreUnavailable

BUSY_MS = 3000


def open_engine(url: str) -> Engine:
    """Return an engine for `url`; SQLite is opened so that readers never wait for a writer."""
    try:
        parsed = make_url(url)
    except sa.exc.ArgumentError as error:
        raise SettingError("YJS_DATABASE_URL is no SQLAlchemy URL. Give for example sqlite:////srv/yjs.db.") from error
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(url, future=True, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    # Kept connections: opening a SQLite file and tuning it costs more than most of our queries.
    engine = sa.create_engine(url, future=True, poolclass=_pool(parsed.database), connect_args={"check_same_thread": False})
    sa.event.listen(engine, "connect", _tune_sqlite)
    return engine


def masked_url(url: str) -> str:
    """Return a database URL fit to be shown: its password masked."""
    return str(make_url(url).render_as_string(hide_password=True))


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest version; what is there already stays."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with _reachable(), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yield a connection to read with; raise StoreUnavailable where the database does not answer."""
    with _reachable(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection whose work is committed whole or not at all; raise StoreUnavailable as `reading` does."""
    with _reachable(), engine.begin() as connection:
        yield connection


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        raise StoreUnavailable(f"the database does not answer: {error.orig}. Run `bin/yjs kb load`, then `bin/yjs doctor`.") from error


def _pool(database: Optional[str]) -> Any:
    return QueuePool if database and database != ":memory:" else StaticPool


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
