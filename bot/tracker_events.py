"""Rasa's events ↔ what of them is worth storing: the slots as they are now, then the last whole turns."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

Stored = dict[str, Any]
# Of an answer as it was shown.
KEPT_OF_CUSTOM = ("type", "outcome", "matter")
LISTEN: Stored = {"event": "action", "name": ACTION_LISTEN_NAME}


def pack(tracker: DialogueStateTracker, *, most: int) -> list[Stored]:
    """Return at most `most` events to go on from, from where Rasa listens to where it listens; none before a first turn."""
    slots = [{"event": "slot", "name": name, "value": value} for name, value in _set_slots(tracker)]
    turns = _turns(tracker)
    if not turns:
        return []
    while turns and len(slots) + 1 + sum(map(len, turns)) > most:
        del turns[0]
    return [*slots, LISTEN, *(event for turn in turns for event in turn)]


def unpack(stored: Sequence[Mapping[str, Any]]) -> list[Event]:
    """Return the events that `pack` stored; raise KeyError or TypeError where they are none."""
    return [UNPACK[event["event"]](event) for event in stored]


def _set_slots(tracker: DialogueStateTracker) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in tracker.current_slot_values().items() if value is not None]


def _turns(tracker: DialogueStateTracker) -> list[list[Stored]]:
    """Return the events turn by turn, each from what the person said to where Rasa listens again."""
    turns: list[list[Stored]] = []
    for event in tracker.events:
        if isinstance(event, UserUttered):
            turns.append([])
        if turns and type(event) in PACK:
            turns[-1].append(PACK[type(event)](event))
    # A turn that broke off would leave Rasa waiting for the rest of it.
    return [turn if turn[-1] == LISTEN else [*turn, LISTEN] for turn in turns]


def _pack_user(event: UserUttered) -> Stored:
    return {"event": "user", "text": event.text, "intent": event.intent_name, "timestamp": round(event.timestamp, 3)}


def _pack_bot(event: BotUttered) -> Stored:
    custom = event.data.get("custom") or {}
    return {"event": "bot", "custom": {key: custom[key] for key in KEPT_OF_CUSTOM if key in custom}}


def _pack_action(event: ActionExecuted) -> Stored:
    return {"event": "action", "name": event.action_name}


def _unpack_user(event: Mapping[str, Any]) -> UserUttered:
    # Rules look at the intent alone; without this Rasa would compare the text too.
    return UserUttered(
        event["text"], {"name": event["intent"]}, timestamp=event["timestamp"], use_text_for_featurization=False
    )


PACK: Mapping[type[Event], Callable[[Any], Stored]] = {
    UserUttered: _pack_user,
    BotUttered: _pack_bot,
    ActionExecuted: _pack_action,
}
UNPACK: Mapping[str, Callable[[Mapping[str, Any]], Event]] = {
    "slot": lambda event: SlotSet(event["name"], event["value"]),
    "user": _unpack_user,
    "bot": lambda event: BotUttered(data={"custom": event["custom"]}),
    "action": lambda event: ActionExecuted(event["name"]),
}
