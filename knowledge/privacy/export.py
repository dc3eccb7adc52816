"""What is kept of a person, as they read it."""

from __future__ import annotations

import json
from typing import Any, Mapping, Optional, Sequence

from knowledge.checklists import differences
from knowledge.language import regions
from knowledge.ratings import name_of
from knowledge.tickets.service import state_name
from knowledge.values.checklist import Kept
from knowledge.values.rating import Rating
from knowledge.values.reminder import Reminder
from knowledge.values.ticket import Ticket
from knowledge.wording import page

Plain = dict[str, Any]
Names = Mapping[str, str]


def readable(
    names: Names,
    *,
    checklists: Sequence[Kept],
    reminders: Sequence[Reminder],
    tickets: Sequence[Ticket],
    ratings: Sequence[Rating],
    conversation: Optional[str],
    sealed: int,
    channel: Optional[str],
) -> Plain:
    """Return everything under Chinese keys, with matters by name."""
    everything = {
        "checklists": [_checklist(kept, names) for kept in checklists],
        "reminders": [{"matter": _name(kept.matter, names), "due_at": kept.due_at.isoformat()} for kept in reminders],
        "tickets": [_ticket(kept, names) for kept in tickets],
        "ratings": [_rating(kept, names) for kept in ratings],
        "conversation": _conversation(conversation),
        "sealed": sealed,
        "channel": channel,
    }
    labelled: Plain = _labelled(everything, page("privacy")["labels"])
    return labelled


def _checklist(kept: Kept, names: Names) -> Plain:
    case = kept.case
    return {
        "matter": _name(kept.matter, names),
        "region": _place(case.region),
        "zone": case.zone,
        "person": case.person,
        "situation": dict(case.situation),
        "lines": [differences.name_of(line) for line in kept.seen.values()],
        "ticked": sorted(kept.ticked),
        "role": kept.role,
        "touched_at": kept.touched_at.isoformat(),
    }


def _ticket(kept: Ticket, names: Names) -> Plain:
    return {
        "number": kept.number,
        "matter": _name(kept.matter, names),
        "region": _place(kept.region),
        "situation": dict(kept.situation),
        "told": kept.told,
        "contact": kept.contact,
        "opened_at": kept.opened_at.isoformat(),
        "promised_by": kept.promised_by.isoformat() if kept.promised_by else None,
        "state": state_name(kept.state),
        "events": [{"on": event.on.isoformat(), "state": state_name(event.state), "text": event.text} for event in kept.events],
    }


def _rating(kept: Rating, names: Names) -> Plain:
    row = {"matter": _name(kept.matter, names), "grade": name_of(kept.grade), "reasons": list(kept.reasons)}
    return {**row, "at": kept.at.isoformat()}


def _conversation(stored: Optional[str]) -> Plain:
    """Return the sentences and what is remembered of them; of what nobody can read any more, nothing."""
    try:
        events = json.loads(stored or "[]")
        said = [event["text"] for event in events if event["event"] == "user"]
        slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    except (ValueError, KeyError, TypeError):
        return {"said": [], "context": {}}
    return {"said": said, "context": slots.get("context", {})}


def _labelled(node: Any, labels: Names) -> Any:
    if isinstance(node, dict):
        return {labels.get(key, key): _labelled(entry, labels) for key, entry in node.items()}
    return [_labelled(entry, labels) for entry in node] if isinstance(node, list) else node


def _name(matter: Optional[str], names: Names) -> str:
    return names.get(matter or "", matter or "")


def _place(region: Optional[str]) -> Optional[str]:
    return regions.name_of(region) if region else None
