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
    """Return a clean text without the clauses that only suppose something, or speak of others: “要是没领证，…”, “听说满一岁要罚款，…”.

    Where nothing else is said, somebody wants to know just that: “那要是分公司呢”.
    """
    return ",".join(part for part in BETWEEN.split(text) if part and not (_supposes(part) or _speaks_of_others(part))) or text


def _supposes(part: str) -> bool:
    return part.startswith(tuple(data()["supposes"]))


def _speaks_of_others(part: str) -> bool:
    return says(part, "speaks_of_others") and not ONESELF.search(part)
