"""What a row names in other sheets: places, documents, sources, questions and options; each has to be there."""

from __future__ import annotations

import dataclasses
import difflib
from collections import Counter
from typing import Any, Iterator, Mapping, Optional, Sequence

from knowledge.editing.sheets import cells, records
from knowledge.editing.sheets.columns import (
    CONTRADICTIONS,
    GUIDES,
    MATERIALS,
    OPTIONS,
    QUESTIONS,
    SOURCES,
    Table,
)
from knowledge.editing.sheets.faults import CellFault, Unreadable, fault
from knowledge.editing.sheets.reading import Row
from knowledge.values.guide import NATION, Material, When

Rows = Mapping[str, Sequence[Row]]


class References:
    """Everything that the rows of one matter may name."""

    def __init__(self, rows: Rows, shared: Sequence[Material]) -> None:
        self.places = records.place_keys([row.record for row in rows[GUIDES.title]])
        self.materials = {material.id: material.name for material in shared} | _named(rows[MATERIALS.title], "id", "name")
        self.sources = _named(rows[SOURCES.title], "id", "title")
        self.scopes = _named(rows[SOURCES.title], "id", "scope")
        self.options: dict[str, dict[str, str]] = {row.record["key"]: {} for row in rows[QUESTIONS.title]}
        for row in rows[OPTIONS.title]:
            self.options.setdefault(row.record["key"], {})[row.record["value"]] = row.record["text"]
        self.keys = _named(rows[QUESTIONS.title], "key", "ask")

    def resolve(self, row: Row) -> tuple[Row, list[CellFault]]:
        """Return `row` with names turned into ids, and what it names that is not there."""
        values, faults = dict(row.record), []
        for column in row.table.columns:
            try:
                values[column.field] = self._value(column.kind, values[column.field])
            except Unreadable as wrong:
                faults.append(_fault(row, column.field, wrong.name, **wrong.gaps))
        resolved = dataclasses.replace(row, record=values)
        return resolved, faults or [*self._own(resolved)]

    def _value(self, kind: str, value: Any) -> Any:
        if kind == "place" and value not in self.places:
            raise Unreadable("unknown_place", text=cells.place_text(value), near="、".join(map(cells.place_text, self.places)) or "（还没有）")
        if kind == "material" and value is not None:
            return _found(value, self.materials, "unknown_material")
        if kind == "source" and value is not None:
            return _found(value, self.sources, "unknown_source")
        return self._when(value) if kind == "when" else value

    def _when(self, when: When) -> When:
        return tuple({key: tuple(self._option(key, value) for value in values) for key, values in one.items()} for one in when)

    def _option(self, key: str, value: str) -> str:
        if key not in self.keys:
            raise Unreadable("unknown_key", text=key, near=_near(key, self.keys))
        options = self.options[key]
        by_text = [name for name, text in options.items() if text == value]
        if value in options or len(by_text) == 1:
            return value if value in options else by_text[0]
        raise Unreadable("unknown_option", key=key, text=value, near=_near(value, options))

    def _own(self, row: Row) -> Iterator[CellFault]:
        values = row.record
        if row.table is OPTIONS and values["key"] not in self.keys:
            yield _fault(row, "key", "unknown_key", text=values["key"], near=_near(values["key"], self.keys))
        scope = self.scopes.get(values.get("source") or "", NATION)
        if row.table.of == "guide" and values["region"].startswith(NATION) and scope != NATION:
            yield _fault(row, "source", "regional_source", text=values["source"], scope=cells.place_text(scope))


def doubled(table: Table, rows: Sequence[Row]) -> Iterator[CellFault]:
    """Yield a fault for every row that says again who an earlier one is."""
    first: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        identity = tuple(row.record.get(field) for field in (*table.key, *_apart(table)))
        earlier = first.setdefault(identity, row)
        if earlier is not row:
            yield _fault(row, table.key[-1], "twice", other=earlier.cell(table.key[-1]), key=row.record[table.key[-1]])


def disagreeing(rows: Sequence[Row]) -> Iterator[CellFault]:
    """Yield a fault for every row of a contradiction that tells people something else than its first row."""
    first: dict[str, Row] = {}
    for row in rows:
        earlier = first.setdefault(row.record["id"], row)
        if earlier.record["shown"] != row.record["shown"]:
            yield _fault(row, "shown", "two_ways", other=earlier.cell("shown"), key=row.record["id"])


def _apart(table: Table) -> tuple[str, ...]:
    """Return what tells rows of one id apart: the day they begin, or what was read."""
    if table is CONTRADICTIONS:
        return ("text",)
    return ("effective_from",) if table.of == "guide" or table is GUIDES else ()


def _fault(row: Row, field: str, name: str, **gaps: Any) -> CellFault:
    # A row that is not in this workbook is named by its own id.
    where = row.cell(field) if row.number else f"（{row.record[row.table.key[-1]]}，不在这个文件里）"
    return fault(name, sheet=row.table.title, cell=where, line=row.number, **gaps)


def _named(rows: Sequence[Row], key: str, name: str) -> dict[str, str]:
    return {row.record[key]: row.record[name] for row in rows}


def _found(text: str, known: Mapping[str, str], wrong: str) -> str:
    """Return the id that `text` is, begins with (“id_card 居民身份证”), or is the only name of."""
    head = text.split()[0]
    named = _only(text, known)
    for candidate in (text, head, named):
        if candidate in known:
            return str(candidate)
    raise Unreadable(wrong, text=text, near=_near(head, known))


def _only(text: str, known: Mapping[str, str]) -> Optional[str]:
    once = Counter(known.values())
    return next((key for key, name in known.items() if name == text and once[name] == 1), None)


def _near(text: str, known: Mapping[str, str]) -> str:
    by_name = [key for key, name in known.items() if text in name]
    near = (by_name or difflib.get_close_matches(text, list(known), n=3, cutoff=0.5) or list(known))[:3]
    return "、".join(f"{key} {known[key]}" for key in near) or "（还没有）"
