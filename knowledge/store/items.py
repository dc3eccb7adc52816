"""Lists of single services in and out of the database: in force whole or not at all, whenever the import is killed.

A list replaced or retired keeps its row of `item_list` (who, when, from which file) and loses its items: 15,000 rows that nothing
reads again, while the file they came from brings them back within a minute.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any, Iterable, Mapping, Optional, Sequence, TypeVar, Union

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from knowledge.errors import NotOnFile
from knowledge.store import tables as t
from knowledge.store.engine import Engine, reading, writing
from knowledge.values.items import ItemList, ListedItem, ListedQuestion, Listing

Row = TypeVar("Row", ListedItem, ListedQuestion)
TABLES: Mapping[type, sa.Table] = {ListedItem: t.listed_item, ListedQuestion: t.listed_question}
IN_FORCE = sa.and_(t.item_list.c.finished_at.is_not(None), t.item_list.c.retired_at.is_(None))


def begin(engine: Engine, listing: Listing, *, by: str, at: dt.datetime) -> int:
    """Return the unfinished list to go on with: the one of this file where there is one, else a new one, the region's others removed."""
    with writing(engine) as connection:
        others = sa.and_(t.item_list.c.region == listing.region, t.item_list.c.finished_at.is_(None))
        known = _one(connection, sa.and_(others, t.item_list.c.digest == listing.digest))
        _remove(connection, [pk for pk in _pks(connection, others) if pk != known])
        values = dataclasses.asdict(listing) | {"imported_by": by, "started_at": at}
        if known is not None:
            connection.execute(t.item_list.update().where(t.item_list.c.pk == known).values(**values))
            return known
        return int(connection.execute(t.item_list.insert().values(**values)).inserted_primary_key[0])


def last_row(engine: Engine, pk: int, kind: type[Row]) -> int:
    """Return the row of the sheet up to which a list's items or questions are on file; 0 for none."""
    with reading(engine) as connection:
        return _last_row(connection, pk, TABLES[kind])


def add(engine: Engine, pk: int, rows: Sequence[Row], *, after: int) -> None:
    """Put a batch on file that follows row `after`; raise NotOnFile where another import has taken the list over."""
    table = TABLES[type(rows[0])]
    with writing(engine) as connection:
        # The write lock comes first: two imports of one file would else both find the same last row.
        open_still = _touch(connection, pk)
        if not open_still or _last_row(connection, pk, table) != after:
            raise NotOnFile("这份清单正由另一次导入处理，这一次停下了。等那一次结束，用 yjs items list 看结果。")
        connection.execute(table.insert(), [_row(entry) | {"list_pk": pk} for entry in rows])


def finish(engine: Engine, pk: int, *, region: str, at: dt.datetime) -> None:
    """Put the list in force and take the region's older one out, in one transaction."""
    with writing(engine) as connection:
        if not _touch(connection, pk):
            raise NotOnFile("这份清单已经由另一次导入完成或撤掉了。用 yjs items list 看结果。")
        _retire(connection, region, at)
        connection.execute(t.item_list.update().where(t.item_list.c.pk == pk).values(finished_at=at))
        connection.execute(t.revision.insert().values(at=at, what=f"items {region}"))


def retire(engine: Engine, region: str, *, by: str, at: dt.datetime) -> None:
    """Take the list of `region` out of force; raise NotOnFile where none is."""
    with writing(engine) as connection:
        if not _retire(connection, region, at):
            raise NotOnFile(f"地方 {region} 没有生效的清单。用 yjs items list 看有哪些。")
        connection.execute(t.revision.insert().values(at=at, what=f"items {region} retired by {by}"))


def in_force(engine: Engine) -> tuple[ItemList, ...]:
    """Return the lists in force, in the order of their import."""
    return _lists(engine, IN_FORCE)


def all_lists(engine: Engine) -> tuple[ItemList, ...]:
    """Return every list ever begun, also those unfinished and retired."""
    return _lists(engine, sa.true())


def counts(engine: Engine, pk: int) -> tuple[int, int]:
    """Return how many items and questions of a list are on file."""
    with reading(engine) as connection:
        items, questions = (
            connection.execute(sa.select(sa.func.count()).where(table.c.list_pk == pk)).scalar_one()
            for table in (t.listed_item, t.listed_question)
        )
    return int(items), int(questions)


