"""Accounts of editors and of staff at the desk."""

from __future__ import annotations

import datetime as dt
from typing import Optional, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from knowledge.errors import NotOnFile
from knowledge.store import tables as t
from knowledge.store.engine import reading, writing
from knowledge.values.editing import Editor, Role


def put(engine: Engine, editor: Editor) -> None:
    """Add an account, or change the password and roles of the one of that name."""
    values = {
        "password_hash": editor.password_hash,
        "roles": list(editor.roles),
        "added_at": editor.added_at,
        "removed_at": editor.removed_at,
    }
    with writing(engine) as connection:
        changed = connection.execute(t.editor.update().where(t.editor.c.name == editor.name).values(**values))
        if not changed.rowcount:
            connection.execute(t.editor.insert().values(name=editor.name, **values))


def remove(engine: Engine, name: str, *, at: dt.datetime) -> None:
    """Close an account, keeping its name for the history; raise NotOnFile where there is none."""
    with writing(engine) as connection:
        open_one = sa.and_(t.editor.c.name == name, t.editor.c.removed_at.is_(None))
        if not connection.execute(t.editor.update().where(open_one).values(removed_at=at)).rowcount:
            raise NotOnFile(f"没有叫“{name}”的账号。用 yjs editor list 看有谁。")


def find(engine: Engine, name: str) -> Optional[Editor]:
    """Return the open account of that name."""
    return next((editor for editor in everybody(engine) if editor.name == name), None)


def everybody(engine: Engine) -> Sequence[Editor]:
    """Return every open account."""
    with reading(engine) as connection:
        rows = connection.execute(sa.select(t.editor).where(t.editor.c.removed_at.is_(None)).order_by(t.editor.c.name)).mappings()
        return tuple(Editor(**{**row, "roles": _roles(row["roles"])}) for row in rows)


def _roles(stored: Sequence[Role]) -> tuple[Role, ...]:
    return tuple(stored)
