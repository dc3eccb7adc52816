"""What differs between two versions of a matter, field by field."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Iterator, Mapping, Optional

from knowledge.language import regions
from knowledge.store.matters import GUIDE_BLOCKS, MATTER_PARTS, plain
from knowledge.values.guide import Matter
from knowledge.wording import label

# What identifies a row among its own kind; everything else is a field that can change.
IDENTITY = ("id", "key", "region", "effective_from")
GUIDE_KEYS = ("region", "effective_from", "effective_to", "reference", "whole", "entry", "drops")
MATTER_KEYS = ("name", "audience", "stage", "summary", "aliases", "questions")
Row = tuple[str, str, str, str]  # place, block, id, first day


@dataclass(frozen=True)
class Change:
    """One field of one row; None before: new, None after: gone."""

    place: str
    block: str
    id: str
    field: str
    before: Optional[str]
    after: Optional[str]

    def __str__(self) -> str:
        where = " ".join(part for part in (self.place, label("blocks", self.block), self.id) if part)
        named = f"{where}：{label('fields', self.field)}"
        if self.before is None:
            return f"＋ {named}：{self.after}"
        return f"－ {named}：{self.before}" if self.after is None else f"～ {named}：{self.before} → {self.after}"


def between(before: Optional[Matter], after: Optional[Matter]) -> tuple[Change, ...]:
    """Return every field that differs, in the order of the guide; against None everything is new, or gone."""
    old, new = _rows(before), _rows(after)
    return tuple(change for row in dict.fromkeys((*old, *new)) for change in _changes(row, old.get(row, {}), new.get(row, {})))


def _changes(row: Row, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    place, block, name, *_ = row
    for field in dict.fromkeys((*old, *new)):
        if old.get(field) != new.get(field):
            yield Change(place, block, name, field, old.get(field), new.get(field))


def _rows(matter: Optional[Matter]) -> dict[Row, dict[str, str]]:
    if matter is None:
        return {}
    rows: dict[Row, dict[str, str]] = {("", "matter", "", ""): _filled({key: getattr(matter, key) for key in MATTER_KEYS})}
    for block in MATTER_PARTS:
        rows |= {_row("", block, entry): _fields(entry) for entry in getattr(matter, block)}
    for guide in matter.guides:
        place = regions.name_of(guide.region)
        rows[place, "guides", "", str(guide.effective_from)] = _filled({key: getattr(guide, key) for key in GUIDE_KEYS})
        for block in GUIDE_BLOCKS:
            rows |= {_row(place, block, line): _fields(line) for line in getattr(guide, block)}
    return rows


def _row(place: str, block: str, entry: Any) -> Row:
    name = str(getattr(entry, "id", None) or getattr(entry, "key", ""))
    return place, block, name, str(getattr(entry, "effective_from", None) or "")


def _fields(entry: Any) -> dict[str, str]:
    own = [field for field in dataclasses.fields(entry) if field.name not in IDENTITY]
    return _filled({field.name: getattr(entry, field.name) for field in own if getattr(entry, field.name) != field.default})


def _filled(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields that say something, as an editor reads them."""
    return {key: _text(plain(value)) for key, value in fields.items() if value not in (None, "", ())}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(_text(entry) for entry in value)
    if isinstance(value, dict):
        return "，".join(f"{key}={_text(entry)}" for key, entry in value.items() if entry not in (None, "", []))
    return str(value)
