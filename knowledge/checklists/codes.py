"""The codes that open a list elsewhere: short enough to be said over the telephone, too many to be guessed."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Optional

# 10 ** 12, and five tries in ten minutes.
DIGITS = 12
SHAPE = re.compile(rf"(?:QD)?(\d{{{DIGITS}}})")
BETWEEN = re.compile(r"[^0-9A-Za-z]+")


def new() -> str:
    """Return a code that nobody had before, as it is shown: QD1234-5678-9012."""
    digits = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    return "QD" + "-".join(digits[start : start + 4] for start in range(0, DIGITS, 4))


def digits(given: str) -> Optional[str]:
    """Return the digits of a code in any way of writing it, None where it is none."""
    match = SHAPE.fullmatch(BETWEEN.sub("", given).upper())
    return match.group(1) if match else None


def has_prefix(given: str) -> bool:
    """Tell whether `given` is a code beyond doubt: twelve digits alone may be an application number."""
    return given.strip().upper().startswith("QD") and digits(given) is not None


def hashed(secret: bytes, code_digits: str) -> str:
    """Return what is stored of a code."""
    return hmac.new(secret, f"share\n{code_digits}".encode(), hashlib.sha256).hexdigest()
