"""What every response says to the browser, who may post, and how a refusal looks."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Awaitable, Callable, Optional

from aiohttp import web

from bot.channels.web.sessions import Session, same
from knowledge.wording import say

TOKEN_HEADER = "X-YJS-Token"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # aiohttp would name itself and its version.
    "Server": "yjs",
}

logger = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Refused(Exception):
    """A request that is not served: why in one word for the page, and a sentence where there is one to say."""

    def __init__(self, status: HTTPStatus, error: str, *, said: Optional[str] = None) -> None:
        super().__init__(error)
        self.status, self.error, self.said = status, error, said


@web.middleware
async def headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Add the headers; a response that does not say how long it may be kept is not kept at all."""
    response = await handler(request)
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def check_post(request: web.Request, session: Optional[Session]) -> Session:
    """Return the session of a post that our own page made; raise Refused for every other."""
    if not _from_our_page(request):
        raise Refused(HTTPStatus.FORBIDDEN, "origin")
    if request.content_type != "application/json":
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not_json")
    if session is None or not same(session.token, request.headers.get(TOKEN_HEADER, "")):
        raise Refused(HTTPStatus.FORBIDDEN, "session")
    return session


def _from_our_page(request: web.Request) -> bool:
    # Host and port only: in front of us somebody else may speak TLS. Old browsers send only one of the two headers.
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return site == "same-origin" and (origin is None or origin.partition("://")[2] == request.host)


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn whatever goes wrong into short JSON, the one place where exceptions end."""
    try:
        return await handler(request)
    except Refused as refused:
        return _refusal(refused.status, refused.error, said=refused.said)
    except web.HTTPException as error:
        response = _refusal(HTTPStatus(error.status), HTTPStatus(error.status).phrase.lower().replace(" ", "_"))
        response.headers.update({name: error.headers[name] for name in ("Allow", "Location") if name in error.headers})
        return response
    except Exception:
        logger.exception("%s %s failed", request.method, request.path)
        return _refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", said=say("unavailable"))


def _refusal(status: HTTPStatus, error: str, *, said: Optional[str] = None) -> web.Response:
    return web.json_response({"error": error, "said": said}, status=status)
