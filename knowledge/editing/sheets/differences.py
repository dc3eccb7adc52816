"""What differs between the rows of a matter before and after, sheet by sheet and field by field."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Iterator, Literal, Mapping, Optional, Sequence

from knowledge.editing.sheets import cells
from knowledge.editing.sheets.columns import MATTER, TABLES, Column, Table
from knowledge.editing.sheets.records import Record, Records
from knowledge.language import regions

Key = tuple[object, ...]


@dataclass(frozen=True)
class Change:
    """One difference; `row` is None for what the workbook no longer has, `field` None for a whole row."""

    matter: str
    sheet: str
    row: Optional[int]
    line: str
    did: Literal["added", "removed", "changed", "moved"]
    field: Optional[str] = None
    before: Optional[str] = None
    after: Optional[str] = None


@dataclass(frozen=True)
class Comparison:
    """Two states of one matter; `rows` are the numbers of the new state's rows in the workbook, 0 for what is not in it."""

    code: str
    old: Records
    new: Records
    rows: Mapping[str, Sequence[int]]
    names: Mapping[str, str]

    def changes(self) -> Iterator[Change]:
        """Yield every difference, in the order of the sheets."""
        for table in TABLES:
            old, new = _keyed(table, self.old[table.title]), _keyed(table, self.new[table.title])
            rows = dict(zip(new, self.rows[table.title]))
            for key, record in new.items():
                yield from self._row(table, old.get(key), record, rows.get(key) or None)
            yield from (self._whole(table, "removed", None, old[key]) for key in old if key not in new)
            yield from self._moved(table, [*old], [*new])

    def _row(self, table: Table, before: Optional[Record], after: Record, row: Optional[int]) -> Iterator[Change]:
        if before is None:
            yield self._whole(table, "added", row, after)
            return
        for column in table.columns:
            was, now = before[column.field], after[column.field]
            if was != now:
                header, was, now = _told(column, was, now)
                texts = {"before": self._text(column, was), "after": self._text(column, now)}
                yield Change(self.code, table.title, row, _line(table, after), "changed", header, **texts)

    def _whole(self, table: Table, did: Literal["added", "removed"], row: Optional[int], record: Record) -> Change:
        texts = ((column.header, self._text(column, record[column.field])) for column in table.columns if column.field not in table.key)
        said = "；".join(f"{header}：{text}" for header, text in texts if text)
        line = _line(table, record)
        if did == "added":
            return Change(self.code, table.title, row, line, did, after=said)
        return Change(self.code, table.title, row, line, did, before=said)

    def _moved(self, table: Table, old: Sequence[Key], new: Sequence[Key]) -> Iterator[Change]:
        """Yield one change for every place whose lines stand in another order than before."""
        for owner in dict.fromkeys(_owner(table, key) for key in new):
            was = [key for key in old if key in new and _owner(table, key) == owner]
            now = [key for key in new if key in old and _owner(table, key) == owner]
            if was != now:
                texts = {"before": _order(table, was), "after": _order(table, now)}
                yield Change(self.code, table.title, None, _place(owner) if owner else "", "moved", None, **texts)

    def _text(self, column: Column, value: object) -> str:
        shown = cells.shown(column, value, self.names)
        return "" if shown is None else str(shown).replace("\n", " / ")


def _keyed(table: Table, records: Sequence[Record]) -> dict[Key, Record]:
    """Return the rows by what they are called; the second of one name (another day's wording) counts on."""
    seen: Counter[Key] = Counter()
    keyed: dict[Key, Record] = {}
    for record in records:
        key = tuple(record[field] for field in table.key)
        seen[key] += 1
        counted = (*key, seen[key])
        keyed[counted] = record
    return keyed


def _told(column: Column, was: Any, now: Any) -> tuple[str, Any, Any]:
    """Return the header and what to show; of a list only what went and what came, so that it is found among many."""
    if column.kind != "list" or set(was) == set(now):
        return column.header, was, now
    gone, come = (tuple(one for one in these if one not in those) for these, those in ((was, now), (now, was)))
    return f"{column.header}（只列不同的）", gone, come


def _owner(table: Table, key: Key) -> str:
    """Return the part of `key` within which order means something: the place of a line, the question of an option."""
    return str(key[0]) if len(table.key) > 1 else ""


def _order(table: Table, keys: Sequence[Key]) -> str:
    return "、".join(str(key[len(table.key) - 1]) for key in keys)


def _line(table: Table, record: Record) -> str:
    if table is MATTER:
        return ""
    return " ".join(_place(str(record[field])) if field == "region" else str(record[field]) for field in table.key)


def _place(text: str) -> str:
    code, _, day = text.partition("@")
    return regions.name_of(code) + (f"（{day}起）" if day else "")
