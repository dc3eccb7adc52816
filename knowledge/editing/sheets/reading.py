"""A workbook as rows, whoever filled it in; what cannot be read is told with its cell."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Iterator, Mapping, Optional, Sequence

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.editing.sheets import cells
from knowledge.editing.sheets.columns import (
    BY_TITLE,
    CODE,
    INSTRUCTIONS,
    LISTS,
    MATTER,
    MATTER_NAME,
    VERSION,
    Column,
    Table,
)
from knowledge.editing.sheets.faults import CellFault, Hint, Unreadable, fault, hint, refused
from knowledge.editing.sheets.opening import opened
from knowledge.errors import ContentError

# A title or a blank row above the header is common in sheets from elsewhere.
HEADER_WITHIN = 10


@dataclass(frozen=True)
class Row:
    """One row of a sheet: its number, the matter it names where the sheet has that column, its values and their columns."""

    table: Table
    number: int
    code: Optional[str]
    record: Mapping[str, Any]
    letters: Mapping[str, str]

    def cell(self, name: str) -> str:
        """Return the address of the cell of the field `name`."""
        return f"{self.letters.get(name, '')}{self.number}"


@dataclass(frozen=True)
class Read:
    """What a workbook holds: rows by sheet title, the versions it was exported from, and what was put right on the way."""

    rows: Mapping[str, Sequence[Row]]
    versions: Mapping[str, int]
    hints: tuple[Hint, ...]
    across: bool


@dataclass
class _Told:
    """What came up while reading: faults, and the cells of every kind of mending."""

    faults: list[CellFault] = field(default_factory=list)
    mended: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def fault(self, name: str, sheet: str, cell: str = "", line: int = 0, **gaps: Any) -> None:
        self.faults.append(fault(name, sheet=sheet, cell=cell, line=line, **gaps))

    def hints(self) -> Iterator[Hint]:
        for (sheet, name), where in self.mended.items():
            yield hint(name, sheet=sheet, cells=where)


def read(content: bytes) -> Read:
    """Return what the workbook `content` holds; raise ContentError naming every cell that cannot be read."""
    book = opened(content)
    sheets = {sheet.title.strip(): sheet for sheet in book.worksheets}
    told = _Told()
    known = {title: sheet for title, sheet in sheets.items() if title in BY_TITLE}
    if not known:
        raise ContentError([fault("no_sheets", titles="、".join(sheets))])
    for title, sheet in sheets.items():
        if title not in (*known, INSTRUCTIONS, LISTS) and _filled(sheet):
            told.mended[title, "sheet_skipped"] = []
    rows = {title: tuple(_sheet(BY_TITLE[title], sheet, told)) for title, sheet in known.items()}
    if told.faults:
        raise refused(told.faults)
    across = any(row.code is not None for listed in rows.values() for row in listed) or set(rows) == {MATTER.title}
    return Read(rows=rows, versions=_versions(sheets.get(INSTRUCTIONS)), hints=tuple(told.hints()), across=across)


def _sheet(table: Table, sheet: Worksheet, told: _Told) -> Iterator[Row]:
    filled = _filled(sheet)
    top = _header_row(table, filled)
    if top is None:
        told.fault("no_header", table.title, "A1", headers="、".join(column.header for column in table.columns[:4]))
        return
    columns = _columns(table, filled, top, told)
    merged = set(_merged(table, sheet, top, told))
    for number in sorted(row for row in filled if row > top and row not in merged):
        if any(_says(cell) for cell in filled[number].values()):
            row = _row(table, number, filled[number], columns, told)
            if row is not None:
                yield row


def _filled(sheet: Worksheet) -> Mapping[int, Mapping[int, Cell]]:
    """Return the cells that exist, by row and column: one far-off cell must not make a million empty rows."""
    rows: dict[int, dict[int, Cell]] = defaultdict(dict)
    for (row, column), cell in sheet._cells.items():
        if isinstance(cell, Cell) and cell.value is not None:
            rows[row][column] = cell
    return rows


def _says(cell: Cell) -> bool:
    return cells.cleaned(cell.value, set()) != ""


def _header_row(table: Table, filled: Mapping[int, Mapping[int, Cell]]) -> Optional[int]:
    wanted = {column.header for column in table.columns}
    known = {
        number: len(wanted & {_header(cell) for cell in filled[number].values()}) for number in sorted(filled) if number <= HEADER_WITHIN
    }
    best = max(known, key=lambda number: known[number], default=None)
    return best if best is not None and known[best] >= 2 else None


def _header(cell: Cell) -> str:
    return "".join(cells.cleaned(cell.value, set()).split()).strip("*＊:：")


def _columns(table: Table, filled: Mapping[int, Mapping[int, Cell]], top: int, told: _Told) -> Mapping[int, Column]:
    expected = {column.header: column for column in (CODE, MATTER_NAME, *table.columns)}
    found: dict[int, Column] = {}
    for number, cell in sorted(filled[top].items()):
        header = _header(cell)
        if header in expected and expected[header] in found.values():
            told.fault("twice_column", table.title, cell.coordinate, top, header=header)
        elif header in expected:
            found[number] = expected[header]
        elif header or any(number in row for place, row in filled.items() if place > top):
            _unknown_column(table, cell, header, [one for one in expected if one not in map(_header, filled[top].values())], told)
    for column in table.columns:
        if column not in found.values():
            told.fault("missing_column", table.title, f"{get_column_letter(max(filled[top]) + 1)}{top}", top, header=column.header)
    return found


def _unknown_column(table: Table, cell: Cell, header: str, free: Sequence[str], told: _Told) -> None:
    near = difflib.get_close_matches(header, free, n=1, cutoff=0.5)
    name = "misspelt_column" if near else "unknown_column"
    told.fault(name, table.title, cell.coordinate, cell.row, header=header, near="".join(near))


def _merged(table: Table, sheet: Worksheet, top: int, told: _Told) -> Iterator[int]:
    """Yield the rows that merged cells touch: what stands in them is told once, not cell by cell."""
    for area in sheet.merged_cells.ranges:
        if area.max_row >= top:
            told.fault("merged", table.title, f"{get_column_letter(area.min_col)}{area.min_row}", area.min_row, area=area.coord)
            yield from range(area.min_row, area.max_row + 1)


def _row(table: Table, number: int, filled: Mapping[int, Cell], columns: Mapping[int, Column], told: _Told) -> Optional[Row]:
    letters = {CODE.header if column is CODE else column.field: get_column_letter(at) for at, column in columns.items()}
    values: dict[str, Any] = {}
    before, code = len(told.faults), None
    for at, column in columns.items():
        if column is MATTER_NAME:
            continue
        value = _value(table, column, number, get_column_letter(at), filled.get(at), told)
        if column is CODE:
            code = value
        else:
            values[column.field] = value
    return None if len(told.faults) > before else Row(table, number, code, values, letters)


def _value(table: Table, column: Column, number: int, letter: str, cell: Optional[Cell], told: _Told) -> Any:
    where, mended = f"{letter}{number}", set[str]()
    if cell is not None and cell.data_type in ("f", "e"):
        told.fault("formula" if cell.data_type == "f" else "error_value", table.title, where, number, text=cell.value)
        return None
    try:
        value = cells.read(column, cell.value if cell else None, mended)
    except Unreadable as wrong:
        name = "blank_id" if wrong.name == "blank" and column.field == "id" else wrong.name
        told.fault(name, table.title, where, number, **wrong.gaps, suggested=f"{table.part.replace('_', '-')}-{number}")
        return None
    for name in sorted(mended):
        told.mended[table.title, name].append(where)
    return value


def _versions(sheet: Optional[Worksheet]) -> Mapping[str, int]:
    """Return the version of every matter that the instructions list, by code; nothing where that list is gone."""
    rows = [] if sheet is None else [*_texts(sheet)]
    start = next((number for number, row in enumerate(rows, 1) if (row[0], row[2]) == (CODE.header, VERSION)), len(rows))
    return {row[0]: int(row[2]) for row in takewhile(lambda row: row[2].isdecimal(), rows[start:])}


def _texts(sheet: Worksheet) -> Iterator[list[str]]:
    for _, row in sorted(_filled(sheet).items()):
        yield [cells.cleaned(row[column].value, set()) if column in row else "" for column in range(1, 6)]
