"""The pages as HTML: what is in `static/`, filled with reviewed wording."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from http import HTTPStatus
from pathlib import Path
from string import Template
from typing import Any, Mapping, Optional, Sequence

from aiohttp import web

from bot.channels.web.bodies import LONGEST_TEXT
from bot.channels.web.markup import Child, Markup, joined, tag
from bot.rendering.labels import labels
from knowledge.wording import choices, page, say

STATIC = Path(__file__).parent / "static"
# What anybody may fetch; the pages themselves are filled before they are sent.
SERVED = frozenset({".js", ".css", ".svg"})
# Large print and high contrast, as static/comfort.js keeps them; a page comes with them from the start.
COMFORT_COOKIE = "yjs_comfort"
COMFORTS = ("large", "contrast")
# What chat.js needs, fetched at once instead of one after the other.
MODULES = ("answer", "asking", "checklist", "dom", "door", "kept", "lists", "timeline", "wording")


@cache
def assets() -> frozenset[str]:
    """Return the names of what anybody may fetch."""
    return frozenset(path.name for path in STATIC.iterdir() if path.suffix in SERVED)


def chat(request: web.Request, *, token: str) -> str:
    """Return the citizen's page, which carries `token` to echo and the wording that its script shows."""
    preloads = [tag("link", rel="modulepreload", href=f"/static/{name}.js") for name in MODULES]
    gaps = {
        "token": token,
        "wording": wording(),
        "greet": say("greet"),
        "first_notice": say("first_notice"),
        "preloads": joined(preloads),
        "switches": _switches(),
    }
    return _filled("index.html", {**gaps, "comfort": _comfort(request)})


def sheet(
    request: web.Request, *, title: str, content: Markup, metas: Child = None, scripts: Sequence[str] = ()
) -> str:
    """Return a page that reads without scripts, with the `scripts` that make it more comfortable."""
    tags = [tag("script", type="module", src=f"/static/{name}.js") for name in ("comfort", *scripts)]
    gaps = {"title": title, "content": content, "metas": joined(metas), "scripts": joined(tags), "switches": _switches()}
    return _filled("sheet.html", {**gaps, "comfort": _comfort(request)})


def desk() -> str:
    """Return the page that says what staff can use today."""
    return _filled("desk.html", {})


def html(text: str, *, status: HTTPStatus = HTTPStatus.OK, headers: Optional[Mapping[str, str]] = None) -> web.Response:
    """Return a page as a response."""
    response = web.Response(text=text, content_type="text/html", status=status, headers=headers)
    response.enable_compression()
    return response


def print_button() -> Markup:
    """Return the button that prints; without scripts it stays away."""
    return tag("button", page("web")["sheet"]["print"], id="print", type="button", hidden="hidden")


def code(text: str, url: str) -> Markup:
    """Return a code and its picture, which leads to `url`, for a page that will be printed."""
    label = page("web")["sheet"]["code"].format(code=text)
    alt = page("web")["page"]["share_qr"].format(url=url)
    picture = tag("img", src=f"/c/{text}.svg", width="120", height="120", alt=alt)
    return tag("div", picture, tag("p", label), class_="carry")


@cache
def wording() -> str:
    """Return as JSON what the scripts of a page say."""
    given: Mapping[str, Any] = {
        "labels": {name: text for name, text in labels().items() if name not in ("script", "paper", "calendar")},
        "words": page("web")["page"],
        "first_notice": say("first_notice"),
        "examples": choices("capability_examples"),
        "longest": LONGEST_TEXT,
    }
    return json.dumps(given, ensure_ascii=False)


def _switches() -> Markup:
    words = page("web")["head"]
    buttons = [tag("button", words[name], type="button", data_comfort=name, aria_pressed="false") for name in COMFORTS]
    # Without scripts they would do nothing: static/comfort.js shows them.
    return tag("div", buttons, class_="switches", role="group", aria_label=words["comfort"], hidden="hidden")


def _comfort(request: web.Request) -> str:
    chosen = request.cookies.get(COMFORT_COOKIE, "").split(".")
    return " ".join(name for name in COMFORTS if name in chosen)


def _filled(name: str, gaps: Mapping[str, str]) -> str:
    template = Template((STATIC / name).read_text(encoding="utf-8"))
    return template.substitute({gap: text if isinstance(text, Markup) else escape(text) for gap, text in gaps.items()})
