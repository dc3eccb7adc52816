"""What people were told differently at a window; nothing about who they are."""

from __future__ import annotations

import datetime as dt
from typing import Mapping, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from knowledge.errors import NotOnFile
from knowledge.store import tables as t
from knowledge.store.engine import reading, writing
from knowledge.values.editing import Correction


def put(
    engine: Engine, *, matter: str, region: Optional[str], situation: Mapping[str, str], told: str, at: dt.datetime
) -> int:
    """Keep what somebody was told and return its number."""
    values = {"at": at, "matter": matter, "region": region, "situation": dict(situation), "told": told}
    with writing(engine) as connection:
        return int(connection.execute(t.correction.insert().values(**values)).inserted_primary_key[0])


def waiting(engine: Engine) -> tuple[Correction, ...]:
    """Return what no editor has looked into yet, oldest first."""
    with reading(engine) as connection:
        rows = connection.execute(sa.select(t.correction).where(t.correction.c.seen_at.is_(None)).order_by(t.correction.c.pk)).mappings()
        return tuple(Correction(number=row["pk"], **{key: row[key] for key in row if key != "pk"}) for row in rows)


def close(engine: Engine, number: int, *, by: str, outcome: str, at: dt.datetime) -> None:
    """Write down who looked into it and what came of it; raise NotOnFile where there is none of that number."""
    values = {"seen_at": at, "seen_by": by, "outcome": outcome}
    with writing(engine) as connection:
        if not connection.execute(t.correction.update().where(t.correction.c.pk == number).values(**values)).rowcount:
            raise NotOnFile(f"没有第 {number} 条反映。用 yjs kb corrections 看有哪些。")
