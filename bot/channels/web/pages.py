"""The pages as HTML: what is in `static/`, filled with reviewed wording."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Mapping

from bot.channels.web.messages import LONGEST_TEXT
from bot.rendering.labels import labels
from knowledge.wording import choices, say

STATIC = Path(__file__).parent / "static"
# What anybody may fetch; the pages themselves are filled before they are sent.
ASSETS = frozenset({"answer.js", "chat.js", "checklist.js", "dom.js", "icon.svg", "labels.js", "style.css"})


def chat(token: str) -> str:
    """Return the citizen's page, which carries `token` to echo and the wording that its script shows."""
    gaps = {
        "token": token,
        "wording": json.dumps(_wording(), ensure_ascii=False),
        "greet": say("greet"),
        "first_notice": say("first_notice"),
    }
    return _filled("index.html", gaps)


def desk() -> str:
    """Return the page that says what staff can use today."""
    return _filled("desk.html", {})


def _wording() -> Mapping[str, Any]:
    return {
        "labels": labels(),
        "examples": choices("capability_examples"),
        "first_notice": say("first_notice"),
        "longest": LONGEST_TEXT,
    }


def _filled(name: str, gaps: Mapping[str, str]) -> str:
    template = Template((STATIC / name).read_text(encoding="utf-8"))
    return template.substitute({gap: escape(text) for gap, text in gaps.items()})
