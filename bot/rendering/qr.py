"""A QR code: as SVG for a page, as rows of modules for paper."""

from __future__ import annotations

import io

import segno

# Modules of white around the code, as ISO/IEC 18004 asks for.
QUIET = 4


def svg(text: str) -> str:
    """Return the code as an SVG element without a size of its own and without styles: black on white in dark mode too."""
    out = io.BytesIO()
    _make(text).save(out, kind="svg", border=QUIET, omitsize=True, xmldecl=False, nl=False, svgclass=None, lineclass=None, light="#fff")
    return out.getvalue().decode()


def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of the code without the white around it; True is black."""
    return tuple(tuple(map(bool, row)) for row in _make(text).matrix)


def _make(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False)
