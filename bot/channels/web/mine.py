"""What is kept of a person: told on a page, handed out, deleted."""

from __future__ import annotations

import json
from typing import Any, Mapping

from aiohttp import web

from bot.channels.web import bodies, pages
from bot.channels.web.keeping import Keeping
from bot.channels.web.markup import Markup, joined, tag
from bot.channels.web.security import check_post
from bot.channels.web.sessions import Sessions, forget
from knowledge.privacy.told import told
from knowledge.settings import Retention


class Mine:
    """“我的数据”."""

    def __init__(self, sessions: Sessions, keeping: Keeping, *, keep: Retention) -> None:
        self._sessions = sessions
        self._keeping = keeping
        self._keep = keep

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [web.get("/privacy", self.page), web.get("/my-data.json", self.export), web.post("/forget", self.forget)]

    async def page(self, request: web.Request) -> web.Response:
        """Serve the page that says in plain words what is kept, and how long."""
        session = self._sessions.of(request)
        metas = [
            tag("meta", name="yjs-token", content=session.token if session else ""),
            tag("meta", name="yjs-wording", content=pages.wording()),
        ]
        text = told(self._keep)
        content = _told(text, known=session is not None)
        return pages.html(pages.sheet(request, title=text["title"], content=content, metas=metas, scripts=("privacy",)))

    async def export(self, request: web.Request) -> web.Response:
        """Serve everything that is kept of the person, as a file; of a stranger nothing is."""
        session = self._sessions.of(request)
        kept = await self._keeping.ask(lambda assistant: assistant.privacy.export(session.sender)) if session else {}
        text = json.dumps(kept, ensure_ascii=False, indent=2, default=str)
        headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
        return web.Response(text=text, content_type="application/json", headers=headers)

    async def forget(self, request: web.Request) -> web.Response:
        """Delete everything that is kept of the person, the cookie last."""
        session = check_post(request, self._sessions.of(request))
        await bodies.read(request)
        await self._keeping.ask(lambda assistant: assistant.privacy.forget(session.sender))
        response = web.json_response({"forgotten": True})
        forget(response)
        return response


def _told(text: Mapping[str, Any], *, known: bool) -> Markup:
    kept = [tag("li", tag("strong", entry["what"]), "：", entry["why"]) for entry in text["kept"]]
    download = tag("a", text["download"], href="/my-data.json", download="my-data.json", class_="button")
    choices = (
        tag("p", download, " ", text["download_why"]),
        tag("p", text["delete_why"]),
        tag("div", id="forget", class_="tools"),
        tag("p", id="told", role="status"),
        tag("noscript", tag("p", text["no_script"])),
    )
    return joined(
        tag("h1", text["title"]),
        tag("p", text["lead"]),
        _section(text["kept_title"], tag("ul", kept)),
        _section(text["masked_title"], tag("ul", (tag("li", entry) for entry in text["masked"]))),
        _section(text["codes_title"], tag("p", text["codes"])),
        _section(text["mine_title"], *(choices if known else [tag("p", text["nobody"])])),
        tag("p", text["person"]),
    )


def _section(title: str, *children: Markup) -> Markup:
    return tag("section", tag("h2", title), *children)
