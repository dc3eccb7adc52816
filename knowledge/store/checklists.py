"""People's lists: the case, the members and the ticks."""

from __future__ import annotations

import datetime as dt
from typing import Any, Mapping, Optional

import sqlalchemy as sa

from knowledge.store import tables_of_people as t
from knowledge.store.engine import Connection, Engine, reading, writing
from knowledge.values.checklist import Case, Kept, Role


def of(engine: Engine, holder: str) -> tuple[Kept, ...]:
    """Return the lists of `holder`, the one touched last first."""
    return _kept(engine, t.checklist_member.c.holder == holder)


def find(engine: Engine, holder: str, matter: str) -> Optional[Kept]:
    """Return the list of `holder` for `matter`."""
    return next(iter(_kept(engine, t.checklist_member.c.holder == holder, t.checklist.c.matter == matter)), None)


def owned(engine: Engine, number: int) -> Optional[Kept]:
    """Return the list of that number as its owner has it."""
    return next(iter(_kept(engine, t.checklist.c.pk == number, t.checklist_member.c.role == "owner")), None)


def unchecked(engine: Engine, revision: int) -> tuple[tuple[str, Kept], ...]:
    """Return every holder's lists that were not compared with the publication `revision` yet."""
    query = _query(t.checklist_member.c.checked_revision != revision)
    with reading(engine) as connection:
        return tuple((row["holder"], _one(connection, row)) for row in connection.execute(query).mappings().all())


def put(engine: Engine, holder: str, matter: str, case: Case, *, at: dt.datetime) -> int:
    """Make a list of `holder`'s own, or give the one that is there another case, and return its number."""
    columns = {"region": case.region, "zone": case.zone, "person": case.person, "situation": dict(case.situation)}
    with writing(engine) as connection:
        number = _number(connection, holder, matter)
        if number is not None:
            connection.execute(t.checklist.update().where(t.checklist.c.pk == number).values(**columns, touched_at=at))
            return number
        made = connection.execute(t.checklist.insert().values(matter=matter, **columns, opened_at=at, touched_at=at))
        number = int(made.inserted_primary_key[0])
        _join(connection, number, holder, "owner", at=at)
        return number


def see(engine: Engine, holder: str, number: int, seen: Mapping[str, str], *, revision: int) -> None:
    """Remember what `holder` was shown of the list, and up to which publication."""
    values = {"seen": dict(seen), "checked_revision": revision}
    mine = sa.and_(t.checklist_member.c.checklist_pk == number, t.checklist_member.c.holder == holder)
    with writing(engine) as connection:
        connection.execute(t.checklist_member.update().where(mine).values(**values))


def tick(engine: Engine, number: int, requirement: str, *, ticked: bool, at: dt.datetime) -> None:
    """Tick or untick one requirement; doing so twice changes nothing."""
    row = {"checklist_pk": number, "requirement": requirement}
    with writing(engine) as connection:
        connection.execute(t.checklist_tick.delete().where(*(t.checklist_tick.c[key] == value for key, value in row.items())))
        if ticked:
            connection.execute(t.checklist_tick.insert().values(**row, ticked_at=at))
        connection.execute(t.checklist.update().where(t.checklist.c.pk == number).values(touched_at=at))


def clear(engine: Engine, number: int) -> None:
    """Remove every tick of the list."""
    with writing(engine) as connection:
        connection.execute(t.checklist_tick.delete().where(t.checklist_tick.c.checklist_pk == number))


def join(engine: Engine, number: int, holder: str, role: Role, *, at: dt.datetime) -> None:
    """Make `holder` a member; a list of their own for the same matter gives way, its ticks are taken over by who may tick."""
    with writing(engine) as connection:
        matter = connection.execute(sa.select(t.checklist.c.matter).where(t.checklist.c.pk == number)).scalar_one()
        own = _number(connection, holder, matter)
        if own == number:
            return
        if own is not None:
            _give_way(connection, own, number, holder, role)
        _join(connection, number, holder, role, at=at)


def leave(engine: Engine, number: int, holder: str) -> None:
    """Take `holder` out; with its owner the list goes, for everybody."""
    with writing(engine) as connection:
        _leave(connection, number, holder)


