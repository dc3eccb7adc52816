"""Days for a calendar (RFC 5545): by when it is done, by when something has to be handed in later, and a planned visit.

Nothing of it says whose list it is. The UID of a day stays the same, so that importing it again moves it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Iterator, Optional
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone

from bot.rendering.labels import labels
from bot.rendering.paper_parts import day as in_words
from knowledge.rules.working_days import add_working_days
from knowledge.values.answer import ChecklistLine, LimitLine, PlaceLine
from knowledge.values.checklist import Checklist

SHANGHAI = ZoneInfo("Asia/Shanghai")
PRODUCT = "-//yjs//一件事//ZH"
REMINDED_AT = dt.time(9)
# The namespace of our UIDs; any other would be as good, but it must never change.
DAYS = uuid.UUID("6f1c1f7e-2f0b-4b8e-9a51-6a5d1f6f3c10")


def ics(checklist: Checklist, *, at: dt.datetime) -> bytes:
    """Return the deadlines that are on file, counted from the day of the list; a calendar without events where there are none."""
    return _calendar(_deadlines(checklist, at), checklist)


def has_days(checklist: Checklist) -> bool:
    """Tell whether a deadline is on file."""
    limit = checklist.answer.time_limit
    return bool(limit and limit.done_by) or bool(_later(checklist))


def visit(checklist: Checklist, place: PlaceLine, on: dt.date, *, at: dt.datetime) -> bytes:
    """Return a planned visit: where, when it is open, what to bring."""
    words = labels()["calendar"]
    event = _event(checklist, "visit", words["visit"].format(matter=checklist.name), on, at=at)
    event.add("location", "，".join(part for part in (place.name, place.address) if part))
    event.add("description", "\n".join(_visit_notes(checklist, place)))
    return _calendar(iter((event,)), checklist)


def _deadlines(checklist: Checklist, at: dt.datetime) -> Iterator[Event]:
    words, answer = labels()["calendar"], checklist.answer
    start = answer.as_of or at.date()
    if answer.time_limit and answer.time_limit.done_by:
        title = words["done_by"].format(matter=checklist.name)
        note = words["done_by_note"].format(start=in_words(start.isoformat())) + _guessed(answer.time_limit)
        yield _event(checklist, "done_by", title, answer.time_limit.done_by, at=at, note=note)
    for days, some in _later(checklist).items():
        note = "\n".join(
            (
                words["later_note"].format(start=in_words(start.isoformat()), days=days, materials="、".join(line.name for line in some)),
                *dict.fromkeys(line.note for line in some if line.note),
            )
        )
        title = words["later"].format(matter=checklist.name)
        yield _event(checklist, f"later/{days}", title, start + dt.timedelta(days=days), at=at, note=note)


def _guessed(limit: LimitLine) -> str:
    """Return that the calendar of that year was not announced yet, where it was not."""
    return str(labels()["assumed"].format(year=limit.done_by.year)) if limit.done_by and limit.assumed else ""


def _later(checklist: Checklist) -> dict[int, list[ChecklistLine]]:
    """Return what may be handed in later, by within how many days; counted as calendar days, which is never too late."""
    some: dict[int, list[ChecklistLine]] = {}
    for line in checklist.answer.checklist:
        if line.later_days and _surely_wanted(line):
            some.setdefault(line.later_days, []).append(line)
    return some


def _event(checklist: Checklist, kind: str, title: str, on: dt.date, *, at: dt.datetime, note: Optional[str] = None) -> Event:
    event = Event()
    facts: dict[str, Any] = {
        "uid": f"{uuid.uuid5(DAYS, f'{checklist.matter}/{kind}')}@yjs",
        # A later import has the larger number, and wins.
        "sequence": int(at.timestamp()) // 60,
        "dtstamp": at.astimezone(dt.timezone.utc),
        "summary": title,
        "dtstart": on,
        "dtend": on + dt.timedelta(days=1),
        "transp": "TRANSPARENT",
        "description": note,
    }
    for name, fact in facts.items():
        if fact is not None:
            event.add(name, fact)
    reminded = dt.datetime.combine(add_working_days(on, -1).date, REMINDED_AT, SHANGHAI)
    if reminded > at:
        event.add_component(_alarm(labels()["calendar"]["alarm"].format(date=in_words(on.isoformat()), title=title), reminded))
    return event


def _alarm(words: str, reminded: dt.datetime) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    # RFC 5545 wants a moment in UTC here.
    alarm.add("trigger", reminded.astimezone(dt.timezone.utc))
    return alarm


def _visit_notes(checklist: Checklist, place: PlaceLine) -> Iterator[str]:
    words = labels()["calendar"]
    names = [line.name for line in checklist.answer.checklist if _surely_wanted(line) and line.needed == "required"]
    if names:
        yield words["visit_note"].format(materials="、".join(names))
    if place.hours:
        yield words["hours"].format(hours=place.hours)
    if place.phone:
        yield words["phone"].format(phone=place.phone)


def _surely_wanted(line: ChecklistLine) -> bool:
    return line.exempt is None and line.only_if is None


def _calendar(events: Iterator[Event], checklist: Checklist) -> bytes:
    calendar = Calendar()
    facts = {"prodid": PRODUCT, "version": "2.0", "method": "PUBLISH", "x-wr-timezone": SHANGHAI.key, "x-wr-calname": checklist.name}
    for name, fact in facts.items():
        calendar.add(name, fact)
    # RFC 5545 wants at least one component, and these days are those of Shanghai wherever the calendar is.
    calendar.add_component(Timezone.from_tzid(SHANGHAI.key, first_date=dt.date(2000, 1, 1), last_date=dt.date(2038, 1, 1)))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())
