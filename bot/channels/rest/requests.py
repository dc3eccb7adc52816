"""What stands in a request's JSON body, or what is wrong with it."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any, Mapping, Optional

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from knowledge.wording import say

LONGEST_BODY = 1_000_000
LONGEST_MESSAGE_ID = 64


class BadRequest(Exception):
    """A request that cannot be taken: what is wrong and what to do about it."""


def body(request: Request) -> Mapping[str, Any]:
    """Return the JSON object that was sent; raise BadRequest where there is none."""
    if len(request.body) > LONGEST_BODY:
        raise BadRequest(f"the body has {len(request.body)} bytes. Send at most {LONGEST_BODY}.")
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise BadRequest("the body is no JSON object. Send one in UTF-8.")
    return given


def field(given: Mapping[str, Any], name: str, *, may_be_blank: bool = False) -> str:
    """Return a text of the body; raise BadRequest naming the field where it is missing or none."""
    value = given.get(name)
    if not isinstance(value, str) or not (may_be_blank or value.strip()):
        raise BadRequest(say("bad_request", field=name))
    return value


def message_id(given: Mapping[str, Any]) -> Optional[str]:
    """Return the caller's id of the message, None where it has none that can be one."""
    value = given.get("message_id")
    return str(value) if isinstance(value, (str, int)) and 0 < len(str(value)) <= LONGEST_MESSAGE_ID else None


def refusal(_request: Request, error: BadRequest) -> HTTPResponse:
    """Return a BadRequest as JSON."""
    return response.json({"error": str(error)}, status=HTTPStatus.BAD_REQUEST)
