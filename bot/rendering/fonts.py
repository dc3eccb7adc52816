"""The Chinese font of a printed page: how wide its characters are, and a cut of it with only those that stand on the page."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import uharfbuzz as hb

# What printers set in place of a character that their cases lack.
MISSING = "〓"
FONT = "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
WEIGHTS = {False: 400.0, True: 700.0}
# Hints and layout tables are of no use to a PDF whose characters are set one by one.
NOT_NEEDED = (b"GPOS", b"GSUB", b"BASE", b"STAT", b"gasp", b"prep", b"vhea", b"vmtx")


def printable(text: str) -> str:
    """Return `text` in one line, each character that the font lacks replaced by 〓."""
    has = _characters()
    return "".join(char if ord(char) in has else MISSING for char in " ".join(text.split()))


def missing_in(text: str) -> tuple[str, ...]:
    """Return the characters of `text` that the font lacks."""
    has = _characters()
    return tuple(dict.fromkeys(char for char in text if ord(char) not in has and not char.isspace()))


def width(text: str, *, bold: bool) -> float:
    """Return how wide `text` is, in parts of the type size."""
    return sum(_advance(char, bold) for char in text)


def cut(text: str, *, bold: bool) -> bytes:
    """Return a TrueType font of one weight with the characters of `text`."""
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.UNICODE).set(set(map(ord, text)))
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update({int.from_bytes(tag, "big") for tag in NOT_NEEDED})
    wanted.flags = hb.SubsetFlags.NO_HINTING
    wanted.pin_axis_location(_face(), "wght", WEIGHTS[bold])
    return bytes(hb.subset(_face(), wanted).blob.data)


@lru_cache(maxsize=1)
def _face() -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(str(files("justmytype_intl_cjk") / FONT)))


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    return frozenset(_face().unicodes)


@lru_cache(maxsize=2)
def _font(bold: bool) -> hb.Font:
    font = hb.Font(_face())
    font.set_variations({"wght": WEIGHTS[bold]})
    return font


@lru_cache(maxsize=8192)
def _advance(char: str, bold: bool) -> float:
    glyph = _font(bold).get_nominal_glyph(ord(char))
    return float(_font(bold).get_glyph_h_advance(glyph or 0)) / float(_face().upem)
