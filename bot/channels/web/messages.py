"""A citizen's message out of a request, and what the page gets for it: Rasa's replies, or an answer without Rasa."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence

from aiohttp import web

from bot.channels.web import bodies
from bot.rendering import plain
from knowledge.values.answer import Answer

LONGEST_MESSAGE_ID = 64


@dataclass(frozen=True, kw_only=True)
class Message:
    """What was typed; `message_id` stays the same when the page tries again."""

    text: str
    message_id: Optional[str]


async def read(request: web.Request) -> Message:
    """Return the message in a request's body; any other key in it, `sender` above all, is ignored."""
    given = await bodies.read(request)
    return Message(text=bodies.wanted(given, "text", str), message_id=_message_id(given.get("message_id")))


def shown(replies: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the replies without the name that Rasa knows the person by."""
    return [{key: reply.get(key) for key in ("text", "buttons", "custom")} for reply in replies]


def reply(answer: Answer) -> dict[str, Any]:
    """Return an answer of our own in the form of Rasa's replies."""
    custom = answer.to_dict()
    return {"text": plain.text(custom), "buttons": [], "custom": custom}


def _message_id(given: object) -> Optional[str]:
    return given if isinstance(given, str) and 0 < len(given) <= LONGEST_MESSAGE_ID else None
