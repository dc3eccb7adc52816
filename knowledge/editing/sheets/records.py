"""A matter as the rows of its sheets, and the rows of all sheets as a matter again."""

from __future__ import annotations

from collections import Counter
from typing import Any, Iterable, Mapping, Optional, Sequence

from pydantic import parse_obj_as

from knowledge.editing.sheets.columns import (
    CONTRADICTIONS,
    GUIDES,
    LINES,
    MATERIALS,
    MATTER,
    OPTIONS,
    QUESTIONS,
    SOURCES,
    Table,
)
from knowledge.values.guide import Contradiction, Guide, Matter

Record = Mapping[str, Any]
Records = Mapping[str, Sequence[Record]]


def of(matter: Matter) -> Records:
    """Return the rows of every sheet of `matter`, by the sheet's title, in the order of the guide."""
    places = dict(zip(map(id, matter.guides), place_keys([_fields(GUIDES, guide) for guide in matter.guides])))
    lines = {
        table.title: [{**_fields(table, line), "region": places[id(guide)]} for guide in matter.guides for line in getattr(guide, table.part)]
        for table in LINES
    }
    return {
        MATTER.title: [_fields(MATTER, matter)],
        GUIDES.title: [_fields(GUIDES, guide) for guide in matter.guides],
        **lines,
        QUESTIONS.title: [_fields(QUESTIONS, question) for question in matter.situations],
        OPTIONS.title: [{**_fields(OPTIONS, option), "key": question.key} for question in matter.situations for option in question.options],
        MATERIALS.title: [_fields(MATERIALS, material) for material in matter.materials],
        SOURCES.title: [_fields(SOURCES, source) for source in matter.sources],
        CONTRADICTIONS.title: [
            {"id": one.id, "text": said, "source": source, "shown": one.shown}
            for one in matter.contradictions
            for said, source in _readings(one)
        ],
    }


def _readings(one: Contradiction) -> list[tuple[Optional[str], Optional[str]]]:
    """Return what was read; one empty row keeps a contradiction of which no reading is on file."""
    return [(reading.text, reading.source) for reading in one.readings] or [(None, None)]


def place_keys(guides: Iterable[Record]) -> tuple[str, ...]:
    """Return what lines call each guide's place: its code, with the first day where a place has several guides."""
    rows = list(guides)
    often = Counter(row["region"] for row in rows)
    return tuple(row["region"] if often[row["region"]] == 1 else f"{row['region']}@{row['effective_from']}" for row in rows)


def matter(records: Records, *, version: int) -> Matter:
    """Return the matter whose rows are `records`; raise pydantic's ValidationError where they are not one."""
    rows = {title: list(listed) for title, listed in records.items()}
    data = {
        **rows[MATTER.title][0],
        "version": version,
        "guides": [_guide(row, key, rows) for row, key in zip(rows[GUIDES.title], place_keys(rows[GUIDES.title]))],
        "situations": [{**row, "options": _without("key", rows[OPTIONS.title], row["key"])} for row in rows[QUESTIONS.title]],
        "materials": rows[MATERIALS.title],
        "sources": rows[SOURCES.title],
        "contradictions": _contradictions(rows[CONTRADICTIONS.title]),
    }
    made: Matter = parse_obj_as(Matter, data)
    return made


def _guide(row: Record, key: str, rows: Records) -> Guide:
    blocks = {table.part: _without("region", rows[table.title], key) for table in LINES}
    made: Guide = parse_obj_as(Guide, {**row, **blocks})
    return made


def _without(field: str, rows: Sequence[Record], owner: str) -> list[Record]:
    return [{key: value for key, value in row.items() if key != field} for row in rows if row[field] == owner]


def _contradictions(rows: Sequence[Record]) -> list[Record]:
    said: dict[str, dict[str, Any]] = {}
    for row in rows:
        one = said.setdefault(row["id"], {"id": row["id"], "shown": row["shown"], "readings": []})
        if row["text"] is not None:
            one["readings"].append({"text": row["text"], "source": row["source"]})
    return list(said.values())


def _fields(table: Table, entry: Any) -> dict[str, Any]:
    return {column.field: getattr(entry, column.field) for column in table.columns if hasattr(entry, column.field)}
