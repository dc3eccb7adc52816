"""Being called by Telegram: for a server, behind a proxy that speaks TLS."""

from __future__ import annotations

import asyncio
import hmac
from http import HTTPStatus
from typing import Optional

from aiohttp import web
from telegram import Bot, Update

from bot.channels.telegram.updates import Inbox

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_BODY = 1024 * 1024
# Telegram waits; longer than this it would call again, although we are at it.
ANSWER_WITHIN = 25.0


def make_app(bot: Bot, inbox: Inbox, *, path: str, secret: str) -> web.Application:
    """Return the server that Telegram calls at `path`, and nobody who does not know `secret`."""

    async def called(request: web.Request) -> web.Response:
        if not _knows(secret, request.headers.get(SECRET_HEADER)):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        update = await _update(request, bot)
        if update is None:
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        # Answered when it is handled: what a crash cuts off Telegram sends again.
        await asyncio.wait([inbox.take(update)], timeout=ANSWER_WITHIN)
        return web.Response()

    app = web.Application(client_max_size=LARGEST_BODY)
    app.router.add_post(path, called)
    return app


def _knows(secret: str, given: Optional[str]) -> bool:
    """Compare in a time that does not tell where they differ; python-telegram-bot's own server compares with `!=`."""
    return hmac.compare_digest(secret.encode(), (given or "").encode("utf-8", "surrogateescape"))


async def _update(request: web.Request, bot: Bot) -> Optional[Update]:
    try:
        update = Update.de_json(await request.json(), bot)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return update if isinstance(update.update_id, int) else None
