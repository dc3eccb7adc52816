"""HTML for the pages that work without scripts: whatever is not markup already is escaped."""

from __future__ import annotations

from html import escape
from typing import Iterable, Optional, Union

VOID = frozenset({"img", "input", "link", "meta"})


class Markup(str):
    """Text that is HTML already; only this module makes it."""


Child = Union[str, None, Iterable["Child"]]


def tag(kind: str, /, *children: Child, **attributes: Optional[str]) -> Markup:
    """Return an element; `class_` stands for class, an attribute that is None or "" is left out."""
    given = {key.rstrip("_").replace("_", "-"): text for key, text in attributes.items() if text}
    opened = "".join([kind, *(f' {key}="{escape(text)}"' for key, text in given.items())])
    return Markup(f"<{opened}>" if kind in VOID else f"<{opened}>{joined(*children)}</{kind}>")


def joined(*children: Child) -> Markup:
    """Return children one after the other, those that are None left out."""
    return Markup("".join(_markup(child) for child in children))


def _markup(child: Child) -> str:
    if child is None or isinstance(child, Markup):
        return child or ""
    return escape(child) if isinstance(child, str) else joined(*child)
