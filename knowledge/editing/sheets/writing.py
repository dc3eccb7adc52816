"""A matter, or one table of every matter, as a workbook an editor can fill in."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any, Iterator, Mapping, Optional, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.editing.sheets import cells, records
from knowledge.editing.sheets.columns import (
    CODE,
    INSTRUCTIONS,
    LISTS,
    MATTER,
    MATTER_NAME,
    TABLES,
    VERSION,
    Column,
    Table,
)
from knowledge.values.guide import Material, Matter
from knowledge.wording import page

TOP = Alignment(vertical="top", wrap_text=True)
WHITE = Font(bold=True, color="FFFFFF")
MUST, MAY = PatternFill("solid", fgColor="1F4E79"), PatternFill("solid", fgColor="7F93A8")
# Text stays what was typed (“2024-07”, “0731”); days are real days.
TEXT = "文字"
STYLES: Mapping[str, str] = {"whole": "数字", "day": "日子"}
FORMATS = {TEXT: "@", "数字": "0", "日子": "yyyy-mm-dd"}
# Rows below the last one that are checked and dropped down as well, for what is added.
SPARE = 300
# A list that grows while the sheet is filled in (a new source) warns; a closed one refuses.
GROWING = ("place", "region", "material", "source")
EXPLAINED = ("工作表", "列", "必填", "怎么填", "能填什么")


def of_matter(matter: Matter, *, shared: Sequence[Material]) -> bytes:
    """Return a workbook with every table of `matter`; `shared` are the documents that all matters may name."""
    return _workbook(TABLES, (matter,), shared, across=False)


def of_table(table: Table, matters: Sequence[Matter], *, shared: Sequence[Material]) -> bytes:
    """Return a workbook with the rows of one table of every matter, the matter's code and name in front."""
    return _workbook((table,), matters, shared, across=True)


def _workbook(tables: Sequence[Table], matters: Sequence[Matter], shared: Sequence[Material], *, across: bool) -> bytes:
    book = Workbook()
    for name, number_format in FORMATS.items():
        book.add_named_style(NamedStyle(name, number_format=number_format, alignment=TOP))
    front = book.worksheets[0]
    front.title = INSTRUCTIONS
    _instructions(front, tables, matters)
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    named = _choices(matters, shared)
    for table in tables:
        columns = ((CODE, MATTER_NAME) if across and table is not MATTER else ()) + table.columns
        sheet = book.create_sheet(table.title, index=len(book.sheetnames) - 1)
        last = _rows(sheet, table, columns, matters, shared)
        _layout(sheet, columns, frozen=len(columns) - len(table.columns) + len(table.key))
        for number, column in enumerate(columns, 1):
            choices = named.get(column.kind) or tuple(column.choices.values()) if column.kind != "choices" else ()
            _validate(sheet, number, column, _listed(lists, choices), last)
    return _bytes(book)


def _rows(sheet: Worksheet, table: Table, columns: Sequence[Column], matters: Sequence[Matter], shared: Sequence[Material]) -> int:
    for number, column in enumerate(columns, 1):
        _header(sheet.cell(1, number), column)
    row = 1
    for matter in matters:
        names = {material.id: material.name for material in (*shared, *matter.materials)}
        for record in records.of(matter)[table.title]:
            row += 1
            filled = {"code": matter.code, "name": matter.name, **record} if columns[0] is CODE else record
            for number, column in enumerate(columns, 1):
                value = matter.name if column is MATTER_NAME else filled[column.field]
                _put(sheet.cell(row, number), cells.shown(column, value, names), column.kind)
    return row


def _put(cell: Any, value: Any, kind: str) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        # A sentence that begins with “=” is a sentence.
        cell.data_type = "s"
    else:
        cell.value = value
    cell.style = STYLES.get(kind, TEXT)


def _header(cell: Any, column: Column) -> None:
    cell.value = column.header
    cell.font, cell.fill, cell.alignment = WHITE, MUST if column.required else MAY, TOP


def _layout(sheet: Worksheet, columns: Sequence[Column], *, frozen: int) -> None:
    for number, column in enumerate(columns, 1):
        shape = sheet.column_dimensions[get_column_letter(number)]
        shape.width, shape.number_format, shape.alignment = column.width, FORMATS[STYLES.get(column.kind, TEXT)], TOP
    sheet.freeze_panes = sheet.cell(2, frozen + 1).coordinate
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(sheet.max_row, 2)}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _validate(sheet: Worksheet, number: int, column: Column, listed: Optional[str], last: int) -> None:
    rule = _rule(column, listed)
    rule.promptTitle, rule.prompt, rule.showInputMessage = column.header, column.help, True
    rule.errorTitle, rule.error, rule.showErrorMessage = column.header, column.help, rule.type is not None
    letter = get_column_letter(number)
    rule.add(f"{letter}2:{letter}{last + SPARE}")
    sheet.add_data_validation(rule)


