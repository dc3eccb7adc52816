"""A city's list from its file: every cell cleaned and checked, every fault with its address, all of it or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Sequence

from knowledge.errors import ContentError, Fault
from knowledge.items import grids
from knowledge.items.grids import CellFault, Grid
from knowledge.items.words import words
from knowledge.values.items import ListedItem, ListedQuestion
from knowledge.wording import fault

MOST_FAULTS = 100
LONGEST_CODE = 64
FULL_WIDTH = {wide: chr(wide - 0xFEE0) for first, last in ("０９", "ＡＺ", "ａｚ") for wide in range(ord(first), ord(last) + 1)} | {0x3000: " ", 0xA0: " "}
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]")
BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
BLANK = re.compile(r"[ \t]+")
BROKEN = re.compile(r"#(?:REF|N/A|VALUE|NAME|DIV/0|NUM|NULL)[!?]?")
NUMBERED = re.compile(r"^(?:[(（]?\d{1,2}[)）、.．](?!\d)|[①-⑳]|[-·•*])\s*")
LIMITS = ("statutory_limit", "promised_limit")


@dataclass(frozen=True)
class Contents:
    """What a file holds; `ignored` are headers that nothing was read from, `absent` the columns it lacks."""

    items: tuple[ListedItem, ...]
    questions: tuple[ListedQuestion, ...]
    ignored: tuple[str, ...]
    absent: tuple[str, ...]


def read(path: Path) -> Contents:
    """Return the list in `path`; raise ContentError with every fault where it has any."""
    reader = _Reader(path)
    sheets = {kind: _Sheet(reader, kind, grid) for kind, grid in grids.read(path).items()}
    records = {kind: sheet.records() for kind, sheet in sheets.items()}
    items = _items(reader, sheets["items"], records["items"])
    questions = _questions(reader, sheets["questions"], records["questions"], items) if "questions" in sheets else []
    if not items and not reader.faults:
        raise grids.refused(path, "list_empty")
    reader.close()
    return Contents(
        items=tuple(items.values()),
        questions=tuple(questions),
        ignored=tuple(dict.fromkeys(header for sheet in sheets.values() for header in sheet.ignored)),
        absent=tuple(header for sheet in sheets.values() for header in sheet.absent),
    )


def clean(cell: Any) -> str:
    """Return the text of a cell: full-width digits and letters folded, stray spaces and what nobody sees taken out."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = INVISIBLE.sub("", str(cell).translate(FULL_WIDTH).replace("\r\n", "\n").replace("\r", "\n"))
    lines = (BLANK.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def materials(cell: Any) -> tuple[str, ...]:
    """Return the documents that a cell lists, one a line or between semicolons, without their numbers."""
    parts = [str(part) for part in cell] if isinstance(cell, list) else re.split(r"[\n;；]", clean(cell))
    named = (NUMBERED.sub("", clean(part)).strip(" ;；。") for part in parts)
    return tuple(dict.fromkeys(name for name in named if name and name not in words("nothing_to_bring")))


class _Reader:
    """Collects the faults of one file."""

    def __init__(self, path: Path) -> None:
        self._file = path.name
        self.faults: list[Fault] = []

    def fault(self, row: int, cell: str, name: str, **gaps: object) -> None:
        self.faults.append(CellFault(self._file, row, *fault(name, **gaps), cell=cell))

    def close(self) -> None:
        """Raise what was found; of very many only the first, and how many more there are."""
        if not self.faults:
            return
        left = len(self.faults) - MOST_FAULTS
        more = [CellFault(self._file, 1, *fault("list_more", count=left))] if left > 0 else []
        raise ContentError([*sorted(self.faults, key=lambda one: one.line)[:MOST_FAULTS], *more])


class _Sheet:
    """One grid read by its headers."""

    def __init__(self, reader: _Reader, kind: str, grid: Grid) -> None:
        self._reader = reader
        self._grid = grid
        known = words("columns")[kind]
        headers = ["" if header is None else "".join(clean(header).split()).rstrip("*:：") for header in grid.headers]
        self._columns = {name: headers.index(header) for name, wordings in known.items() for header in wordings[::-1] if header in headers}
        self.ignored = tuple(header for n, header in enumerate(headers) if header and n not in self._columns.values())
        missing = [name for name in known if name not in self._columns]
        self.absent = tuple(known[name][0] for name in missing)
        self._check_headers(headers, [known[name][0] for name in missing if name in words("required")[kind]])

    def _check_headers(self, headers: Sequence[str], missing: Sequence[str]) -> None:
        row = max(self._grid.header_row, 1)
        for header in missing:
            self._reader.fault(row, self._grid.name, "list_no_column", column=header)
        for n, header in enumerate(headers):
            if headers.index(header) < n and headers.index(header) in self._columns.values():
                self._reader.fault(row, self._grid.at(row, n), "list_column_twice", column=header)
        for merged in self._grid.merged:
            self._reader.fault(row, f"{self._grid.name}!{merged}", "list_merged")

    def at(self, row: int, name: str) -> str:
        """Return the address of a field."""
        return self._grid.at(row, self._columns[name])

    def has(self, name: str) -> bool:
        """Tell whether the sheet has the column."""
        return name in self._columns

    def records(self) -> list[tuple[int, dict[str, Any]]]:
        """Return (row, its filled fields) of every row that is not empty."""
        wanted = list(self._columns.items())
        found = ((row, {name: cells[n] for name, n in wanted if n < len(cells) and cells[n] not in (None, "")}) for row, cells in self._grid.rows)
        return [(row, {name: self._read(row, name, cell) for name, cell in record.items()}) for row, record in found if record]

    def _read(self, row: int, name: str, cell: Any) -> Any:
        if name == "materials" and isinstance(cell, list):
            return cell
        if not isinstance(cell, (str, int, float)) and not hasattr(cell, "isoformat") or isinstance(cell, str) and cell.startswith("="):
            self._reader.fault(row, self.at(row, name), "list_formula")
            return str(cell)
        text = clean(cell)
        if BROKEN.fullmatch(text):
            self._reader.fault(row, self.at(row, name), "list_broken", value=text)
        elif name in LIMITS and text.isdigit():
            self._reader.fault(row, self.at(row, name), "list_no_unit", value=text)
        return text


def _items(reader: _Reader, sheet: _Sheet, records: Sequence[tuple[int, Mapping[str, Any]]]) -> dict[str, ListedItem]:
    seen: dict[str, int] = {}
    items: dict[str, ListedItem] = {}
    for row, record in records:
        code = _code(reader, sheet, row, record, "code")
        if sheet.has("name") and not record.get("name"):
            reader.fault(row, sheet.at(row, "name"), "list_no_name")
        if code in seen:
            reader.fault(row, sheet.at(row, "code"), "list_code_twice", code=code, first=seen[code])
        elif code:
            seen[code] = row
            items[code] = _item(row, code, record)
    return items


def _questions(
    reader: _Reader, sheet: _Sheet, records: Sequence[tuple[int, Mapping[str, Any]]], items: Mapping[str, ListedItem]
) -> list[ListedQuestion]:
    questions = []
    for row, record in records:
        code = _code(reader, sheet, row, record, "item_code")
        if code and code not in items:
            reader.fault(row, sheet.at(row, "item_code"), "list_code_unknown", code=code)
        for name in ("ask", "answer"):
            if sheet.has(name) and not record.get(name):
                reader.fault(row, sheet.at(row, name), f"list_no_{name}")
        questions.append(ListedQuestion(row=row, item_code=code, ask=record.get("ask", ""), answer=record.get("answer", "")))
    return questions


def _code(reader: _Reader, sheet: _Sheet, row: int, record: Mapping[str, Any], name: str) -> str:
    code = "".join(str(record.get(name, "")).split())
    if not code and sheet.has(name):
        reader.fault(row, sheet.at(row, name), "list_no_code")
    elif len(code) > LONGEST_CODE:
        reader.fault(row, sheet.at(row, name), "list_code_long", most=LONGEST_CODE, length=len(code))
    return code


def _item(row: int, code: str, record: Mapping[str, Any]) -> ListedItem:
    texts: dict[str, Any] = {field: text or None for field, text in record.items() if field not in ("code", "name", "materials")}
    name = BETWEEN_CHINESE.sub("", record.get("name", "").replace("\n", ""))
    return ListedItem(row=row, code=code, name=name, materials=materials(record.get("materials", "")), **texts)
