"""A list on paper: one A4 page wherever its lines fit at a size that can be read."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Iterator, Optional, Sequence

from bot.rendering import fonts, paper_parts
from bot.rendering.labels import labels
from bot.rendering.lines import Part
from bot.rendering.paper_head import Head
from bot.rendering.paper_layout import MARGIN, SMALLEST, WIDE, Piece, Placed, Row, Style, place, rows
from bot.rendering.paper_sheet import Sheet
from knowledge.values.checklist import Checklist

# Tried in this order until everything stands on one page.
STYLES = (Style(12, 1), Style(11, 1), Style(11, 2), Style(10.5, 2), Style(10, 2), Style(SMALLEST, 2), Style(SMALLEST, 2, 1.27))
# Where one page is not enough there is no need to be small.
SEVERAL_PAGES = Style(10.5, 2)


@dataclass(frozen=True)
class Layout:
    """What stands below the head: as written, as printable pieces at their places, and in which style."""

    written: str
    placed: tuple[Placed, ...]
    style: Style

    @property
    def pages(self) -> int:
        """Return how many pages it takes."""
        return max((one.page for one in self.placed), default=1)


def pdf(checklist: Checklist, *, code: Optional[str] = None, url: Optional[str] = None) -> bytes:
    """Return the list as a PDF; `code` opens it elsewhere, `url` is what its QR code says."""
    answer = checklist.answer.to_dict()
    head = Head(checklist, answer, code=code, url=url)
    body = laid(answer, top=head.bottom)
    feet = tuple(_feet(answer, body.pages, fonts.missing_in(head.text + body.written)))
    characters = fonts.printable(head.text + body.written) + "".join(row.text for foot in feet for row in foot)
    with tempfile.TemporaryDirectory() as folder:
        sheet = Sheet(characters, Path(folder))
        _describe(sheet, answer)
        for page, foot in enumerate(feet, 1):
            _page(sheet, page, head, body, foot)
        return bytes(sheet.output())


def laid(answer: Part, *, top: float) -> Layout:
    """Return the largest type at which everything fits on one page, if need be without the notes that close no way."""
    for notes in (True, False):
        for style in STYLES:
            body = _laid(answer, style, notes=notes, top=top)
            if body.pages == 1:
                return body
    return _laid(answer, SEVERAL_PAGES, notes=True, top=top)


def _laid(answer: Part, style: Style, *, notes: bool, top: float) -> Layout:
    parts = paper_parts.pieces(answer, notes=notes)
    written = "".join(part.text + part.detail for part in parts)
    return Layout(written, place(_printable(parts), style, top=top), style)


def _page(sheet: Sheet, page: int, head: Head, body: Layout, foot: Sequence[Row]) -> None:
    sheet.add_page()
    if page == 1:
        head.draw(sheet)
    for one in body.placed:
        if one.page == page:
            sheet.piece(one, body.style)
    sheet.foot(foot)


def _printable(parts: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(replace(part, text=fonts.printable(part.text), detail=fonts.printable(part.detail)) for part in parts)


def _feet(answer: Part, pages: int, lost: Sequence[str]) -> Iterator[tuple[Row, ...]]:
    """Yield for every page what stands at its foot: that nobody has reviewed it, what could not be printed, which page it is."""
    words = labels()["paper"]
    for page in range(1, pages + 1):
        texts = [answer["review"] or ""]
        texts += [words["no_glyph"].format(characters="、".join(f"U+{ord(char):04X}" for char in lost))] if lost else []
        texts += [words["page"].format(page=page, pages=pages)] if pages > 1 else []
        yield tuple(rows("　".join(texts), Row("", SMALLEST), width=WIDE - 2 * MARGIN))


def _describe(sheet: Sheet, answer: Part) -> None:
    name, under = paper_parts.title(answer)
    sheet.set_title(name)
    sheet.set_subject(f"{under}。{labels()['paper']['subject']}")
    sheet.set_lang("zh-CN")
    # The same list gives the same file; when it was printed is nobody's business.
    sheet.set_creation_date(dt.datetime.fromisoformat(answer["as_of"]).replace(tzinfo=dt.timezone.utc))
