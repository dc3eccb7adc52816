"""Who is writing: an id that only this server can issue, kept in a signed cookie and nowhere on the server."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Optional

from aiohttp import web

from bot.door import identity

COOKIE = "yjs_session"
# A checklist is ticked off over days, on the same phone.
KEEP_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Session:
    """One browser: `sender` is what Rasa knows it by, `token` what its page must echo with every message."""

    cookie: str
    sender: str
    token: str


@dataclass(frozen=True)
class Sessions:
    """Issues sessions and recognises its own; a guessed or altered cookie is nobody's."""

    secret: bytes

    def new(self) -> Session:
        """Return a session that nobody has had before."""
        return self._session(secrets.token_urlsafe(32))

    def of(self, request: web.Request) -> Optional[Session]:
        """Return the session whose cookie the request carries, None where we did not issue it."""
        name, _, mac = request.cookies.get(COOKIE, "").partition(".")
        return self._session(name) if same(self._mac("cookie", name), mac) else None

    def _session(self, name: str) -> Session:
        return Session(
            cookie=f"{name}.{self._mac('cookie', name)}",
            sender=identity.sender("web", name, secret=self.secret),
            token=self._mac("token", name),
        )

    def _mac(self, purpose: str, name: str) -> str:
        named = f"web {purpose}\n{name}".encode("utf-8", "surrogatepass")
        return hmac.new(self.secret, named, hashlib.sha256).hexdigest()


def remember(response: web.StreamResponse, session: Session, *, secure: bool) -> None:
    """Put the session into the browser, where no script and no other site can use it."""
    response.set_cookie(
        COOKIE, session.cookie, max_age=KEEP_SECONDS, httponly=True, samesite="Strict", secure=secure, path="/"
    )


def forget(response: web.StreamResponse) -> None:
    """Take the session out of the browser."""
    response.del_cookie(COOKIE, path="/")


def same(one: str, other: str) -> bool:
    """Compare two texts in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