def names(engine: Engine, pk: int) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of every item of a list, in the order of the sheet."""
    with reading(engine) as connection:
        columns = (t.listed_item.c.code, t.listed_item.c.name)
        rows = connection.execute(sa.select(*columns).where(t.listed_item.c.list_pk == pk).order_by(t.listed_item.c.row))
        return tuple((row.code, row.name) for row in rows)


def asks(engine: Engine, pk: int) -> tuple[tuple[str, str], ...]:
    """Return (item code, question) of every common question of a list."""
    with reading(engine) as connection:
        columns = (t.listed_question.c.item_code, t.listed_question.c.ask)
        rows = connection.execute(sa.select(*columns).where(t.listed_question.c.list_pk == pk).order_by(t.listed_question.c.row))
        return tuple((row.item_code, row.ask) for row in rows)


def item(engine: Engine, pk: int, code: str) -> Optional[ListedItem]:
    """Return one whole item; None where the list has none of that code, or is gone."""
    found = _of_code(engine, t.listed_item, t.listed_item.c.code == code, pk)
    return ListedItem(**found[0] | {"materials": tuple(found[0]["materials"])}) if found else None


def questions(engine: Engine, pk: int, code: str) -> tuple[ListedQuestion, ...]:
    """Return the common questions of one item, in the order of the sheet."""
    found = _of_code(engine, t.listed_question, t.listed_question.c.item_code == code, pk)
    return tuple(ListedQuestion(**row) for row in found)


def _of_code(engine: Engine, table: sa.Table, condition: Any, pk: int) -> list[dict[str, Any]]:
    """Return the rows of one code in one list.

    The list is compared here: asked for both, SQLite goes through the 15,000 rows of the list instead of the few of the code.
    """
    with reading(engine) as connection:
        rows = connection.execute(sa.select(table).where(condition).order_by(table.c.row)).mappings().all()
    return [{key: row[key] for key in row if key not in ("pk", "list_pk")} for row in rows if row["list_pk"] == pk]


def _lists(engine: Engine, condition: Any) -> tuple[ItemList, ...]:
    with reading(engine) as connection:
        rows = connection.execute(sa.select(t.item_list).where(condition).order_by(t.item_list.c.pk)).mappings().all()
    return tuple(ItemList(**row) for row in rows)


def _row(entry: Union[ListedItem, ListedQuestion]) -> dict[str, Any]:
    """`dataclasses.asdict` copies deeply: too slow for so many."""
    return dict(vars(entry))


def _touch(connection: Connection, pk: int) -> bool:
    """Take the write lock; tell whether the list is there and unfinished."""
    unfinished = sa.and_(t.item_list.c.pk == pk, t.item_list.c.finished_at.is_(None))
    return bool(connection.execute(t.item_list.update().where(unfinished).values(pk=pk)).rowcount)


def _retire(connection: Connection, region: str, at: dt.datetime) -> bool:
    pks = _pks(connection, sa.and_(t.item_list.c.region == region, IN_FORCE))
    _empty(connection, pks)
    connection.execute(t.item_list.update().where(t.item_list.c.pk.in_(pks)).values(retired_at=at))
    return bool(pks)


def _remove(connection: Connection, pks: Iterable[int]) -> None:
    _empty(connection, pks)
    connection.execute(t.item_list.delete().where(t.item_list.c.pk.in_(pks)))


def _empty(connection: Connection, pks: Iterable[int]) -> None:
    for table in (t.listed_item, t.listed_question):
        connection.execute(table.delete().where(table.c.list_pk.in_(pks)))


def _last_row(connection: Connection, pk: int, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.row), 0)).where(table.c.list_pk == pk)).scalar_one())


def _pks(connection: Connection, condition: Any) -> list[int]:
    return [int(pk) for pk in connection.execute(sa.select(t.item_list.c.pk).where(condition)).scalars()]


def _one(connection: Connection, condition: Any) -> Optional[int]:
    return next(iter(_pks(connection, condition)), None)
