"""What people think of an answer: 好差评, five grades."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Optional

BEST, WORST = 5, 1
# 不满意 and 非常不满意.
LOW = 2


@dataclass(frozen=True, kw_only=True)
class Rating:
    """One person's grade for one matter; a later one replaces it."""

    matter: str
    region: Optional[str]
    grade: int
    reasons: tuple[str, ...]
    at: dt.datetime

