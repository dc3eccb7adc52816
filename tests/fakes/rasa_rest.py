"""A stand-in for a running Rasa's REST channel (CONTRACT §4), served over real HTTP."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from typing import Any, Callable, Coroutine, Iterator, Optional

from aiohttp import web

Reply = dict[str, Any]


class FakeRasa:
    """Answers what `script` says, refuses what the real channel refuses, and remembers what it was sent."""

    def __init__(self, script: Callable[[str], list[Reply]]) -> None:
        self.script = script
        self.healthy = True
        self.broken = False
        self.asked_for_health = 0
        self.received: list[Reply] = []

    def app(self) -> web.Application:
        """Return the server."""
        app = web.Application()
        app.router.add_get("/", self._health)
        app.router.add_post("/webhooks/rest/webhook", self._webhook)
        return app

    async def _health(self, _request: web.Request) -> web.Response:
        self.asked_for_health += 1
        return web.json_response({}, status=200 if self.healthy else 503)

    async def _webhook(self, request: web.Request) -> web.Response:
        given = await request.json()
        if not isinstance(given.get("sender"), str) or not given["sender"]:
            return web.json_response({"error": "sender"}, status=400)
        self.received.append(given)
        if self.broken:
            return web.Response(status=500, text="Traceback (most recent call last)")
        replies = self.script(given["message"])
        return web.json_response([{"recipient_id": given["sender"], **reply} for reply in replies])


@contextmanager
def running(app: web.Application) -> Iterator[str]:
    """Serve `app` from a thread of its own on a free port; yield its URL."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def run(work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, loop).result(10)

    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    run(runner.setup())
    run(web.TCPSite(runner, "127.0.0.1", 0).start())
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        run(runner.cleanup())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def text_only(text: str) -> Reply:
    """Return a reply without `custom`."""
    return {"text": text, "buttons": [], "custom": None}


def reply_of(answer: Reply, *, text: Optional[str] = None) -> Reply:
    """Return the reply that carries `answer`, its buttons beside it as the real channel has them."""
    options = answer["questions"][0]["options"] if answer["questions"] else []
    buttons = [{"title": option, "payload": option} for option in options]
    return {"text": text or "".join(answer["said"]) or "整份答复", "buttons": buttons, "custom": answer}