def _rule(column: Column, listed: Optional[str]) -> DataValidation:
    if listed:
        return DataValidation(type="list", formula1=listed, allow_blank=True, errorStyle="warning" if column.kind in GROWING else "stop")
    if column.kind == "yes":
        return DataValidation(type="list", formula1='"是,否"', allow_blank=True, errorStyle="stop")
    if column.kind == "whole":
        return DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True, errorStyle="stop")
    if column.kind == "day":
        return DataValidation(type="date", operator="greaterThan", formula1="1", allow_blank=True, errorStyle="stop")
    return DataValidation(type=None, allow_blank=True)


def _choices(matters: Sequence[Matter], shared: Sequence[Material]) -> Mapping[str, tuple[str, ...]]:
    """Return what the cells of each kind that names something else may name."""
    rows = [records.of(matter) for matter in matters]
    places = [cells.place_text(key) for one in rows for key in records.place_keys(one["地方"])]
    materials = [f"{one.id} {one.name}" for matter in matters for one in matter.materials] + [f"{one.id} {one.name}" for one in shared]
    sources = [source.id for matter in matters for source in matter.sources]
    named = {"place": places, "region": places, "material": materials, "source": sources}
    return {kind: tuple(dict.fromkeys(listed)) for kind, listed in named.items()}


def _listed(lists: Worksheet, choices: Sequence[str]) -> Optional[str]:
    """Write `choices` as a column of the hidden sheet, once, and return its range."""
    if not choices:
        return None
    for column in range(1, lists.max_column + 1):
        if tuple(cell.value for cell in next(lists.iter_cols(column, column)) if cell.value is not None) == tuple(choices):
            return _range(column, len(choices))
    column = lists.max_column + 1
    for row, choice in enumerate(choices, 1):
        lists.cell(row, column, choice).data_type = "s"
    return _range(column, len(choices))


def _range(column: int, rows: int) -> str:
    letter = get_column_letter(column)
    return f"'{LISTS}'!${letter}$1:${letter}${rows}"


def _instructions(sheet: Worksheet, tables: Sequence[Table], matters: Sequence[Matter]) -> None:
    for width, letter in zip((20, 22, 26, 60, 40), "ABCDE"):
        sheet.column_dimensions[letter].width = width
    told: list[Sequence[Any]] = [(line,) for line in page("faults")["sheets"]["instructions"]]
    _section(sheet, (), told, spread=True)
    _section(sheet, (CODE.header, MATTER_NAME.header, VERSION), [(one.code, one.name, one.version) for one in matters])
    _section(sheet, EXPLAINED, [*_explained(tables)])
    if any(column.kind == "when" for table in tables for column in table.columns):
        _section(sheet, (CODE.header, "问题代号", "选项代号", "问题", "选项"), [*_asked(matters)])
    sheet.freeze_panes = "A2"


def _explained(tables: Sequence[Table]) -> Iterator[Sequence[Any]]:
    for table in tables:
        yield table.title, "", "", table.about, ""
        for column in table.columns:
            yield "", column.header, "必填" if column.required else "", column.help, "、".join(column.choices.values())


def _asked(matters: Sequence[Matter]) -> Iterator[Sequence[Any]]:
    for matter in matters:
        for question in matter.situations:
            for option in question.options:
                yield matter.code, question.key, option.value, question.ask, option.text


def _section(sheet: Worksheet, headers: Sequence[str], rows: Sequence[Sequence[Any]], *, spread: bool = False) -> None:
    start = sheet.max_row + 2 if headers else 1
    for number, header in enumerate(headers, 1):
        cell = sheet.cell(start, number, header)
        cell.font, cell.fill = WHITE, MUST
    for offset, row in enumerate(rows, 1 if headers else 0):
        for number, value in enumerate(row, 1):
            filled = sheet.cell(start + offset, number)
            _put(filled, value, "text")
            if spread:
                filled.alignment = Alignment(wrap_text=False)


def _bytes(book: Workbook) -> bytes:
    book.properties.created = book.properties.modified = dt.datetime(2026, 1, 1)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
