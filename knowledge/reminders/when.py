"""When somebody wants to be reminded: “周五”, “三个工作日后”, “明天下午三点”, never in the quiet hours."""

from __future__ import annotations

import datetime as dt
import re
from typing import Optional

from knowledge import clock
from knowledge.language import dates
from knowledge.rules.working_days import add_working_days
from knowledge.wording import page

MORNING, FIRST, LAST = 9, 8, 21
FARTHEST = dt.timedelta(days=366)
DIGITS = "零一二三四五六七八九"
NUMBER = rf"(?:\d{{1,3}}|[{DIGITS}两十]{{1,3}})"
LATER = re.compile(rf"(?:过|再过)?(?P<count>{NUMBER}|半)个?(?P<unit>工作日|天|日|周|星期|礼拜|月)(?P<after>以后|之后|后|过后)?")
DAY_OF_WEEK = re.compile("周|星期|礼拜")
CLOCK = re.compile(rf"(?P<hour>{NUMBER})(?:点|时|:00)")
NOON = 12
WEEK, MONTH, HALF_A_MONTH = 7, 30, 15


def asked(text: str, *, now: dt.datetime) -> Optional[dt.datetime]:
    """Return the moment that `text` names, moved out of the quiet hours; None where it names none that lies ahead."""
    day = later(text, today=now.date()) or named(text, today=now.date())
    if day is None:
        return None
    moment = loud(dt.datetime.combine(day, dt.time(_hour(text)), clock.SHANGHAI))
    if moment <= now and day == now.date() and DAY_OF_WEEK.search(text):
        # On a Friday after nine, “周五” is the next one.
        moment += dt.timedelta(days=WEEK)
    return moment if now < moment <= now + FARTHEST else None


def loud(moment: dt.datetime) -> dt.datetime:
    """Return `moment`, or the next nine o'clock where it lies between 21 and 8."""
    if FIRST <= moment.hour < LAST:
        return moment
    day = moment.date() + dt.timedelta(days=1 if moment.hour >= LAST else 0)
    return dt.datetime.combine(day, dt.time(MORNING), clock.SHANGHAI)


def is_quiet(moment: dt.datetime) -> bool:
    """Tell whether nobody is to be disturbed at that moment."""
    return not FIRST <= moment.hour < LAST


def in_quiet_hours(text: str) -> bool:
    """Tell whether `text` names an hour at which nobody is disturbed."""
    return not FIRST <= _hour(text) < LAST


def later(text: str, *, today: dt.date) -> Optional[dt.date]:
    """Return the day that is so many (working) days from today."""
    found = LATER.search(text)
    if found is None or not (found["after"] or found.group().startswith(("过", "再过"))):
        return None
    if found["count"] == "半":
        return today + dt.timedelta(days=HALF_A_MONTH)
    count = number(found["count"])
    if found["unit"] == "工作日":
        return add_working_days(today, count).date
    length = {"天": 1, "日": 1, "月": MONTH}.get(found["unit"], WEEK)
    return today + dt.timedelta(days=count * length)


def named(text: str, *, today: dt.date) -> Optional[dt.date]:
    """Return the day that `text` names, exact to the day."""
    for date in dates.find(text, on=today):
        try:
            return dt.date.fromisoformat(date.value)
        except ValueError:
            continue
    return None


def number(said: str) -> int:
    """Return “二十三” or “23” as 23."""
    if said.isdecimal():
        return int(said)
    tens, ten, ones = said.replace("两", "二").rpartition("十")
    unit = max(DIGITS.find(ones), 0) if ones else 0
    return (max(DIGITS.find(tens), 1) if tens else 1) * 10 + unit if ten else unit


def _hour(text: str) -> int:
    part = next((hour for words, hour in page("reminders")["parts"].items() if words in text), MORNING)
    found = CLOCK.search(text)
    if found is None:
        return int(part)
    hour = number(found["hour"])
    return min(hour + NOON if part >= NOON and hour < NOON else hour, 23)
