"""A citizen's message as JSON → values, and Rasa's replies → what the page gets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Mapping, Optional, Sequence

from aiohttp import web

from bot.channels.web.security import Refused
from knowledge.values.answer import Answer
from knowledge.wording import say

# As bot.door.door, which is the one that refuses; the page counts along while it is typed.
LONGEST_TEXT = 500
LONGEST_MESSAGE_ID = 64


@dataclass(frozen=True, kw_only=True)
class Message:
    """What was typed; `message_id` stays the same when the page tries again."""

    text: str
    message_id: Optional[str]


async def read(request: web.Request) -> Message:
    """Return the message in a request's body; any other key in it, `sender` above all, is ignored."""
    given = await _json(request)
    text = given.get("text") if isinstance(given, dict) else None
    if not isinstance(text, str):
        raise Refused(HTTPStatus.BAD_REQUEST, "no_text", said=say("bad_request", field="text"))
    return Message(text=text, message_id=_message_id(given.get("message_id")))


def shown(replies: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the replies without the name that Rasa knows the person by."""
    return [{key: reply.get(key) for key in ("text", "buttons", "custom")} for reply in replies] or unavailable()


def unavailable() -> list[dict[str, Any]]:
    """Return the reviewed reply for when Rasa does not answer."""
    answer = Answer(type="talk", outcome="unavailable", said=(say("unavailable"),))
    return [{"text": answer.said[0], "buttons": [], "custom": answer.to_dict()}]


async def _json(request: web.Request) -> Any:
    try:
        return json.loads(await request.read())
    except web.HTTPRequestEntityTooLarge as error:
        said = say("too_long", limit=LONGEST_TEXT)
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", said=said) from error
    except (ValueError, RecursionError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "not_json") from error


def _message_id(given: object) -> Optional[str]:
    return given if isinstance(given, str) and 0 < len(given) <= LONGEST_MESSAGE_ID else None
