"""The desk for applications already made: asks for the number, then for the check, then tells every item's state."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Optional

from knowledge.conversation.context import Context, Pending
from knowledge.conversation.heard import Heard, Turned
from knowledge.status import words
from knowledge.status.service import StatusService
from knowledge.values.answer import Answer, OpenQuestion, Outcome
from knowledge.values.status import ApplicationStatus, Event, ItemStatus
from knowledge.wording import say

Opener = Callable[[str, str], Optional[str]]
FAILURES: Mapping[str, Outcome] = {"not_found": "not_found", "unavailable": "unavailable"}


class StatusDesk:
    """Looks up applications; numbers reach it as references, which only `opened` can turn back."""

    def __init__(self, statuses: StatusService, *, opened: Opener) -> None:
        self._statuses = statuses
        self._opened = opened

    def answer(self, heard: Heard) -> Turned:
        """Return what is still needed, or the state."""
        context, check = heard.context, heard.utterance.check
        number = self._opened(heard.holder, context.application_no) if context.application_no else None
        if number is None:
            return _ask(context.but(application_no=None), "application_no", "status_ask_no")
        if check is None:
            return _ask(context, "check", "status_ask_check")
        return self._look_up(heard, number, (self._opened(heard.holder, check) or "")[-4:])

    def _look_up(self, heard: Heard, number: str, check: str) -> Turned:
        found = self._statuses.look_up(number, check=check, who=heard.holder)
        context = heard.context.but(misses=0)
        if found.status:
            return context.but(pending=None, application_no=None), _told(found.status, heard.catalogue.names)
        # Whichever of the two was wrong: the number is kept, and another check or another number may follow at once.
        failed = Answer(type="status", outcome=FAILURES[found.outcome], said=(words.sentence(found.outcome),))
        return context.but(pending=Pending(kind="check", key="check")), failed


def _ask(context: Context, kind: Any, name: str) -> Turned:
    question = OpenQuestion(key=kind, text=say(name), options=())
    return context.but(pending=Pending(kind=kind, key=kind)), Answer(type="status", outcome="needs_detail", questions=(question,))


def _told(status: ApplicationStatus, names: Mapping[str, str]) -> Answer:
    name = names.get(status.matter or "", "")
    plain = {
        "application_no": status.application_no_masked,
        "state": status.state,
        "state_name": words.state_words(status.state).name,
        "items": [_item(item) for item in status.items],
    }
    said = (say("status_found", number=status.application_no_masked, matter=name or "—"),)
    return Answer(type="status", outcome="answered", matter=status.matter, matter_name=name or None, said=said, status=plain)


def _item(item: ItemStatus) -> dict[str, Any]:
    return {
        "name": item.name,
        "department": item.department,
        "state": item.state,
        "state_name": words.state_words(item.state).name,
        "sentence": words.state_words(item.state).text,
        "since": item.since.isoformat() if item.since else None,
        "limit_days": item.limit_days,
        "left_days": item.left_days,
        "clock": clock_sentence(item),
        "timeline": [_event(event) for event in item.timeline],
    }


def _event(event: Event) -> dict[str, Any]:
    name = words.state_words(event.state).name
    return {"state": event.state, "state_name": name, "on": event.on.isoformat(), "note": event.note}


def clock_sentence(item: ItemStatus) -> str:
    """Return in words where the promised time stands, and that days of an unannounced year are assumed."""
    gaps = {"limit": item.limit_days, "used": item.used_days, "left": item.left_days, "due": item.due}
    sentence = words.sentence(_clock_case(item), **gaps, over=-(item.left_days or 0))
    return sentence + (words.sentence("assumed") if item.assumed else "")


def _clock_case(item: ItemStatus) -> str:
    phase = item.phase
    if phase == "unknown" or phase == "ended" and item.used_days is None:
        return "clock_unknown"
    if phase not in ("running", "stopped"):
        return phase
    if item.limit_days is None:
        return f"{phase}_no_limit"
    return f"{phase}_overdue" if (item.left_days or 0) < 0 else phase
