"""Which matter every row of a workbook belongs to: the only one, or the one its own row names."""

from __future__ import annotations

from typing import Iterator, Mapping, Sequence

from knowledge.editing.sheets.columns import CODE, MATTER
from knowledge.editing.sheets.faults import CellFault, fault, refused
from knowledge.editing.sheets.reading import Read, Row
from knowledge.values.guide import Matter

Sheets = Mapping[str, Sequence[Row]]


def by_matter(workbook: Read, in_force: Mapping[str, Matter]) -> Mapping[str, Sheets]:
    """Return the rows of every matter that `workbook` is about, by sheet; a sheet that it lacks is not among them."""
    if not workbook.across:
        return {_only_code(workbook, in_force): workbook.rows}
    faults = [*_strays(workbook, in_force)]
    if faults:
        raise refused(faults)
    # A matter that was exported and has no row left has lost its rows; one without its own sheet's row is left alone.
    listed = [] if MATTER.title in workbook.rows else [code for code in workbook.versions if code in in_force]
    named = [_code(row) for rows in workbook.rows.values() for row in rows]
    return {code: dict(_of(code, workbook)) for code in dict.fromkeys((*listed, *named))}


def _of(code: str, workbook: Read) -> Iterator[tuple[str, Sequence[Row]]]:
    for title, rows in workbook.rows.items():
        own = [row for row in rows if _code(row) == code]
        if own or title != MATTER.title:
            yield title, own


def _only_code(workbook: Read, in_force: Mapping[str, Matter]) -> str:
    if MATTER.title in workbook.rows:
        infos = workbook.rows[MATTER.title]
        if len(infos) != 1:
            raise refused([fault("matters_many" if infos else "no_info", sheet=MATTER.title)])
        return _code(infos[0])
    exported = [code for code in workbook.versions if code in in_force]
    if len(workbook.versions) != 1 or not exported:
        raise refused([fault("missing_code_column", sheet=title, cell="A1") for title in workbook.rows])
    return exported[0]


def _strays(workbook: Read, in_force: Mapping[str, Matter]) -> Iterator[CellFault]:
    """Yield a fault for every sheet that does not say whose rows it holds, and every row of a matter that is not there."""
    for title, rows in workbook.rows.items():
        if any(row.table is not MATTER and row.code is None for row in rows):
            yield fault("missing_code_column", sheet=title, cell="A1")
        for row in rows:
            if _code(row) not in in_force:
                where = row.cell("code" if row.table is MATTER else CODE.header)
                gaps = {"text": _code(row), "near": "、".join(in_force)}
                yield fault("no_such_matter", sheet=title, cell=where, line=row.number, **gaps)


def _code(row: Row) -> str:
    return str(row.record["code"] if row.table is MATTER else row.code)
