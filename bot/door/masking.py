"""Numbers that identify a person → placeholders, before anything is stored."""

from __future__ import annotations

import re
import unicodedata
from typing import Callable

from knowledge.language import numbers

NAMES = {"application_no": "办件编号", "id_card": "身份证号", "phone": "手机号", "check": "校验码"}
# People write 138 0000 0000 and 110105 1949 1231 002X: the gaps go, where what is left is a whole phone or ID number.
GAP = "[ .·-]{0,2}"
PHONE = rf"1{GAP}[3-9](?:{GAP}[0-9]){{9}}"
ID_CARD = rf"[0-9](?:{GAP}[0-9]){{16}}{GAP}[0-9Xx]"
GAPPED = re.compile(rf"(?<![0-9A-Za-z])(?:{ID_CARD}|{PHONE})(?![0-9A-Za-z])")


def mask(text: str, seal: Callable[[str], str]) -> str:
    """Return `text` with every identifying number as 〔kind#reference〕; `seal` keeps a number and names its reference."""
    plain = _plain(text)
    # Where no gap went the person's own characters stay; else only the plain text has the number's place.
    masked = text if len(plain) == len(text) else plain
    for number in reversed(numbers.find(plain)):
        masked = f"{masked[: number.start]}〔{NAMES[number.kind]}#{seal(number.value)}〕{masked[number.end :]}"
    return masked


def identifies(text: str) -> bool:
    """Tell whether `text` holds anything to mask."""
    return bool(numbers.find(_plain(text)))


def _plain(text: str) -> str:
    """Return `text` with digits and letters of every width and form as ASCII, and no gaps in phone and ID numbers."""
    plain = text if text.isascii() else "".join(_ascii(char) for char in text)
    return GAPPED.sub(lambda match: re.sub(GAP, "", match.group()), plain)


def _ascii(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 and folded.isascii() and (folded.isalnum() or folded == "-") else char