def dismiss(engine: Engine, number: int) -> int:
    """Take out everybody but the owner, end every code, and return how many there were of both."""
    others = sa.and_(t.checklist_member.c.checklist_pk == number, t.checklist_member.c.role != "owner")
    with writing(engine) as connection:
        gone = connection.execute(t.checklist_member.delete().where(others)).rowcount
        return int(gone + connection.execute(t.share.delete().where(t.share.c.checklist_pk == number)).rowcount)


def forget_untouched(engine: Engine, *, since: dt.datetime) -> int:
    """Delete the lists that nobody touched since then and return how many."""
    with writing(engine) as connection:
        return int(connection.execute(t.checklist.delete().where(t.checklist.c.touched_at < since)).rowcount)


def put_share(engine: Engine, code_hash: str, number: int, role: Role, *, expires_at: dt.datetime) -> None:
    """Let a code open the list in that role."""
    with writing(engine) as connection:
        connection.execute(t.share.insert().values(code_hash=code_hash, checklist_pk=number, role=role, expires_at=expires_at))


def shared(engine: Engine, code_hash: str, *, at: dt.datetime) -> Optional[tuple[int, Role]]:
    """Return the number of the list that a code opens, and in which role; None alike for unknown, expired and revoked."""
    query = sa.select(t.share.c.checklist_pk, t.share.c.role).where(t.share.c.code_hash == code_hash, t.share.c.expires_at > at)
    with reading(engine) as connection:
        row = connection.execute(query).first()
    return (row.checklist_pk, row.role) if row else None


def forget_expired(engine: Engine, *, at: dt.datetime) -> None:
    """Delete the codes that open nothing any more."""
    with writing(engine) as connection:
        connection.execute(t.share.delete().where(t.share.c.expires_at <= at))


def _query(*conditions: Any) -> Any:
    member = t.checklist_member
    joined = t.checklist.join(member, member.c.checklist_pk == t.checklist.c.pk)
    columns = (t.checklist, member.c.holder, member.c.role, member.c.seen, member.c.checked_revision)
    return sa.select(*columns).select_from(joined).where(*conditions).order_by(t.checklist.c.touched_at.desc(), t.checklist.c.pk.desc())


def _kept(engine: Engine, *conditions: Any) -> tuple[Kept, ...]:
    with reading(engine) as connection:
        return tuple(_one(connection, row) for row in connection.execute(_query(*conditions)).mappings().all())


def _one(connection: Connection, row: Mapping[str, Any]) -> Kept:
    ticks = sa.select(t.checklist_tick.c.requirement).where(t.checklist_tick.c.checklist_pk == row["pk"])
    return Kept(
        number=row["pk"],
        matter=row["matter"],
        case=Case(region=row["region"], zone=row["zone"], person=row["person"], situation=row["situation"]),
        role=row["role"],
        ticked=frozenset(connection.execute(ticks).scalars()),
        seen=row["seen"],
        checked_revision=row["checked_revision"],
        touched_at=row["touched_at"],
    )


def _number(connection: Connection, holder: str, matter: str) -> Optional[int]:
    row = connection.execute(_query(t.checklist_member.c.holder == holder, t.checklist.c.matter == matter)).mappings().first()
    return row["pk"] if row else None


def _join(connection: Connection, number: int, holder: str, role: Role, *, at: dt.datetime) -> None:
    row = {"checklist_pk": number, "holder": holder, "role": role, "joined_at": at, "seen": {}, "checked_revision": 0}
    connection.execute(t.checklist_member.insert().values(**row))


def _give_way(connection: Connection, own: int, number: int, holder: str, role: Role) -> None:
    if role != "reader":
        tick = t.checklist_tick
        there = sa.select(tick.c.requirement).where(tick.c.checklist_pk == number)
        mine = sa.select(sa.literal(number), tick.c.requirement, tick.c.ticked_at).where(tick.c.checklist_pk == own, tick.c.requirement.not_in(there))
        connection.execute(tick.insert().from_select(["checklist_pk", "requirement", "ticked_at"], mine))
    _leave(connection, own, holder)


def _leave(connection: Connection, number: int, holder: str) -> None:
    mine = sa.and_(t.checklist_member.c.checklist_pk == number, t.checklist_member.c.holder == holder)
    if connection.execute(sa.select(t.checklist_member.c.role).where(mine)).scalar_one_or_none() == "owner":
        connection.execute(t.checklist.delete().where(t.checklist.c.pk == number))
    connection.execute(t.checklist_member.delete().where(mine))
