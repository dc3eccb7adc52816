"""What an editor is told about a workbook: the sheet, the cell, what is wrong and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence

from knowledge.errors import ContentError, Fault
from knowledge.wording import page

WORKBOOK = "工作簿"
# More than an editor mends in one go.
MOST = 100


@dataclass(frozen=True)
class CellFault(Fault):
    """A fault in a workbook; `file` is the sheet, `cell` its address, or empty where the whole sheet is meant."""

    cell: str = ""

    def __str__(self) -> str:
        where = f"{self.file} {self.cell}".strip()
        return f"{where}：{self.fault}{self.mend}"


@dataclass(frozen=True)
class Hint:
    """What was put right without asking, or what an editor should know."""

    sheet: str
    cells: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        shown = "、".join(self.cells[:3]) + (f" 等 {len(self.cells)} 格" if len(self.cells) > 3 else "")
        return f"{self.sheet} {shown}".strip() + f"：{self.text}"


class Unreadable(Exception):
    """A cell that holds nothing its column can take: the name of the fault and its gaps."""

    def __init__(self, name: str, /, **gaps: Any) -> None:
        self.name = name
        self.gaps = gaps
        super().__init__(name)


def fault(name: str, /, *, sheet: str = WORKBOOK, cell: str = "", line: int = 0, **gaps: Any) -> CellFault:
    """Return the fault `name` of the wording's `sheets`, its gaps filled."""
    wrong, mend = page("faults")["sheets"][name]
    return CellFault(file=sheet, line=line, cell=cell, fault=str(wrong).format(**gaps), mend=str(mend).format(**gaps))


def hint(name: str, /, *, sheet: str = WORKBOOK, cells: Sequence[str] = (), **gaps: Any) -> Hint:
    """Return the hint `name` of the wording's `sheets`, its gaps filled."""
    return Hint(sheet, tuple(cells), str(page("faults")["sheets"]["hints"][name]).format(**gaps))


def refuse(name: str, /, **gaps: Any) -> ContentError:
    """Return the error for a file that cannot be read at all."""
    return ContentError([fault(name, **gaps)])


def refused(faults: Sequence[CellFault]) -> ContentError:
    """Return the error with all faults, or with as many as somebody reads and the number of the others."""
    more = [fault("more", count=len(faults) - MOST)] if len(faults) > MOST else []
    return ContentError([*faults[:MOST], *more])
