"""A file from somebody else, opened as a workbook, or refused with what to do instead."""

from __future__ import annotations

import warnings
import zipfile
from io import BytesIO

from openpyxl import Workbook, load_workbook

from knowledge.editing.sheets.faults import refuse

MOST_MB = 20
MOST_UNPACKED_MB = 60
MB = 1024 * 1024
# The container of the old formats, and of a workbook locked with a password.
OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")


def opened(content: bytes) -> Workbook:
    """Return the workbook in `content`; raise ContentError where it is none that may be opened."""
    _look(content)
    try:
        with warnings.catch_warnings():
            # What openpyxl leaves out of a foreign workbook (styles, pictures) nobody here reads.
            warnings.simplefilter("ignore")
            return load_workbook(BytesIO(content), rich_text=False)
    # openpyxl lets through whatever its reading of a damaged file runs into: KeyError, ValueError, ParseError …
    except Exception as error:
        raise refuse("broken") from error


def look_at_size(size: int) -> None:
    """Raise ContentError where a file of `size` bytes is too big to be read at all."""
    if size > MOST_MB * MB:
        raise refuse("too_big", megabytes=size // MB, most=MOST_MB)


def _look(content: bytes) -> None:
    if not content.strip():
        raise refuse("empty_file")
    look_at_size(len(content))
    if content.startswith(OLD_CONTAINER):
        raise refuse("locked" if LOCKED in content else "old_format")
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            _look_inside(packed)
    except zipfile.BadZipFile as error:
        raise refuse("broken" if content.startswith(b"PK") else "not_workbook") from error


def _look_inside(packed: zipfile.ZipFile) -> None:
    if "xl/workbook.xml" not in packed.namelist():
        raise refuse("not_workbook")
    if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_MB * MB:
        raise refuse("bomb")
    for part in packed.infolist():
        # A workbook declares no entities of its own; a bomb of entities does.
        if part.filename.endswith(".xml") and not part.flag_bits & 1 and b"<!DOCTYPE" in packed.open(part).read(4096):
            raise refuse("bomb")
