"""Where every line of a printed page stands: lines broken as Chinese is, pieces kept whole, flowing through columns and pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Iterator, Literal, Optional, Sequence

from bot.rendering import fonts

Kind = Literal["heading", "box", "line", "strip", "small"]

# Millimetres, on A4.
MM = 25.4 / 72
WIDE, HIGH, MARGIN, FOOT = 210.0, 297.0, 12.0, 18.0
GUTTER = 7.0
BOLD = ("heading", "box", "strip")
# What a box to tick takes before its text, and what is left free above a piece, in type sizes.
BOX = 1.6
GAPS = {"heading": 0.8, "box": 0.45, "strip": 0.6, "line": 0.12, "small": 0.12}
# Nobody should need glasses for it.
SMALLEST = 9.5
# A piece longer than this may be cut between two of its lines; all others stay whole.
MOST_ROWS = 12
# Punctuation and source numbers never begin a line, opening quotes never end one, a number keeps its unit, an address stays whole.
UNBROKEN = re.compile(r"[“‘（《【〈「〔(\[]*(?:\d+ \S|[A-Za-z0-9][\w.:/@%+=&?#~-]*|.)(?:\[\d+\]|[，。、；：？！”’）》】〉」〕)\]…·])*", re.ASCII)
NUMBERED = re.compile(r"(?:\d+\. |· |※ |\[\d+\] )")


@dataclass(frozen=True)
class Style:
    """One way to lay the page: the type size in points, how many columns, from line to line how many type sizes."""

    size: float
    columns: int
    leading: float = 1.4

    @property
    def width(self) -> float:
        """Return how wide a column is."""
        return (WIDE - 2 * MARGIN - (self.columns - 1) * GUTTER) / self.columns


@dataclass(frozen=True)
class Piece:
    """What stays together: a text with what is said about it in smaller type; `ticked` where there is a box to tick."""

    kind: Kind
    text: str
    detail: str = ""
    ticked: Optional[bool] = None


@dataclass(frozen=True)
class Row:
    """One line of text, from the left edge of its piece."""

    text: str
    size: float
    bold: bool = False
    indent: float = 0.0
    leading: float = 1.4

    @property
    def height(self) -> float:
        """Return how much of the page the line takes."""
        return self.size * self.leading * MM

    @property
    def base(self) -> float:
        """Return how far below its top the base line of Noto Sans SC is, so that the characters stand in the middle."""
        return self.size * (self.leading / 2 + 0.42) * MM


@dataclass(frozen=True)
class Placed:
    """A piece, or a part of a long one, at its place; `first` where it begins."""

    piece: Piece
    rows: tuple[Row, ...]
    page: int
    x: float
    y: float
    first: bool


def place(pieces: Sequence[Piece], style: Style, *, top: float) -> tuple[Placed, ...]:
    """Return every piece at its place; the first page begins at `top`."""
    placed = []
    page, column, y = 1, 0, top
    groups = [(piece, rows, first) for piece in pieces for rows, first in _parts(piece, style)]
    for at, (piece, rows, first) in enumerate(groups):
        begins = y == (top if page == 1 else MARGIN)
        gap = 0.0 if begins or not first else GAPS[piece.kind] * style.size * MM
        if y + gap + _needed(groups, at) > HIGH - FOOT and not begins:
            page, column = (page, column + 1) if column + 1 < style.columns else (page + 1, 0)
            y, gap = (top if page == 1 else MARGIN), 0.0
        placed.append(Placed(piece, rows, page, MARGIN + column * (style.width + GUTTER), y + gap, first))
        y += gap + height(rows)
    return tuple(placed)


def rows(text: str, first: Row, *, width: float) -> Iterator[Row]:
    """Yield `text` broken into lines like `first`, `width` wide; what follows a number stays to the right of it."""
    found = NUMBERED.match(text)
    hang = _wide(found.group(), first) if found else 0.0
    room = width - first.indent
    for n, line in enumerate(_broken(text, first, (room, room - hang))):
        yield replace(first, text=line, indent=first.indent + (hang if n else 0.0))


def _parts(piece: Piece, style: Style) -> Iterator[tuple[tuple[Row, ...], bool]]:
    every = tuple(_rows(piece, style))
    for start in range(0, len(every), MOST_ROWS):
        yield every[start : start + MOST_ROWS], start == 0


def _rows(piece: Piece, style: Style) -> Iterator[Row]:
    less = max(SMALLEST, style.size - 1)
    size = {"heading": style.size + 1, "small": less}.get(piece.kind, style.size)
    beside_box = style.size * BOX * MM if piece.ticked is not None else 0.0
    first = Row("", size, piece.kind in BOLD, beside_box, style.leading)
    yield from rows(piece.text, first, width=style.width)
    yield from rows(piece.detail, replace(first, size=less, bold=False), width=style.width)


def _needed(groups: Sequence[tuple[Piece, tuple[Row, ...], bool]], at: int) -> float:
    """Return the room that a part needs where it stands: a heading also that of what it heads."""
    piece, own, _ = groups[at]
    following = groups[at + 1][1] if piece.kind == "heading" and at + 1 < len(groups) else ()
    return height(own) + height(following)


def height(some: Sequence[Row]) -> float:
    """Return how much of the page lines take one under the other."""
    return sum(row.height for row in some)


def _broken(text: str, like: Row, widths: tuple[float, float]) -> Iterator[str]:
    """Yield the lines; `widths` are those of the first and of all others."""
    line, used, room = "", 0.0, widths[0]
    for part, wide in _unbroken(text, like, min(widths)):
        if line and used + wide > room and not part.isspace():
            yield line.rstrip()
            line, used, room = "", 0.0, widths[1]
        if line or not part.isspace():
            line, used = line + part, used + wide
    if line:
        yield line.rstrip()


def _unbroken(text: str, like: Row, width: float) -> Iterator[tuple[str, float]]:
    """Yield the parts that stay on one line, with their widths; one that no line could hold is given character by character."""
    for part in UNBROKEN.findall(text):
        wide = _wide(part, like)
        yield from ((char, _wide(char, like)) for char in part) if wide > width else ((part, wide),)


def _wide(text: str, like: Row) -> float:
    return fonts.width(text, bold=like.bold) * like.size * MM
