"""Whether a window with the hours on file is surely shut at a moment; what the hours leave open stays open."""

from __future__ import annotations

import datetime as dt
import re
from typing import Optional

from knowledge.rules.working_days import add_working_days, working_days_between

SPAN = re.compile(r"(\d{1,2})[:：](\d{2})\s*[–—~～至到-]\s*(\d{1,2})[:：](\d{2})")
ONLY_WORKING_DAYS = "工作日"
ALSO_AT_WEEKENDS = re.compile(r"周[六日末]|星期[六日天]")
ONE_DAY = dt.timedelta(days=1)


def shut_on(day: dt.date, hours: str) -> bool:
    """Tell whether the hours say that nobody is there on that day."""
    works = working_days_between(day - ONE_DAY, day).days == 1
    return not works and ONLY_WORKING_DAYS in hours and not ALSO_AT_WEEKENDS.search(hours)


def shut_at(moment: dt.datetime, hours: str) -> bool:
    """Tell whether it is earlier than any, or later than any, of the spans in the hours."""
    spans = [(_time(span[0], span[1]), _time(span[2], span[3])) for span in SPAN.findall(hours)]
    now = moment.time()
    return bool(spans) and (now < min(start for start, _ in spans) or now >= max(end for _, end in spans))


def opens_on(moment: dt.datetime, hours: str) -> Optional[dt.date]:
    """Return the next day on which somebody is there, where the hours tell."""
    today = moment.date()
    if ONLY_WORKING_DAYS not in hours:
        return None
    early = [_time(span[0], span[1]) for span in SPAN.findall(hours)]
    if not shut_on(today, hours) and early and moment.time() < min(early):
        return today
    return add_working_days(today, 1).date


def _time(hour: str, minute: str) -> dt.time:
    return dt.time(int(hour) % 24, int(minute))
