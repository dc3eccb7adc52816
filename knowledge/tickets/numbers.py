"""The numbers of tickets: the day, and six characters that nobody guesses."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from typing import Optional

# Without 0, O, 1, I and L, which are taken for each other on paper and over the telephone.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SHAPE = re.compile(rf"GD(\d{{6}})([{LETTERS}]{{6}})")


def new(on: dt.date) -> str:
    """Return a number that nobody had before: GD261122-7KQ2MX."""
    return f"GD{on:%y%m%d}-{''.join(secrets.choice(LETTERS) for _ in range(6))}"


def written(given: str) -> Optional[str]:
    """Return a ticket's number in its written form, None where `given` is none."""
    match = SHAPE.fullmatch(re.sub(r"[^0-9A-Za-z]", "", given).upper())
    return f"GD{match.group(1)}-{match.group(2)}" if match else None
