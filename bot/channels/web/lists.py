"""“我的清单” over HTTP: a person's lists as JSON and as papers; another's are as if they were not there."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import json
from functools import partial
from http import HTTPStatus
from typing import Any, Callable, Mapping, Optional, TypeVar, cast

from aiohttp import web

from bot.channels.web import addresses, bodies, pages, sheet
from bot.channels.web.keeping import Keeping
from bot.channels.web.markup import tag
from bot.channels.web.security import Refused, check_post
from bot.channels.web.sessions import Session, Sessions
from bot.rendering import calendar, paper
from knowledge import clock
from knowledge.assistant import Assistant
from knowledge.checklists import codes
from knowledge.checklists.service import Checklists
from knowledge.values.checklist import Checklist, Role
from knowledge.wording import page

ROLES: Mapping[str, Role] = {"reader": "reader", "companion": "companion"}
Found = TypeVar("Found")


class Lists:
    """What the panel asks for and posts; the holder is the session's sender, never the client's word."""

    def __init__(self, sessions: Sessions, keeping: Keeping) -> None:
        self._sessions = sessions
        self._keeping = keeping

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        one = r"/lists/{matter:[a-z][a-z0-9_]*}"
        return [
            web.get("/lists", self.all),
            web.post("/lists/join", self.join),
            web.get(one, self.one),
            web.get(rf"{one}.print", self.print),
            web.get(rf"{one}.pdf", self.pdf),
            web.get(rf"{one}.ics", self.ics),
            web.post(rf"{one}/ticks", self.tick),
            web.post(rf"{one}/share", self.share),
            web.post(rf"{one}/revoke", self.revoke),
            web.post(rf"{one}/drop", self.drop),
        ]

    async def all(self, request: web.Request) -> web.Response:
        """Answer with a row for each of the person's lists."""
        session = self._reading(request)
        lists = await self._keeping.ask(lambda assistant: assistant.checklists.of(session.sender))
        return _json({"lists": lists})

    async def one(self, request: web.Request) -> web.Response:
        """Answer with one list."""
        return _json(_found(await self._get(request, Checklists.open)))

    async def tick(self, request: web.Request) -> web.Response:
        """Tick or untick a line and answer with the list as it is now."""
        given = await bodies.read(request)
        line, ticked = bodies.wanted(given, "line", str), bodies.wanted(given, "ticked", bool)
        found = await self._post(request, lambda a, holder, matter: a.checklists.tick(holder, matter, line, ticked=ticked))
        return _json(_found(found))

    async def share(self, request: web.Request) -> web.Response:
        """Answer with a code that opens the list elsewhere."""
        role = ROLES.get(bodies.wanted(await bodies.read(request), "role", str))
        if role is None:
            raise bodies.missing("role")
        found = await self._post(request, lambda a, holder, matter: a.checklists.share(holder, matter, role=role))
        return _json(_there(found))

    async def revoke(self, request: web.Request) -> web.Response:
        """End every code of the list, whether there was one or not."""
        revoked = await self._post(request, lambda a, holder, matter: a.checklists.revoke(holder, matter))
        return _json({"revoked": revoked})

    async def drop(self, request: web.Request) -> web.Response:
        """Give the list up."""
        dropped = await self._post(request, lambda a, holder, matter: a.checklists.drop(holder, matter))
        return _json({"dropped": _there(dropped or None)})

    async def join(self, request: web.Request) -> web.Response:
        """Put the list behind a code among the person's own."""
        session = check_post(request, self._sessions.of(request))
        code = bodies.wanted(await bodies.read(request), "code", str)
        found = await self._keeping.ask(lambda assistant: assistant.checklists.join(session.sender, code))
        return _json(_found(found, said=page("web")["code"]["wrong"]))

    async def print(self, request: web.Request) -> web.Response:
        """Serve the list alone, made for paper."""
        checklist, code = await self._look(request), _code(request)
        button = tag("p", pages.print_button(), class_="tools")
        content = sheet.sheet(checklist, above=button, beside=pages.code(code, addresses.shared(request, code)) if code else None)
        return pages.html(pages.sheet(request, title=checklist.name, content=content, scripts=("print",)))

    async def pdf(self, request: web.Request) -> web.Response:
        """Serve the list as one sheet of paper; the code in the address, if there is one, is printed on it."""
        checklist, code = await self._look(request), _code(request)
        url = addresses.shared(request, code) if code else None
        made = await asyncio.to_thread(paper.pdf, checklist, code=code, url=url)
        return _file(made, kind="application/pdf", name=f"{checklist.matter}.pdf")

    async def ics(self, request: web.Request) -> web.Response:
        """Serve the days of the list for a calendar, or the day of a visit where one is given."""
        checklist, on = await self._look(request), request.query.get("visit")
        now = await self._keeping.ask(lambda assistant: clock.now(assistant.settings))
        made = calendar.ics(checklist, at=now) if on is None else _visit(checklist, on, request.query.get("place", "0"), at=now)
        return _file(made, kind="text/calendar", name=f"{checklist.matter}.ics")

    async def _look(self, request: web.Request) -> Checklist:
        """Return the list for a paper: what has changed in it is told on the page, not there."""
        return _there(await self._get(request, Checklists.look))

    async def _get(self, request: web.Request, work: Callable[[Checklists, str, str], Found]) -> Found:
        holder, matter = self._reading(request).sender, request.match_info["matter"]
        return await self._keeping.ask(lambda assistant: work(assistant.checklists, holder, matter))

    async def _post(self, request: web.Request, work: Callable[[Assistant, str, str], Found]) -> Found:
        holder, matter = check_post(request, self._sessions.of(request)).sender, request.match_info["matter"]
        return await self._keeping.ask(lambda assistant: work(assistant, holder, matter))

    def _reading(self, request: web.Request) -> Session:
        session = self._sessions.of(request)
        if session is None:
            raise Refused(HTTPStatus.FORBIDDEN, "session")
        return session


def _found(checklist: Optional[Checklist], *, said: Optional[str] = None) -> Mapping[str, Any]:
    found = _there(checklist, said=said)
    return {**vars(found), "answer": found.answer.to_dict(), "days": calendar.has_days(found)}


def _there(found: Optional[Found], *, said: Optional[str] = None) -> Found:
    """Return what was found; what is another's, or gone, is answered like what never was."""
    if found is None:
        raise Refused(HTTPStatus.NOT_FOUND, "not_found", said=said)
    return found


def _code(request: web.Request) -> Optional[str]:
    given = request.query.get("code", "")
    return given if codes.has_prefix(given) else None


def _visit(checklist: Checklist, on: str, place: str, *, at: dt.datetime) -> bytes:
    """Return the calendar entry of a visit on a day to one of the list's places, named by its position."""
    try:
        return calendar.visit(checklist, checklist.answer.places[int(place)], dt.date.fromisoformat(on), at=at)
    except (ValueError, IndexError, OverflowError) as error:
        raise bodies.missing("visit") from error


def _json(found: object) -> web.Response:
    response = web.json_response(found, dumps=partial(json.dumps, ensure_ascii=False, default=_plain))
    response.enable_compression()
    return response


def _plain(node: object) -> Any:
    return vars(node) if dataclasses.is_dataclass(node) else dt.date.isoformat(cast(dt.date, node))


def _file(content: bytes, *, kind: str, name: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=content, content_type=kind, headers=headers)
