"""What a workbook would change: the matters it makes of those in force, and every difference, row by row."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Iterator, Mapping, Optional, Sequence

from pydantic import ValidationError

from knowledge.editing import checks
from knowledge.editing.sheets import records, references
from knowledge.editing.sheets.belonging import Sheets, by_matter
from knowledge.editing.sheets.columns import BY_TITLE, CONTRADICTIONS, GUIDES, MATERIALS, MATTER, OPTIONS, TABLES
from knowledge.editing.sheets.differences import Change, Comparison
from knowledge.editing.sheets.faults import CellFault, Hint, fault, hint, refused
from knowledge.editing.sheets.reading import Read, Row, read
from knowledge.editing.sheets.records import Record, Records
from knowledge.errors import ContentError
from knowledge.values.guide import NATION, Material, Matter

CODE_FORM = re.compile(r"[a-z][a-z0-9_]{1,63}")


@dataclass(frozen=True)
class Plan:
    """What an import would do: the matters it changes, as they would be, every change, and what an editor should know."""

    matters: tuple[Matter, ...]
    changes: tuple[Change, ...]
    hints: tuple[Hint, ...]


def plan(content: bytes, *, in_force: Mapping[str, Matter], shared: Sequence[Material]) -> Plan:
    """Return what the workbook `content` would change; raise ContentError naming every cell that has to be mended first."""
    workbook = read(content)
    made: dict[str, Matter] = {}
    changes: list[Change] = []
    faults: list[CellFault] = []
    for code, sheets in by_matter(workbook, in_force).items():
        try:
            matter, found = _changed(code, sheets, in_force.get(code), shared)
        except ContentError as error:
            faults.extend(one for one in error.faults if isinstance(one, CellFault))
            continue
        changes.extend(found)
        made |= {code: matter} if found else {}
    if faults:
        raise refused(faults)
    return Plan(tuple(made.values()), tuple(changes), (*workbook.hints, *_hints(workbook, made, in_force)))


def _changed(
    code: str, sheets: Sheets, before: Optional[Matter], shared: Sequence[Material]
) -> tuple[Matter, tuple[Change, ...]]:
    old = records.of(before) if before else {table.title: () for table in TABLES}
    rows = _resolved(_whole(sheets, old), shared)
    if before is None and not CODE_FORM.fullmatch(code):
        raise refused([fault("bad_code", sheet=MATTER.title, cell=rows[MATTER.title][0].cell("code"), text=code)])
    if NATION not in {row.record["region"] for row in rows[GUIDES.title]}:
        raise refused([fault("no_nation", sheet=GUIDES.title)])
    new = {title: [row.record for row in listed] for title, listed in rows.items()}
    new[MATERIALS.title] += _lacking(new, shared)
    matter = _made(new, before)
    _check(matter, shared)
    numbers = {title: [row.number for row in listed] for title, listed in rows.items()}
    names = {one.id: one.name for one in (*shared, *(before.materials if before else ()), *matter.materials)}
    return matter, tuple(Comparison(code, old, new, numbers, names).changes())


def _whole(sheets: Sheets, old: Records) -> Sheets:
    """Return the rows of every sheet: those of the workbook, and what is in force where it has no such sheet."""
    rows = {table.title: sheets.get(table.title) or () for table in TABLES}
    kept = {title: [Row(BY_TITLE[title], 0, None, record, {}) for record in old[title]] for title in rows if title not in sheets}
    return rows | {title: _without_orphans(listed, rows | kept) for title, listed in kept.items()}


def _without_orphans(kept: Sequence[Row], rows: Sheets) -> Sequence[Row]:
    """Leave out what is not in the workbook and whose place or question the workbook takes away."""
    places = set(records.place_keys([row.record for row in rows[GUIDES.title]]))
    asked = {row.record["key"] for row in rows["情形问题"]}
    return [
        row
        for row in kept
        if (row.table.of != "guide" or row.record["region"] in places) and (row.table is not OPTIONS or row.record["key"] in asked)
    ]


def _resolved(rows: Sheets, shared: Sequence[Material]) -> Sheets:
    known = references.References(rows, shared)
    faults: list[CellFault] = []
    resolved: dict[str, list[Row]] = {}
    for title, listed in rows.items():
        resolved[title] = []
        for row in listed:
            one, wrong = known.resolve(row)
            resolved[title].append(one)
            faults.extend(wrong)
        faults.extend(references.doubled(BY_TITLE[title], listed))
    faults.extend(references.disagreeing(rows[CONTRADICTIONS.title]))
    if faults:
        raise refused(faults)
    return resolved


def _lacking(new: Records, shared: Sequence[Material]) -> list[Record]:
    """Return the shared documents that are asked for and not yet among the matter's own, as reading a guide file adds them."""
    asked = {record["material"] for record in new["材料要求"]}
    own = {record["id"] for record in new[MATERIALS.title]}
    return [dataclasses.asdict(material) for material in shared if material.id in asked - own]


def _made(new: Records, before: Optional[Matter]) -> Matter:
    try:
        return records.matter(new, version=before.version if before else 0)
    except ValidationError as error:
        name = str(new[MATTER.title][0]["name"])
        raise refused([fault("other", name=name, wrong=f"{one['loc']}：{one['msg']}。", mend="") for one in error.errors()]) from error


def _check(matter: Matter, shared: Sequence[Material]) -> None:
    found = list(checks.faults(matter, tuple(shared)))
    if found:
        raise refused([fault("other", name=matter.name, wrong=_plain(wrong), mend=_plain(mend)) for wrong, mend in found])


def _plain(text: str) -> str:
    """Return a fault of a guide file in the words of the sheets: “适用条件”, not “when:”."""
    for table in TABLES:
        text = text.replace(f" {table.part} ", f"“{table.title}”").replace(f" {table.part}“", f"“{table.title}”的“")
        text = text.replace(f" {table.part}: ", f"“{table.title}”表")
        for column in table.columns:
            text = text.replace(f" {column.field}: ", f"“{column.header}”").replace(f" {column.field}:", f"“{column.header}”")
    return text.replace(" regions: ", "“地方”")


def _hints(workbook: Read, made: Mapping[str, Matter], in_force: Mapping[str, Matter]) -> Iterator[Hint]:
    for code, matter in made.items():
        current, exported = in_force.get(code), workbook.versions.get(code)
        if current is None:
            yield hint("new_matter", name=matter.name, code=code)
        elif exported is None:
            yield hint("no_version")
        elif exported != current.version:
            yield hint("older", name=current.name, version=exported, current=current.version)
    if not workbook.across and set(made) <= set(in_force):
        yield from (hint("sheet_absent", sheet=table.title) for table in TABLES if table.title not in workbook.rows)
    if workbook.across and MATTER.title in workbook.rows:
        there = {row.record["code"] for row in workbook.rows[MATTER.title]}
        yield from (hint("stays", name=in_force[code].name) for code in workbook.versions if code in in_force and code not in there)
