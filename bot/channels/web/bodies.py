"""What a post of our own page carries, as JSON → values."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any, Mapping, Type, TypeVar

from aiohttp import web

from bot.channels.web.security import Refused
from knowledge.wording import say

# As bot.door.door, which is the one that refuses; the page counts along while it is typed.
LONGEST_TEXT = 500
Kind = TypeVar("Kind", str, bool)


async def read(request: web.Request) -> Mapping[str, Any]:
    """Return the JSON object in a request's body; raise Refused where there is none."""
    try:
        given = json.loads(await request.read())
    except web.HTTPRequestEntityTooLarge as error:
        said = say("too_long", limit=LONGEST_TEXT)
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", said=said) from error
    except (ValueError, RecursionError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "not_json") from error
    if not isinstance(given, dict):
        raise missing("text")
    return given


def wanted(given: Mapping[str, Any], key: str, kind: Type[Kind]) -> Kind:
    """Return the value at `key`; raise Refused where it is not there or of another kind."""
    value = given.get(key)
    if not isinstance(value, kind):
        raise missing(key)
    return value


def missing(key: str) -> Refused:
    """Return the refusal of a body without `key`."""
    return Refused(HTTPStatus.BAD_REQUEST, f"no_{key}", said=say("bad_request", field=key))
