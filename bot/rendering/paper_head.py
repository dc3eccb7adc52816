"""The head of the first page: which matter, for which place and day, how much is missing, and the code with its QR."""

from __future__ import annotations

from typing import Iterator, Optional

from bot.rendering import fonts, paper_parts, qr
from bot.rendering.labels import labels
from bot.rendering.lines import Part
from bot.rendering.paper_layout import MARGIN, SMALLEST, WIDE, Row, height, rows
from bot.rendering.paper_sheet import Sheet
from knowledge.values.checklist import Checklist

TITLE, UNDER = 20.0, 11.0
QR_SIDE, BESIDE, BELOW = 24.0, 6.0, 3.0


class Head:
    """Measured before anything is drawn, so that what follows knows where to begin."""

    def __init__(self, checklist: Checklist, answer: Part, *, code: Optional[str], url: Optional[str]) -> None:
        self._code, self._url = code, url
        name, under = paper_parts.title(answer)
        small = [under, *_carrying(code, url)]
        left = paper_parts.progress(checklist)
        self.text = "".join([name, left, *small])
        self._title = self._rows(name, TITLE, bold=True)
        self._under = (*self._rows(left, UNDER, bold=True), *(row for text in small for row in self._rows(text, SMALLEST)))
        self.bottom = MARGIN + max(height(self._title + self._under), QR_SIDE if url else 0.0) + BELOW

    def draw(self, sheet: Sheet) -> None:
        """Draw the head on the open page."""
        with sheet.tagged("H1"):
            y = sheet.rows(self._title, x=MARGIN, y=MARGIN)
        with sheet.tagged("P"):
            sheet.rows(self._under, x=MARGIN, y=y)
        if self._url:
            self._draw_qr(sheet, self._url)
        sheet.rule(self.bottom - BELOW / 2, thick=0.5)

    def _draw_qr(self, sheet: Sheet, url: str) -> None:
        """Draw what a camera opens, and a finger where the page is read on a screen."""
        words = labels()["paper"]["qr"].format(code=self._code or url)
        x = WIDE - MARGIN - QR_SIDE
        with sheet.tagged("Figure", alt=words):
            sheet.squares(qr.matrix(url), x=x, y=MARGIN, side=QR_SIDE)
        sheet.link(x, MARGIN, QR_SIDE, QR_SIDE, url, alt_text=words)

    def _rows(self, text: str, size: float, *, bold: bool = False) -> tuple[Row, ...]:
        room = WIDE - 2 * MARGIN - (QR_SIDE + BESIDE if self._url else 0.0)
        return tuple(rows(fonts.printable(text), Row("", size, bold), width=room))


def _carrying(code: Optional[str], url: Optional[str]) -> Iterator[str]:
    words = labels()["paper"]
    if code:
        yield f"{words['code'].format(code=code)}{words['carry_on_or_scan' if url else 'carry_on']}"
    if url:
        yield url
