"""The Bot API, as much of it as we use, over real HTTP: its results, its limits, its error bodies, and its bad days."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, AsyncIterator

import aiohttp
from aiohttp import web

from tests.fakes import telegram_limits as limits
from tests.fakes.telegram_chats import BOT, LOOK, Call, Chats, Given, Trouble
from tests.fakes.telegram_limits import Refusal, bad

TOKEN = "7000000001:AAF-a-token-of-the-tests-0123456789abcd"
MORE = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries", "can_connect_to_business", "has_main_web_app")
HANG = 20.0


class TelegramApi(Chats):
    """The server at the other end; a test is the people who write to the bot."""

    # --- the server ---

    def app(self) -> web.Application:
        """Return the server."""
        app = web.Application(client_max_size=50 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._called)
        app.cleanup_ctx.append(self._calling_webhooks)
        return app

    async def _called(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        work = getattr(self, f"_{method}", None)
        if request.match_info["token"] != TOKEN:
            return _response(Refusal(401, "Unauthorized"))
        if work is None:
            return _response(Refusal(404, "Not Found"))
        call = Call(method, await _given(request), time.monotonic())
        self.calls.append(call)
        trouble = self.trouble(method, call.given)
        try:
            if trouble and not trouble.endswith("_after"):
                return await self._in_trouble(request, trouble)
            call.result = await work(call.given)
            if trouble:
                return await self._in_trouble(request, trouble)
            return web.json_response({"ok": True, "result": call.result})
        except Refusal as refusal:
            call.refused = refusal.description
            return _response(refusal)

    async def _in_trouble(self, request: web.Request, trouble: Trouble) -> web.StreamResponse:
        if trouble == "429":
            raise Refusal(429, f"Too Many Requests: retry after {self.retry_after}", retry_after=self.retry_after)
        if trouble == "500":
            raise Refusal(500, "Internal Server Error")
        if trouble == "502":
            return web.Response(status=502, text="<html>502 Bad Gateway</html>", content_type="text/html")
        if trouble.startswith("hang"):
            until = time.monotonic() + HANG
            while time.monotonic() < until and not self._closing:
                await asyncio.sleep(LOOK)
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    # --- the methods ---

    async def _getMe(self, _given: Given) -> Any:
        return {**BOT, **dict.fromkeys(MORE, False)}

    async def _getUpdates(self, given: Given) -> Any:
        if self._webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
        mine = self._next("poll")
        offset = int(given.get("offset") or 0)
        with self._lock:
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
        until = time.monotonic() + float(given.get("timeout") or 0)
        while not self._updates and time.monotonic() < until and not self._closing:
            await asyncio.sleep(LOOK)
            if mine != self._numbers["poll"]:
                raise Refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
        with self._lock:
            return list(self._updates)[: int(given.get("limit") or 100)]

    async def _setWebhook(self, given: Given) -> Any:
        if not given.get("url"):
            return await self._deleteWebhook(given)
        if not given["url"].startswith("https://"):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        self._webhook = dict(given)
        self._drop(given)
        return True

    def _drop(self, given: Given) -> None:
        if given.get("drop_pending_updates") == "true":
            self._updates.clear()

    async def _deleteWebhook(self, given: Given) -> Any:
        self._webhook = None
        self._drop(given)
        return True

    async def _getWebhookInfo(self, _given: Given) -> Any:
        url = self._webhook["url"] if self._webhook else ""
        return {"url": url, "has_custom_certificate": False, "pending_update_count": self.pending}

    async def _sendMessage(self, given: Given) -> Any:
        chat = self._chat(given)
        return self._show(chat, text=limits.text(given), reply_markup=limits.keyboard(given), reply_parameters=given.get("reply_parameters"))

    async def _sendDocument(self, given: Given) -> Any:
        chat, document = self._chat(given), given["document"]
        if not document["bytes"]:
            raise bad("file must be non-empty")
        caption = limits.text(given, "caption", longest=limits.LONGEST_CAPTION)
        named = {"file_name": document["file_name"], "file_id": "f", "file_unique_id": "f", "file_size": len(document["bytes"])}
        return self._show(chat, text=caption, reply_markup=limits.keyboard(given), document=named, bytes=document["bytes"])

    async def _sendLocation(self, given: Given) -> Any:
        return self._show(self._chat(given), text="", reply_markup=None, location=_place(given))

    async def _sendVenue(self, given: Given) -> Any:
        venue = {"location": _place(given), "title": given["title"], "address": given["address"]}
        return self._show(self._chat(given), text="", reply_markup=None, venue=venue)

    async def _sendChatAction(self, given: Given) -> Any:
        self._chat(given)
        if given.get("action") not in limits.ACTIONS:
            raise bad("wrong parameter action in request")
        return True

    async def _editMessageText(self, given: Given) -> Any:
        return self._edited(given, {"text": limits.text(given), "reply_markup": limits.keyboard(given)})

    async def _editMessageReplyMarkup(self, given: Given) -> Any:
        return self._edited(given, {"reply_markup": limits.keyboard(given)})

    async def _answerCallbackQuery(self, given: Given) -> Any:
        if len(str(given.get("text") or "")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        if not self._queries.get(given["callback_query_id"]):
            raise bad("query is too old and response timeout expired or query ID is invalid")
        self._queries[given["callback_query_id"]] = False
        return True

    async def _setMyCommands(self, given: Given) -> Any:
        self.commands[given.get("scope") or "default"] = limits.commands(given)
        return True

    async def _calling_webhooks(self, _app: web.Application) -> AsyncIterator[None]:
        calling = asyncio.create_task(self._call_webhooks())
        yield
        calling.cancel()
        self._closing = True
        await asyncio.sleep(2 * LOOK)

    async def _call_webhooks(self) -> None:
        async with aiohttp.ClientSession() as session:
            calls: set[asyncio.Task[None]] = set()
            while True:
                await asyncio.sleep(LOOK)
                waiting = [update for update in self._updates if id(update) not in self._under_way] if self._webhook and not self.held else []
                for update in reversed(waiting) if self.latest_first else waiting:
                    self._under_way.add(id(update))
                    calls.add(asyncio.create_task(self._call_webhook(session, update)))
                    await asyncio.sleep(5 * LOOK if self.latest_first else 0)

    async def _call_webhook(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> None:
        assert self._webhook is not None
        secret = self._webhook.get("secret_token")
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        host, path = self._webhook["url"].removeprefix("https://").partition("/")[::2]
        try:
            async with session.post(f"{self.proxied[f'https://{host}']}/{path}", json=update, headers=headers) as answer:
                self.answers_of_webhook.append(answer.status)
                if answer.status < 300:
                    self._updates.remove(update)
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.1)
        self._under_way.discard(id(update))


def _place(given: Given) -> dict[str, float]:
    latitude, longitude = float(given["latitude"]), float(given["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad("wrong coordinates specified")
    return {"latitude": latitude, "longitude": longitude}


async def _given(request: web.Request) -> dict[str, Any]:
    fields = {**request.query, **(await request.post())}
    return {key: _file(entry) if isinstance(entry, web.FileField) else entry for key, entry in fields.items()}


def _file(entry: web.FileField) -> dict[str, Any]:
    return {"file_name": entry.filename, "bytes": entry.file.read()}


def _response(refusal: Refusal) -> web.Response:
    return web.json_response(refusal.body(), status=refusal.code, dumps=lambda body: json.dumps(body, ensure_ascii=False))
