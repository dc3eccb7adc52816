"""The HTTP side: requests in, JSON out. Named in credentials.yml; Rasa runs it without --enable-api."""

from __future__ import annotations

import asyncio
import json
import logging
from http import HTTPStatus
from typing import Any, Awaitable, Callable, Mapping, Optional, Sequence

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.rest import action_results, parsing, requests
from bot.channels.rest.health import Health
from bot.channels.rest.turns import Turns
from bot.door import identity
from bot.door.door import Door
from bot.door.limits import Limits
from bot.door.lines import Lines
from knowledge import clock, settings
from knowledge.errors import StoreUnavailable
from knowledge.privacy.retention import retain
from knowledge.store.engine import open_engine
from knowledge.store.references import References

logger = logging.getLogger(__name__)

# What the table of conversations holds; a longer or unprintable sender is hashed.
LONGEST_SENDER = 64
PURGE_EVERY = 300


class RestChannel(InputChannel):  # type: ignore[misc]  # Rasa is untyped
    """Everything Rasa answers over HTTP: health, parse and messages."""

    @classmethod
    def name(cls) -> str:
        """Return the name that Rasa knows the channel by."""
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: Optional[Mapping[str, float]]) -> RestChannel:
        """Return the channel, with the limits of credentials.yml, for a Rasa that runs."""
        action_results.check_quickly()
        return cls(**(credentials or {}))

    def __init__(self, *, burst: float = 300, per_second: float = 2, waiting: float = 8) -> None:
        """Open the door on the database of the settings; credentials.yml says what the limits mean."""
        here = settings.load()
        engine = open_engine(here.database_url)
        self._secret = here.secret()
        references = References(engine, self._secret, lambda: clock.now(here))
        self._door = Door(limits=Limits(burst=burst, per_second=per_second), references=references)
        self._retain = lambda: retain(engine, secret=self._secret, keep=here.keep, now=clock.now(here))
        self._lines = Lines(longest=int(waiting))
        self._health = Health(engine)

    def url_prefix(self) -> str:
        """Return where the routes begin: /model/parse is none of Rasa's webhooks."""
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes; Rasa hands over the function that takes a message."""
        routes = Blueprint("rest")
        turns = Turns(handle=on_new_message, door=self._door, lines=self._lines)

        @routes.get("/webhooks/rest/")
        async def alive(_request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.post("/model/parse")
        async def parse(request: Request) -> HTTPResponse:
            text = requests.field(requests.body(request), "text", may_be_blank=True)
            parsed = await parsing.parse(request.app.ctx.agent, text)
            return _json(parsed) if parsed else _down(("model",))

        @routes.post("/webhooks/rest/webhook")
        async def webhook(request: Request) -> HTTPResponse:
            body = requests.body(request)
            sender, text = requests.field(body, "sender"), requests.field(body, "message", may_be_blank=True)
            replies = await turns.replies(self._known(sender), text=text, message_id=requests.message_id(body))
            return _json([{"recipient_id": sender, **reply} for reply in replies])

        routes.listener("before_server_start")(self._set_up)
        routes.listener("before_server_stop")(self._tear_down)
        return routes

    def _known(self, sender: str) -> str:
        storable = len(sender) <= LONGEST_SENDER and sender.isprintable()
        return sender if storable else identity.sender(self.name(), sender, secret=self._secret)

    async def _set_up(self, app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
        app.config.FALLBACK_ERROR_FORMAT = "json"
        app.error_handler.add(requests.BadRequest, requests.refusal)
        # Rasa's own “/” says hello in whatever state it is; a middleware answers before any route.
        app.register_middleware(self._root, "request")
        self._purging = asyncio.create_task(self._purge())

    async def _tear_down(self, _app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
        self._purging.cancel()

    async def _root(self, request: Request) -> Optional[HTTPResponse]:
        if request.path != "/" or request.method not in ("GET", "HEAD"):
            return None
        down = await self._health.down(getattr(request.app.ctx, "agent", None))
        return _down(down) if down else response.json({"status": "ok", "down": []})

    async def _purge(self) -> None:
        while True:
            try:
                await asyncio.to_thread(self._retain)
            except StoreUnavailable as error:
                logger.error("What has expired stays until the next round: %s", error)
            await asyncio.sleep(PURGE_EVERY)


def _down(parts: Sequence[str]) -> HTTPResponse:
    return response.json({"status": "unavailable", "down": list(parts)}, status=HTTPStatus.SERVICE_UNAVAILABLE)


def _json(body: object) -> HTTPResponse:
    # Not Sanic's ujson: it fails on half a surrogate pair, which a client may send as sender or text.
    return response.json(body, dumps=json.dumps)
