"""The whole database and the installation's secret in one file, and back."""

from __future__ import annotations

import datetime as dt
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Optional

from alembic.util.exc import CommandError
from sqlalchemy.engine import make_url

from knowledge.errors import Refused
from knowledge.settings import Settings
from knowledge.store.engine import migrate, open_engine
from knowledge.wording import tell

DATABASE, SECRET = "yjs.db", "secret"


def write(settings: Settings, target: Path) -> int:
    """Write everything to `target`, also while all processes run, and return its size in bytes.

    The file holds the secret: only its owner may read it. Raise Refused where it exists, or where the database is not SQLite.
    """
    database = _database(settings)
    if target.exists():
        raise Refused(tell("backup_exists", file=target))
    with tempfile.TemporaryDirectory(dir=target.resolve().parent) as folder:
        copy, packed = Path(folder) / DATABASE, Path(folder) / "packed"
        _copy(database, copy)
        _pack(packed, {DATABASE: copy, SECRET: settings.data_dir / SECRET})
        packed.chmod(0o600)
        packed.replace(target)
    return target.stat().st_size


def restore(settings: Settings, source: Path, *, at: dt.datetime) -> Optional[Path]:
    """Put a backup in place of what is there, whole or not at all; return where the former database, if any, was put aside.

    A backup of an older version is brought to the present schema before it takes its place.
    """
    database = _database(settings)
    database.parent.mkdir(parents=True, exist_ok=True)
    aside = database.with_name(f"{database.name}.before-{at:%Y%m%d-%H%M%S}") if database.exists() else None
    with tempfile.TemporaryDirectory(dir=database.parent) as folder:
        unpacked = _unpack(source, Path(folder))
        _bring_up_to_date(unpacked / DATABASE, source)
        if aside:
            _copy(database, aside)
        _copy(unpacked / DATABASE, database)
        if (unpacked / SECRET).exists():
            (unpacked / SECRET).replace(settings.data_dir / SECRET)
    return aside


def _database(settings: Settings) -> Path:
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise Refused(tell("backup_not_sqlite", backend=url.get_backend_name()))
    return Path(url.database)


def _pack(packed: Path, files: dict[str, Path]) -> None:
    with tarfile.open(packed, "w:gz") as archive:
        for name, path in files.items():
            if path.exists():
                archive.add(path, arcname=name)


def _unpack(source: Path, folder: Path) -> Path:
    try:
        with tarfile.open(source, "r:gz") as archive:
            for name in (DATABASE, SECRET):
                if name in archive.getnames():
                    content = archive.extractfile(name)
                    (folder / name).write_bytes(content.read() if content else b"")
                    (folder / name).chmod(0o600)
        _check(folder / DATABASE)
    except (tarfile.TarError, OSError, EOFError, sqlite3.DatabaseError) as error:
        raise Refused(tell("backup_broken", file=source, problem=error)) from error
    return folder


def _bring_up_to_date(database: Path, source: Path) -> None:
    engine = open_engine(f"sqlite:///{database}")
    try:
        migrate(engine)
    except CommandError as error:
        raise Refused(tell("backup_newer", file=source)) from error
    finally:
        engine.dispose()


def _copy(source: Path, target: Path) -> None:
    """Copy a database as one transaction, page by page, whoever else has either of them open."""
    with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as written:
        held.backup(written)


def _check(database: Path) -> None:
    """Raise DatabaseError where a copy is not whole."""
    if not database.exists():
        raise tarfile.ReadError(DATABASE)
    with closing(sqlite3.connect(database)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("integrity_check")
