"""Matters in and out of the database: published whole, read whole, never a row outside."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Iterable, Mapping, Optional, Sequence

import sqlalchemy as sa
from pydantic import parse_obj_as
from pydantic.json import pydantic_encoder
from sqlalchemy.engine import Connection, Engine

from knowledge.errors import NotOnFile
from knowledge.store import tables as t
from knowledge.store.engine import reading, writing
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


@dataclass(frozen=True)
class Publication:
    """Who published, who reviewed, and when."""

    by: str
    reviewed_by: Optional[str]
    at: dt.datetime


def fingerprint(matter: Matter) -> str:
    """Return a hash of everything that stands in `matter` except its version."""
    content = dataclasses.asdict(dataclasses.replace(matter, version=0))
    return hashlib.sha256(json.dumps(content, default=pydantic_encoder, sort_keys=True).encode()).hexdigest()


def revision(engine: Engine) -> int:
    """Return the number of changes to what is published so far; 0 in an empty database."""
    with reading(engine) as connection:
        return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(t.revision.c.pk), 0))).scalar_one())


def published_fingerprints(engine: Engine) -> Mapping[str, str]:
    """Return the fingerprint of the version in force of every published matter, by code."""
    with reading(engine) as connection:
        rows = connection.execute(_in_force(t.matter.c.code, t.matter.c.fingerprint)).all()
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
    engine: Engine, matters: Sequence[tuple[Matter, Sequence[Phrase]]], *, publication: Publication
) -> None:
    """Put every matter in force as its next version, all of them or none."""
    with writing(engine) as connection:
        for matter, phrases in matters:
            _retire_current(connection, matter.code, publication.by, "替换为新版本", publication.at)
            _insert(connection, matter, phrases, publication)
        names = ",".join(matter.code for matter, _ in matters)
        connection.execute(t.revision.insert().values(at=publication.at, what=f"publish {names}"))


def retire(engine: Engine, code: str, *, by: str, reason: str, at: dt.datetime) -> None:
    """Take the matter `code` out of force; raise NotOnFile where it is not published."""
    with writing(engine) as connection:
        if not _retire_current(connection, code, by, reason, at):
            raise NotOnFile(f"no published matter has the code ‘{code}’. See `bin/yjs search` for what is on file.")
        connection.execute(t.revision.insert().values(at=at, what=f"retire {code}"))


def all_published(engine: Engine) -> tuple[Matter, ...]:
    """Return every matter in force, whole, in the order of first publication."""
    with reading(engine) as connection:
        columns = [t.matter.c[name] for name in ("pk", "code", "name", "audience", "stage", "summary", "aliases", "questions", "version")]
        rows = connection.execute(_in_force(*columns).order_by(t.matter.c.pk)).mappings().all()
        parts = {name: _grouped(connection, table, "matter_pk") for name, table in MATTER_PARTS.items()}
        blocks = {name: _grouped(connection, table, "guide_pk") for name, table in GUIDE_BLOCKS.items()}
        guides = _grouped(connection, t.guide, "matter_pk", keep="pk")
    return tuple(_matter(row, parts, guides, blocks) for row in rows)


def all_phrases(engine: Engine) -> tuple[tuple[str, Phrase], ...]:
    """Return (matter code, phrase) for everything in force that a sentence can be compared with."""
    with reading(engine) as connection:
        joined = t.phrase.join(t.matter, t.phrase.c.matter_pk == t.matter.c.pk)
        rows = connection.execute(
            sa.select(t.matter.c.code, t.phrase).select_from(joined).where(t.matter.c.retired_at.is_(None)).order_by(t.phrase.c.pk)
        ).all()
    return tuple(
        (row.code, Phrase(kind=row.kind, ref=row.ref, text=row.text, encoder=row.encoder, vector=row.vector)) for row in rows
    )


def _in_force(*columns: sa.Column) -> Any:
    return sa.select(*columns).where(t.matter.c.retired_at.is_(None))


def _retire_current(connection: Connection, code: str, by: str, reason: str, at: dt.datetime) -> bool:
    done = connection.execute(
        t.matter.update()
        .where(t.matter.c.code == code, t.matter.c.retired_at.is_(None))
        .values(retired_at=at, retired_by=by, retired_reason=reason)
    )
    return bool(done.rowcount)


def _insert(connection: Connection, matter: Matter, phrases: Sequence[Phrase], publication: Publication) -> None:
    last = connection.execute(
        sa.select(sa.func.coalesce(sa.func.max(t.matter.c.version), 0)).where(t.matter.c.code == matter.code)
    ).scalar_one()
    values = _columns(t.matter, matter) | {
        "version": int(last) + 1,
        "fingerprint": fingerprint(matter),
        "published_at": publication.at,
        "published_by": publication.by,
        "reviewed_by": publication.reviewed_by,
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


def _insert_rows(connection: Connection, table: sa.Table, owner: str, pk: int, values: Iterable[Any]) -> None:
    rows = [_columns(table, entry) | {owner: pk, "position": position} for position, entry in enumerate(values)]
    if rows:
        connection.execute(table.insert(), rows)


def _columns(table: sa.Table, entry: Any) -> dict[str, Any]:
    """Return the fields of `entry` that `table` has columns for, JSON ones as plain lists and dicts."""
    fields = {field.name: getattr(entry, field.name) for field in dataclasses.fields(entry) if field.name in table.c}
    return {
        name: json.loads(json.dumps(content, default=pydantic_encoder)) if isinstance(table.c[name].type, sa.JSON) else content
        for name, content in fields.items()
    }


def _grouped(connection: Connection, table: sa.Table, owner: str, keep: Optional[str] = None) -> dict[int, list[dict[str, Any]]]:
    """Return the rows of `table` by owner, in the order of the file, without the columns only the store knows."""
    hidden = {"pk", "position", owner} - {keep}
    grouped: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(sa.select(table).order_by(table.c.position)).mappings():
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
