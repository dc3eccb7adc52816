"""Matters in and out of the database: published whole, read whole, never a row outside."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from typing import Any, Iterable, Mapping, Optional, Sequence

import sqlalchemy as sa
from pydantic import parse_obj_as
from pydantic.json import pydantic_encoder
from sqlalchemy.engine import Connection, Engine

from knowledge.errors import NotOnFile
from knowledge.store import history
from knowledge.store import tables as t
from knowledge.store.engine import reading, writing
from knowledge.values.editing import Did, Event, Publication, Version
from knowledge.values.guide import Guide, Matter
from knowledge.values.search import Phrase

MATTER_PARTS = {"sources": t.source, "materials": t.material, "situations": t.situation, "contradictions": t.contradiction}
GUIDE_BLOCKS = {
    "items": t.item,
    "requirements": t.requirement,
    "steps": t.step,
    "time_limits": t.time_limit,
    "fees": t.fee,
    "offices": t.office,
    "notes": t.note,
    "faqs": t.faq,
    "elsewhere": t.elsewhere,
}
PHRASES = t.phrase
# Who publishes what comes with the checkout.
CONTENT_FOLDER = "content"


def fingerprint(matter: Matter) -> str:
    """Return a hash of everything that stands in `matter` except its version."""
    return hashlib.sha256(json.dumps(plain(dataclasses.replace(matter, version=0)), sort_keys=True).encode()).hexdigest()


def plain(entry: Any) -> Any:
    """Return a value of ours as plain lists, dicts and texts."""
    return json.loads(json.dumps(entry, default=pydantic_encoder))


def revision(engine: Engine, *, now: dt.datetime) -> int:
    """Return the number of changes to what is published so far; 0 in an empty database."""
    with reading(engine) as connection:
        return int(connection.execute(sa.select(sa.func.count()).where(_begun(t.revision, now))).scalar_one())


def published_fingerprints(engine: Engine) -> Mapping[str, str]:
    """Return the fingerprint of the newest version of every matter that is published or scheduled, by code."""
    with reading(engine) as connection:
        rows = connection.execute(
            sa.select(t.matter.c.code, t.matter.c.fingerprint).where(t.matter.c.retired_at.is_(None))
        ).all()
    return {row.code: row.fingerprint for row in rows}


def kept_by_editors(engine: Engine) -> Mapping[str, str]:
    """Return who last published or retired a matter, by code, where that was not the content folder."""
    newest = sa.select(t.matter.c.code, sa.func.max(t.matter.c.version).label("version")).group_by(t.matter.c.code).subquery()
    joined = t.matter.join(newest, sa.and_(t.matter.c.code == newest.c.code, t.matter.c.version == newest.c.version))
    with reading(engine) as connection:
        rows = connection.execute(sa.select(t.matter.c.code, t.matter.c.published_by, t.matter.c.retired_by).select_from(joined)).all()
    last = {row.code: row.retired_by or row.published_by for row in rows}
    return {code: who for code, who in last.items() if who != CONTENT_FOLDER}


def publish(
    engine: Engine, matters: Sequence[tuple[Matter, Sequence[Phrase]]], *, publication: Publication, did: Did = "published"
) -> None:
    """Put every matter in force as its next version, all of them or none; raise NotOnFile where another one is scheduled."""
    with writing(engine) as connection:
        for matter, phrases in matters:
            _refuse_where_scheduled(connection, matter, publication.at)
            _retire_current(connection, matter.code, publication, "替换为新版本")
            version = _insert(connection, matter, phrases, publication)
            history.record(connection, _event(publication, did, matter.code, version))
        if publication.draft:
            connection.execute(t.draft.update().where(t.draft.c.pk == publication.draft).values(state="published"))
        _move(connection, publication, f"{did} {','.join(matter.code for matter, _ in matters)}")


def retire(engine: Engine, code: str, *, by: str, reason: str, at: dt.datetime) -> None:
    """Take the matter `code` out of force; raise NotOnFile where it is not published."""
    publication = Publication(by=by, at=at, why=reason)
    with writing(engine) as connection:
        if not _retire_current(connection, code, publication, reason):
            raise NotOnFile(f"没有发布过代码是“{code}”的一件事。用 yjs search 看看收录了什么。")
        # What was to stay until a scheduled version came goes as well.
        connection.execute(t.matter.update().where(t.matter.c.code == code).values(ends_at=None))
        history.record(connection, _event(publication, "retired", code, None))
        _move(connection, publication, f"retire {code}")


def cancel(engine: Engine, code: str, *, by: str, why: str, at: dt.datetime) -> None:
    """Take back a version whose moment has not come; what it would have replaced stays in force."""
    publication = Publication(by=by, at=at, why=why)
    with writing(engine) as connection:
        waiting = _scheduled(connection, code, at)
        if waiting is None:
            raise NotOnFile(f"“{code}”没有等着生效的版本，没有可取消的。")
        retired = {"retired_at": at, "retired_by": by, "retired_reason": why, "ends_at": None}
        connection.execute(t.matter.update().where(t.matter.c.pk == waiting.pk).values(**retired))
        connection.execute(
            t.matter.update()
            .where(t.matter.c.code == code, t.matter.c.ends_at == waiting.begins_at)
            .values(retired_at=None, retired_by=None, retired_reason=None, ends_at=None)
        )
        history.record(connection, _event(publication, "cancelled", code, waiting.version))
        _move(connection, publication, f"cancel {code}")


def all_published(engine: Engine, *, now: dt.datetime) -> tuple[Matter, ...]:
    """Return every matter in force, whole, in the order of first publication."""
    with reading(engine) as connection:
        return _matters(connection, _in_force(now))


def version(engine: Engine, code: str, number: int) -> Matter:
    """Return one version of a matter, in force or not; raise NotOnFile where there is none."""
    with reading(engine) as connection:
        found = _matters(connection, sa.and_(t.matter.c.code == code, t.matter.c.version == number))
    if not found:
        raise NotOnFile(f"“{code}”没有第 {number} 版。用 yjs kb history {code} 看有哪些版本。")
    return found[0]


def versions(engine: Engine, code: str) -> tuple[Version, ...]:
    """Return what is known of every version of a matter, newest first."""
    columns = [t.matter.c[field.name] for field in dataclasses.fields(Version)]
    with reading(engine) as connection:
        rows = connection.execute(sa.select(*columns).where(t.matter.c.code == code).order_by(t.matter.c.version.desc())).mappings()
        return tuple(Version(**row) for row in rows)


def all_phrases(engine: Engine, *, now: dt.datetime) -> tuple[tuple[str, Phrase], ...]:
    """Return (matter code, phrase) for everything in force that a sentence can be compared with."""
    with reading(engine) as connection:
        joined = t.phrase.join(t.matter, t.phrase.c.matter_pk == t.matter.c.pk)
        rows = connection.execute(
            sa.select(t.matter.c.code, t.phrase).select_from(joined).where(_in_force(now)).order_by(t.phrase.c.pk)
        ).all()
    return tuple(
        (row.code, Phrase(kind=row.kind, ref=row.ref, text=row.text, encoder=row.encoder, vector=row.vector, to=row.to)) for row in rows
    )


def _in_force(now: dt.datetime) -> Any:
    leaving = sa.and_(t.matter.c.ends_at.is_not(None), t.matter.c.ends_at > now)
    return sa.and_(_begun(t.matter, now), sa.or_(t.matter.c.retired_at.is_(None), leaving))


def _begun(table: sa.Table, now: dt.datetime) -> Any:
    return sa.or_(table.c.begins_at.is_(None), table.c.begins_at <= now)


def _scheduled(connection: Connection, code: str, now: dt.datetime) -> Any:
    waiting = sa.and_(t.matter.c.code == code, t.matter.c.retired_at.is_(None), t.matter.c.begins_at > now)
    return connection.execute(sa.select(t.matter.c.pk, t.matter.c.version, t.matter.c.begins_at).where(waiting)).first()


def _refuse_where_scheduled(connection: Connection, matter: Matter, now: dt.datetime) -> None:
    waiting = _scheduled(connection, matter.code, now)
    if waiting:
        raise NotOnFile(
            f"“{matter.name}”的第 {waiting.version} 版已排定在 {waiting.begins_at:%Y-%m-%d %H:%M} 生效。先用 yjs kb cancel {matter.code} 取消它，再发布。"
        )


def _move(connection: Connection, publication: Publication, what: str) -> None:
    connection.execute(t.revision.insert().values(at=publication.at, what=what, begins_at=publication.begins_at))


def _event(publication: Publication, did: Did, code: str, number: Optional[int]) -> Event:
    return Event(at=publication.at, who=publication.by, did=did, code=code, version=number, draft=publication.draft, why=publication.why)


def _retire_current(connection: Connection, code: str, publication: Publication, reason: str) -> bool:
    done = connection.execute(
        t.matter.update()
        .where(t.matter.c.code == code, t.matter.c.retired_at.is_(None))
        .values(retired_at=publication.at, retired_by=publication.by, retired_reason=reason, ends_at=publication.begins_at)
    )
    return bool(done.rowcount)


def _insert(connection: Connection, matter: Matter, phrases: Sequence[Phrase], publication: Publication) -> int:
    last = connection.execute(
        sa.select(sa.func.coalesce(sa.func.max(t.matter.c.version), 0)).where(t.matter.c.code == matter.code)
    ).scalar_one()
    number = int(last) + 1
    values = _columns(t.matter, matter) | {
        "version": number,
        "fingerprint": fingerprint(matter),
        "published_at": publication.at,
        "published_by": publication.by,
        "reviewed_by": publication.reviewed_by,
        "why": publication.why,
        "begins_at": publication.begins_at,
    }
    pk = connection.execute(t.matter.insert().values(**values)).inserted_primary_key[0]
    for name, table in MATTER_PARTS.items():
        _insert_rows(connection, table, "matter_pk", pk, getattr(matter, name))
    _insert_rows(connection, PHRASES, "matter_pk", pk, phrases)
    for position, guide in enumerate(matter.guides):
        row = _columns(t.guide, guide) | {"matter_pk": pk, "position": position}
        guide_pk = connection.execute(t.guide.insert().values(**row)).inserted_primary_key[0]
        for name, table in GUIDE_BLOCKS.items():
            _insert_rows(connection, table, "guide_pk", guide_pk, getattr(guide, name))
    return number


def _insert_rows(connection: Connection, table: sa.Table, owner: str, pk: int, values: Iterable[Any]) -> None:
    rows = [_columns(table, entry) | {owner: pk, "position": position} for position, entry in enumerate(values)]
    if rows:
        connection.execute(table.insert(), rows)


def _columns(table: sa.Table, entry: Any) -> dict[str, Any]:
    """Return the fields of `entry` that `table` has columns for, JSON ones as plain lists and dicts."""
    fields = {field.name: getattr(entry, field.name) for field in dataclasses.fields(entry) if field.name in table.c}
    return {name: plain(content) if isinstance(table.c[name].type, sa.JSON) else content for name, content in fields.items()}


def _matters(connection: Connection, where: Any) -> tuple[Matter, ...]:
    columns = [t.matter.c[name] for name in ("pk", "code", "name", "audience", "stage", "summary", "aliases", "questions", "version")]
    rows = connection.execute(sa.select(*columns).where(where).order_by(t.matter.c.pk)).mappings().all()
    pks = [row["pk"] for row in rows]
    parts = {name: _grouped(connection, table, "matter_pk", pks) for name, table in MATTER_PARTS.items()}
    guides = _grouped(connection, t.guide, "matter_pk", pks, keep="pk")
    guide_pks = [guide["pk"] for grouped in guides.values() for guide in grouped]
    blocks = {name: _grouped(connection, table, "guide_pk", guide_pks) for name, table in GUIDE_BLOCKS.items()}
    return tuple(_matter(row, parts, guides, blocks) for row in rows)


def _grouped(
    connection: Connection, table: sa.Table, owner: str, pks: Sequence[int], keep: Optional[str] = None
) -> dict[int, list[dict[str, Any]]]:
    """Return the rows of `table` by owner, in the order of the file, without the columns only the store knows."""
    hidden = {"pk", "position", owner} - {keep}
    grouped: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(sa.select(table).where(table.c[owner].in_(pks)).order_by(table.c.position)).mappings():
        grouped.setdefault(row[owner], []).append({key: row[key] for key in row if key not in hidden})
    return grouped


def _matter(row: Mapping[str, Any], parts: Mapping[str, Any], guides: Mapping[int, Any], blocks: Mapping[str, Any]) -> Matter:
    data = {key: row[key] for key in row if key != "pk"}
    data |= {name: grouped.get(row["pk"], []) for name, grouped in parts.items()}
    data["guides"] = [_guide(dict(guide), blocks) for guide in guides.get(row["pk"], [])]
    return parse_obj_as(Matter, data)


def _guide(row: dict[str, Any], blocks: Mapping[str, Any]) -> Guide:
    pk = row.pop("pk")
    return parse_obj_as(Guide, row | {name: grouped.get(pk, []) for name, grouped in blocks.items()})
