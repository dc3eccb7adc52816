"""Which of a matter's guides speak on a day, for a place."""

from __future__ import annotations

import datetime as dt
from typing import Optional, Sequence

from knowledge.values.guide import Guide


def on_day(guides: Sequence[Guide], day: dt.date) -> tuple[Guide, ...]:
    """Return for each region the guide in force on `day`: the one that began last."""
    newest: dict[str, Guide] = {}
    for guide in sorted(guides, key=lambda g: g.effective_from):
        if guide.effective_from <= day and (guide.effective_to is None or day <= guide.effective_to):
            newest[guide.region] = guide
    return tuple(newest.values())


def begins(guides: Sequence[Guide], day: dt.date) -> Optional[dt.date]:
    """Return the first day after `day` on which any guide comes into force, None where none will."""
    return min((guide.effective_from for guide in guides if guide.effective_from > day), default=None)
