"""The routes of the web page."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus
from typing import AsyncIterator

from aiohttp import web

from bot.channels.web import addresses, messages, pages
from bot.channels.web.asking import Asking
from bot.channels.web.keeping import Keeping
from bot.channels.web.lists import Lists
from bot.channels.web.mine import Mine
from bot.channels.web.security import check_post, headers, refusals
from bot.channels.web.sessions import Sessions, remember
from bot.channels.web.shared import Shared
from bot.rasa_client import RasaClient
from knowledge.settings import Settings

LARGEST_BODY = 16 * 1024
# Rasa caches its own health as well; together they stay within what the contract allows.
HEALTH_SECONDS = 1.0
RASA = web.AppKey("RASA", RasaClient)


def make_app(settings: Settings) -> web.Application:
    """Return the server of the web page: in front of Rasa for what is said, of `knowledge` for what is kept."""
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[headers, refusals])
    sessions, keeping = Sessions(settings.secret()), Keeping(settings)
    chat, health = Chat(sessions, keeping), Health()
    app.router.add_get("/", chat.page)
    app.router.add_post("/chat/messages", chat.message)
    for part in (Lists(sessions, keeping), Shared(sessions, keeping), Mine(sessions, keeping, keep=settings.keep)):
        app.router.add_routes(part.routes())
    app.router.add_get("/desk", desk)
    app.router.add_get("/healthz", health.answer)
    app.router.add_get("/static/{name}", asset)

    async def with_rasa(app: web.Application) -> AsyncIterator[None]:
        app[RASA] = RasaClient(settings.rasa.url)
        warming = asyncio.create_task(keeping.warm())
        yield
        await app[RASA].close()
        await warming

    app.cleanup_ctx.append(with_rasa)
    return app


class Chat:
    """The citizen's page and what it posts."""

    def __init__(self, sessions: Sessions, keeping: Keeping) -> None:
        self._sessions = sessions
        self._asking = Asking(keeping)

    async def page(self, request: web.Request) -> web.Response:
        """Serve the page; a browser that we do not know yet gets a session."""
        known = self._sessions.of(request)
        # Coming from another site, a browser withholds the cookie that it may well have: issuing one now would take
        # the old one's place, and with it the person's checklist. The page asks again, from here, when it first posts.
        if known is None and request.headers.get("Sec-Fetch-Site") == "cross-site":
            return pages.html(pages.chat(request, token=""))
        session = known or self._sessions.new()
        response = pages.html(pages.chat(request, token=session.token))
        remember(response, session, secure=addresses.over_tls(request))
        return response

    async def message(self, request: web.Request) -> web.Response:
        """Pass a message on to Rasa and return its replies; while Rasa is down, say what can be said without it."""
        session = check_post(request, self._sessions.of(request))
        message = await messages.read(request)
        response = web.json_response(await self._asking.replies(request.app[RASA], session.sender, message))
        response.enable_compression()
        return response


class Health:
    """Whether a citizen can be answered now; Rasa is asked at most once a second, however many ask us."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._asked_at = float("-inf")
        self._healthy = False

    async def answer(self, request: web.Request) -> web.Response:
        """Answer 200 or 503."""
        async with self._lock:
            if time.monotonic() - self._asked_at >= HEALTH_SECONDS:
                self._healthy = await request.app[RASA].healthy()
                self._asked_at = time.monotonic()
        if self._healthy:
            return web.json_response({"status": "ok"})
        return web.json_response({"status": "unavailable", "rasa": False}, status=HTTPStatus.SERVICE_UNAVAILABLE)


async def desk(_request: web.Request) -> web.Response:
    """Serve the page that says that the staff desk is not built yet."""
    return pages.html(pages.desk())


async def asset(request: web.Request) -> web.StreamResponse:
    """Serve a style sheet, script or picture of the page; the browser asks each time whether its copy still holds."""
    name = request.match_info["name"]
    if name not in pages.assets():
        raise web.HTTPNotFound
    return web.FileResponse(pages.STATIC / name, headers={"Cache-Control": "no-cache"})
