"""Which of a matter's guides speak on a day, for a place."""

from __future__ import annotations

import datetime as dt
from typing import Optional, Sequence

from knowledge.values.guide import Guide, Line


def on_day(guides: Sequence[Guide], day: dt.date) -> tuple[Guide, ...]:
    """Return for each region the guide in force on `day`: the one that began last."""
    newest: dict[str, Guide] = {}
    for guide in sorted(guides, key=lambda g: g.effective_from):
        if _spans(day, guide.effective_from, guide.effective_to):
            newest[guide.region] = guide
    return tuple(newest.values())


def speaks(line: Line, day: dt.date) -> bool:
    """Tell whether a line of a guide in force holds on `day`; most lines hold as long as their guide does."""
    return _spans(day, line.effective_from, line.effective_to)


def begins(guides: Sequence[Guide], day: dt.date) -> Optional[dt.date]:
    """Return the first day after `day` on which any guide comes into force, None where none will."""
    return min((guide.effective_from for guide in guides if guide.effective_from > day), default=None)


def _spans(day: dt.date, first: Optional[dt.date], last: Optional[dt.date]) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)
