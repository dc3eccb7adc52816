"""A list behind a code, for family: only to look at, without scripts and without a cookie."""

from __future__ import annotations

from http import HTTPStatus
from typing import Optional
from urllib.parse import quote

from aiohttp import web

from bot.channels.web import addresses, pages, sheet
from bot.channels.web.keeping import Keeping
from bot.channels.web.markup import Markup, joined, tag
from bot.channels.web.sessions import Sessions
from bot.rendering import qr
from knowledge.checklists import codes
from knowledge.wording import page

UNSEEN = {"X-Robots-Tag": "noindex, nofollow"}


class Shared:
    """The form for a code, and the page behind it."""

    def __init__(self, sessions: Sessions, keeping: Keeping) -> None:
        self._sessions = sessions
        self._keeping = keeping

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [web.get("/c", self.ask), web.get("/c/{code}.svg", self.picture), web.get("/c/{code}", self.show)]

    async def ask(self, request: web.Request) -> web.Response:
        """Serve the form; a code that was typed into it has a page of its own."""
        code = request.query.get("code", "").strip()
        if code:
            raise web.HTTPSeeOther(f"/c/{quote(code, safe='')}")
        return self._form(request, status=HTTPStatus.OK)

    async def show(self, request: web.Request) -> web.Response:
        """Serve the list behind the code, or the form again: unknown, expired and revoked are told alike."""
        code, visitor = request.match_info["code"], self._visitor(request)
        checklist = await self._keeping.ask(lambda assistant: assistant.checklists.read(code, visitor=visitor))
        if checklist is None:
            return self._form(request, status=HTTPStatus.NOT_FOUND, said=_words()["wrong"])
        words = sheet.words()
        join = tag("a", words["join"], href=f"/#join={quote(code, safe='')}", class_="button")
        above = joined(tag("p", words["shared"], class_="notice"), tag("p", join, " ", pages.print_button(), class_="tools"))
        content = sheet.sheet(checklist, above=above)
        return pages.html(pages.sheet(request, title=checklist.name, content=content, scripts=("print",)), headers=UNSEEN)

    async def picture(self, request: web.Request) -> web.Response:
        """Serve the QR code that leads to a code's page; whether it opens anything is not told here."""
        code = request.match_info["code"]
        if codes.digits(code) is None:
            raise web.HTTPNotFound
        return web.Response(text=qr.svg(addresses.shared(request, code)), content_type="image/svg+xml", headers=UNSEEN)

    def _visitor(self, request: web.Request) -> str:
        session = self._sessions.of(request)
        return session.sender if session else addresses.visitor(request, secret=self._sessions.secret)

    def _form(self, request: web.Request, *, status: HTTPStatus, said: Optional[str] = None) -> web.Response:
        content = pages.sheet(request, title=_words()["title"], content=_asking(said))
        return pages.html(content, status=status, headers=UNSEEN)


def _asking(said: Optional[str]) -> Markup:
    words = _words()
    field = tag(
        "input", id="code", name="code", required="required", maxlength="40", autocomplete="off",
        autocapitalize="characters", spellcheck="false", aria_describedby="ask",
    )
    label = tag("label", words["label"], for_="code")
    form = tag("form", label, field, tag("button", words["go"], type="submit"), action="/c", method="get", class_="code-form")
    return joined(
        tag("h1", words["title"]),
        tag("p", said, class_="blocks", role="alert") if said else None,
        tag("p", words["ask"], id="ask"),
        form,
    )


def _words() -> dict[str, str]:
    return dict(page("web")["code"])
