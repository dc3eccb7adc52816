"""A PDF sheet that is written with one Chinese font, tagged for screen readers."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Iterator, Optional, Sequence

from fpdf import FPDF

from bot.rendering import fonts
from bot.rendering.paper_layout import FOOT, HIGH, MARGIN, MM, WIDE, Placed, Row, Style

FAMILY = "NotoSansSC"
BOX, TICK = "□", "✓"


class Sheet(FPDF):
    """A4 in millimetres; lines stand at their top left corner."""

    def __init__(self, characters: str, folder: Path) -> None:
        super().__init__(unit="mm", format="A4")
        self.set_auto_page_break(False)
        characters += BOX + TICK
        for bold, style in ((False, ""), (True, "B")):
            file = folder / f"{style or 'regular'}.ttf"
            file.write_bytes(fonts.cut(characters, bold=bold))
            self.add_font(FAMILY, style, file)
            # The cut font still has the name of the thinnest weight.
            self.fonts[f"{FAMILY.lower()}{style}"].name = f"{FAMILY}-{'Bold' if bold else 'Regular'}"

    def rows(self, some: Sequence[Row], *, x: float, y: float) -> float:
        """Write lines one under the other; return where the next would begin."""
        for row in some:
            self.words(row, x=x, y=y)
            y += row.height
        return y

    def words(self, row: Row, *, x: float, y: float) -> None:
        """Write one line."""
        self.set_font(FAMILY, "B" if row.bold else "", row.size)
        self.text(x + row.indent, y + row.base, row.text)

    @contextmanager
    def tagged(self, role: str, *, alt: Optional[str] = None) -> Iterator[None]:
        """Tag what is written within as a structure element: H1, H2, P, Figure."""
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{role}", mcid=number, alt_text=alt)
        self._out(f"/{role} <</MCID {number}>> BDC")
        yield
        self._out("EMC")

    def piece(self, placed: Placed, style: Style) -> None:
        """Write a piece of the list with its box, its frame or its rule."""
        with self.tagged("H2" if placed.piece.kind == "heading" else "P"):
            if placed.piece.ticked is not None and placed.first:
                self._box(placed)
            end = self.rows(placed.rows, x=placed.x, y=placed.y)
        if placed.piece.kind == "heading":
            self.rule(end, x=placed.x, width=style.width)
        if placed.piece.kind == "strip":
            self._bar(placed.x - 2.0, placed.y, end)

    def foot(self, some: Sequence[Row]) -> None:
        """Write what stands at the foot of every page."""
        self.rule(HIGH - FOOT + 3.0)
        with self.tagged("P"):
            self.rows(some, x=MARGIN, y=HIGH - FOOT + 4.0)

    def rule(self, y: float, *, x: float = MARGIN, width: float = WIDE - 2 * MARGIN, thick: float = 0.15) -> None:
        """Draw a line across the page or a column."""
        with self._decoration():
            self.set_line_width(thick)
            self.line(x, y, x + width, y)

    def squares(self, dark: Sequence[Sequence[bool]], *, x: float, y: float, side: float) -> None:
        """Draw rows of black and white squares, neighbours as one bar, so that no hair lines stand between them."""
        one = side / len(dark)
        self.set_fill_color(0)
        for n, row in enumerate(dark):
            for start, end in _bars(row):
                self.rect(x + start * one, y + n * one, (end - start) * one, one, style="F")

    def _box(self, placed: Placed) -> None:
        """Write the box as a character, so that copied text has it too, and the tick over it."""
        size = placed.rows[0].size
        base = placed.y + placed.rows[0].base
        self.set_font(FAMILY, "", size * 1.2)
        self.text(placed.x, base + 0.1 * size * MM, BOX)
        if placed.piece.ticked:
            self.set_font(FAMILY, "B", size * 1.4)
            self.text(placed.x + 0.1 * size * MM, base, TICK)

    def _bar(self, x: float, top: float, bottom: float) -> None:
        with self._decoration():
            self.set_line_width(1.0)
            self.line(x, top, x, bottom)

    @contextmanager
    def _decoration(self) -> Iterator[None]:
        """Mark what is drawn within as of no meaning."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")


def _bars(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where each run of black squares starts and ends."""
    at = 0
    for dark, some in groupby(row):
        length = len(tuple(some))
        if dark:
            yield at, at + length
        at += length
