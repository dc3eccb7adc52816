"""A sentence that asks several things, in its parts: what stands between commas, question marks and spaces."""

from __future__ import annotations

import re

BETWEEN = re.compile(r"[，,。？?！!；;、\s]+")
SHORTEST = 2


def clauses(text: str) -> tuple[str, ...]:
    """Return the parts of a clean text, none where it is of one piece."""
    parts = tuple(part for part in BETWEEN.split(text) if len(part) >= SHORTEST)
    return parts if len(parts) > 1 else ()
