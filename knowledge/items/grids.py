"""A file as grids of cells, whether it is a workbook or JSON: what can be opened at all, and where each cell stands."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Sequence

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.errors import ContentError, Fault
from knowledge.items.words import words
from knowledge.wording import fault

MOST_BYTES = 50_000_000
MOST_UNPACKED_BYTES = 800_000_000
TITLE_ROWS = 10

Row = tuple[int, Sequence[Any]]


@dataclass(frozen=True)
class CellFault(Fault):
    """One thing wrong in a list: its cell, what, and how to mend it."""

    cell: str = ""

    def __str__(self) -> str:
        return f"{self.file} {self.cell}：{self.fault}{self.mend}"


@dataclass(frozen=True)
class Grid:
    """A sheet below its headers; `merged` are the joined cells below them, as ranges."""

    name: str
    header_row: int
    headers: tuple[Any, ...]
    rows: Sequence[Row]
    merged: tuple[str, ...] = field(default=())

    def at(self, row: int, column: int) -> str:
        """Return the address of a cell, as the program that made the file shows it."""
        return f"{self.name}!{get_column_letter(column + 1)}{row}" if self.header_row else f"{self.name}[{row - 1}].{self.headers[column]}"


def read(path: Path) -> dict[str, Grid]:
    """Return the grids of `path` by what they hold, “items” and “questions”; raise ContentError where it cannot be read."""
    if path.stat().st_size > MOST_BYTES:
        raise refused(path, "list_too_big", most=MOST_BYTES // 1_000_000)
    return _json(path) if path.suffix.lower() == ".json" else _workbook(path)


def refused(path: Path, name: str, **gaps: object) -> ContentError:
    """Return the error that says why a whole file is not read."""
    return ContentError([CellFault(path.name, 1, *fault(name, **gaps))])


def _workbook(path: Path) -> dict[str, Grid]:
    _check_archive(path)
    try:
        sheets = load_workbook(path).worksheets
    except Exception as error:  # openpyxl lets through whatever the broken part raised: KeyError, ValueError, ParseError, …
        raise refused(path, "list_not_workbook") from error
    found = {kind: sheet for kind, names in words("sheets").items() for sheet in sheets if sheet.title.strip() in names}
    if "items" not in found and len(sheets) == 1:
        found["items"] = sheets[0]
    if "items" not in found:
        raise refused(path, "list_no_sheet", found="、".join(sheet.title for sheet in sheets))
    return {kind: _grid(path, kind, sheet) for kind, sheet in found.items()}


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise refused(path, "list_not_workbook") from error
    if unpacked > MOST_UNPACKED_BYTES:
        raise refused(path, "list_too_big", most=MOST_BYTES // 1_000_000)


def _grid(path: Path, kind: str, sheet: Worksheet) -> Grid:
    rows = list(enumerate(sheet.iter_rows(values_only=True), 1))
    known = {header for headers in words("columns")[kind].values() for header in headers}
    likeness = {row: sum("".join(str(cell).split()) in known for cell in cells) for row, cells in rows[:TITLE_ROWS]}
    top = max(likeness, key=lambda row: likeness[row], default=0)
    if not likeness.get(top):
        raise refused(path, "list_no_headers", sheet=sheet.title, rows=TITLE_ROWS)
    merged = tuple(str(one.coord) for one in sheet.merged_cells.ranges if one.max_row >= top)
    return Grid(sheet.title, top, tuple(rows[top - 1][1]), rows[top:], merged)


def _json(path: Path) -> dict[str, Grid]:
    try:
        loaded = json.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise refused(path, "not_utf8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise refused(path, "list_not_json", problem=str(error)) from error
    names = words("sheets")
    found = {kind: loaded[name] for kind in names for name in names[kind] if isinstance(loaded, dict) and name in loaded}
    if "items" not in found or not all(isinstance(one, list) for one in found.values()):
        raise refused(path, "list_json_shape")
    return {kind: _from_records(path, kind, records) for kind, records in found.items()}


def _from_records(path: Path, kind: str, records: Sequence[Any]) -> Grid:
    wrong = next((n for n, record in enumerate(records) if not isinstance(record, dict)), None)
    if wrong is not None:
        raise refused(path, "list_json_record", where=f"{kind}[{wrong}]")
    headers = tuple(dict.fromkeys(key for record in records for key in record))
    return Grid(kind, 0, headers, [(n, [record.get(key) for key in headers]) for n, record in enumerate(records, 1)])
