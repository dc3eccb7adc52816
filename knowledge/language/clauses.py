"""A sentence in its parts: what stands between commas, question marks and spaces; and what of it is said of one's own case."""

from __future__ import annotations

import re

from knowledge.language.words import data, says

BETWEEN = re.compile(r"[，,。？?！!；;、\s]+")
SHORTEST = 2


def clauses(text: str) -> tuple[str, ...]:
    """Return the parts of a clean text, none where it is of one piece."""
    parts = tuple(part for part in BETWEEN.split(text) if len(part) >= SHORTEST)
    return parts if len(parts) > 1 else ()


ONESELF = re.compile("[我俺咱本自]")


def of_oneself(text: str) -> str:
    """Return a clean text without the clauses that only suppose something, or speak of others: “要是没领证”, “听说满一岁要罚款”."""
    parts = [part for part in BETWEEN.split(text) if part]
    return ",".join(part for part in parts if not part.startswith(tuple(data()["supposes"])) and (not says(part, "speaks_of_others") or ONESELF.search(part)))
