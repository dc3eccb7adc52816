"""Where a request comes from and under which address we were reached, both through a proxy on this machine too."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import quote

from aiohttp import web

from bot.door import identity


def over_tls(request: web.Request) -> bool:
    """Tell whether the browser speaks TLS, to us or to the proxy in front of us."""
    return request.secure or request.headers.get("X-Forwarded-Proto") == "https"


def shared(request: web.Request, code: str) -> str:
    """Return the whole address of the page that shows the list behind `code`."""
    return f"{'https' if over_tls(request) else 'http'}://{request.host}/c/{quote(code, safe='')}"


def visitor(request: web.Request, *, secret: bytes) -> str:
    """Return the name of somebody without a session: a keyed hash, so that no address is kept anywhere."""
    return identity.sender("web address", _address(request), secret=secret)


def _address(request: web.Request) -> str:
    remote = request.remote or ""
    # The last entry is the one that the proxy itself wrote; from anywhere else the header is anybody's word.
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded if forwarded and _is_loopback(remote) else remote


def _is_loopback(remote: str) -> bool:
    try:
        return ip_address(remote).is_loopback
    except ValueError:
        return False
