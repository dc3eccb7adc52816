"""Numbers that identify a person → placeholders, before anything is stored."""

from __future__ import annotations

import unicodedata
from typing import Callable

from knowledge.language import numbers

NAMES = {"application_no": "办件编号", "id_card": "身份证号", "phone": "手机号", "check": "校验码"}


def mask(text: str, seal: Callable[[str], str]) -> str:
    """Return `text` with every identifying number as 〔kind#reference〕; `seal` keeps a number and names its reference."""
    for number in reversed(numbers.find(_plain(text))):
        text = f"{text[: number.start]}〔{NAMES[number.kind]}#{seal(number.value)}〕{text[number.end :]}"
    return text


def identifies(text: str) -> bool:
    """Tell whether `text` holds anything to mask."""
    return bool(numbers.find(_plain(text)))


def _plain(text: str) -> str:
    """Return `text` with digits and letters of every width and form as ASCII, each in its own place."""
    return text if text.isascii() else "".join(_ascii(char) for char in text)


def _ascii(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 and folded.isascii() and (folded.isalnum() or folded == "-") else char
