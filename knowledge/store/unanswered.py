"""Questions that nobody answered, kept for a while; nothing about who asked."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Mapping, Optional, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from knowledge.store import tables as t
from knowledge.store.engine import reading, writing
from knowledge.values.editing import Unanswered

LONGEST = 300
# However many people ask in vain, or write nonsense on purpose.
MOST = 10_000


def put(engine: Engine, text: str, *, aspects: Sequence[str], region: Optional[str], at: dt.datetime) -> None:
    """Keep a question whose numbers are masked."""
    values = {"at": at, "text": text[:LONGEST], "aspects": list(aspects), "region": region}
    with writing(engine) as connection:
        connection.execute(t.unanswered.insert().values(**values))


def since(engine: Engine, moment: Optional[dt.datetime] = None) -> tuple[Unanswered, ...]:
    """Return what was asked since `moment`, oldest first; everything where it is None."""
    names = [field.name for field in dataclasses.fields(Unanswered) if field.name != "number"]
    asked = sa.select(t.unanswered.c.pk.label("number"), *(t.unanswered.c[name] for name in names))
    if moment is not None:
        asked = asked.where(t.unanswered.c.at >= moment)
    with reading(engine) as connection:
        rows = connection.execute(asked.order_by(t.unanswered.c.pk)).mappings()
        return tuple(Unanswered(**{**row, "aspects": tuple(row["aspects"])}) for row in rows)


def encode(engine: Engine, vectors: Mapping[int, bytes], *, encoder: str) -> None:
    """Write down the vectors of questions, by number."""
    changed = t.unanswered.update().where(t.unanswered.c.pk == sa.bindparam("number")).values(vector=sa.bindparam("bytes"), encoder=encoder)
    with writing(engine) as connection:
        connection.execute(changed, [{"number": number, "bytes": vector} for number, vector in vectors.items()])


def clear(engine: Engine, numbers: Sequence[int]) -> None:
    """Remove the questions with these numbers."""
    with writing(engine) as connection:
        connection.execute(t.unanswered.delete().where(t.unanswered.c.pk == sa.bindparam("number")), [{"number": n} for n in numbers])


def forget(engine: Engine, *, before: dt.datetime) -> None:
    """Remove what was asked before that moment, and all but the newest of very many."""
    newest = sa.select(sa.func.max(t.unanswered.c.pk)).scalar_subquery()
    with writing(engine) as connection:
        connection.execute(t.unanswered.delete().where((t.unanswered.c.at < before) | (t.unanswered.c.pk <= newest - MOST)))
