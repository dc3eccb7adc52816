"""Changed matters on their way to be published."""

from __future__ import annotations

import datetime as dt
from typing import Any, Optional, Sequence

import sqlalchemy as sa
from pydantic import parse_obj_as
from sqlalchemy.engine import Connection, Engine

from knowledge.errors import NotOnFile
from knowledge.store import history
from knowledge.store import tables as t
from knowledge.store.engine import reading, writing
from knowledge.store.matters import fingerprint, plain
from knowledge.values.editing import Did, Draft, DraftState, Event
from knowledge.values.guide import Matter

OPEN: tuple[DraftState, ...] = ("submitted", "accepted")


def submit(engine: Engine, matters: Sequence[Matter], *, author: str, why: str, at: dt.datetime) -> tuple[int, ...]:
    """Put drafts on file, all of them or none, and return their numbers; an open draft of the same matter is withdrawn."""
    with writing(engine) as connection:
        return tuple(_submit(connection, matter, author=author, why=why, at=at) for matter in matters)


def get(engine: Engine, number: int) -> Draft:
    """Return one draft; raise NotOnFile where there is none of that number."""
    with reading(engine) as connection:
        row = connection.execute(sa.select(t.draft).where(t.draft.c.pk == number)).mappings().first()
    if row is None:
        raise NotOnFile(f"没有第 {number} 号稿子。用 yjs kb drafts 看有哪些。")
    return _draft(row)


def waiting(engine: Engine) -> tuple[Draft, ...]:
    """Return the drafts that somebody still has to review or publish, oldest first."""
    with reading(engine) as connection:
        rows = connection.execute(sa.select(t.draft).where(t.draft.c.state.in_(OPEN)).order_by(t.draft.c.pk)).mappings().all()
    return tuple(_draft(row) for row in rows)


def accepted_by(engine: Engine, content: str) -> Optional[Draft]:
    """Return the accepted draft whose content has that fingerprint."""
    same = sa.and_(t.draft.c.fingerprint == content, t.draft.c.state == "accepted")
    with reading(engine) as connection:
        row = connection.execute(sa.select(t.draft).where(same).order_by(t.draft.c.pk.desc())).mappings().first()
    return _draft(row) if row else None


def judge(engine: Engine, number: int, *, state: DraftState, did: Did, who: str, remark: Optional[str], at: dt.datetime) -> None:
    """Write down what a reviewer decided about a draft."""
    with writing(engine) as connection:
        this = t.draft.c.pk == number
        code = connection.execute(sa.select(t.draft.c.code).where(this)).scalar_one()
        values = {"state": state, "reviewer": who, "reviewed_at": at, "remark": remark}
        connection.execute(t.draft.update().where(this).values(**values))
        history.record(connection, Event(at=at, who=who, did=did, code=code, draft=number, why=remark))


def _submit(connection: Connection, matter: Matter, *, author: str, why: str, at: dt.datetime) -> int:
    _withdraw_older(connection, matter.code, author, at)
    values = {
        "code": matter.code,
        "content": plain(matter),
        "fingerprint": fingerprint(matter),
        "base_version": _last_version(connection, matter.code),
        "author": author,
        "why": why,
        "submitted_at": at,
        "state": "submitted",
    }
    number = int(connection.execute(t.draft.insert().values(**values)).inserted_primary_key[0])
    history.record(connection, Event(at=at, who=author, did="submitted", code=matter.code, draft=number, why=why))
    return number


def _withdraw_older(connection: Connection, code: str, author: str, at: dt.datetime) -> None:
    older = sa.and_(t.draft.c.code == code, t.draft.c.author == author, t.draft.c.state.in_(OPEN))
    for (number,) in connection.execute(sa.select(t.draft.c.pk).where(older)).all():
        connection.execute(t.draft.update().where(t.draft.c.pk == number).values(state="withdrawn"))
        history.record(connection, Event(at=at, who=author, did="withdrawn", code=code, draft=number, why="交了新稿"))


def _last_version(connection: Connection, code: str) -> int:
    newest = sa.select(sa.func.coalesce(sa.func.max(t.matter.c.version), 0)).where(t.matter.c.code == code)
    return int(connection.execute(newest).scalar_one())


def _draft(row: Any) -> Draft:
    fields = {key: row[key] for key in row if key not in ("pk", "code", "content")}
    return Draft(number=row["pk"], matter=parse_obj_as(Matter, row["content"]), **fields)
