"""What the Bot API refuses, in its own words: lengths, entities, keyboards, commands."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any, Mapping, Optional

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_DATA = 64
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
TAGS = frozenset({"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote", "tg-spoiler"})
ENTITIES = frozenset({"lt", "gt", "amp", "quot"})
ACTIONS = frozenset({"typing", "upload_photo", "upload_document", "find_location"})
TAG = re.compile(r"<(/?)([^\s<>/]*)([^<>]*)>|<|&(#?\w+);?")


class Refusal(Exception):
    """What the Bot API answers instead of a result."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def body(self) -> dict[str, Any]:
        """Return the body of the response."""
        more = {"parameters": self.parameters} if self.parameters else {}
        return {"ok": False, "error_code": self.code, "description": self.description, **more}


def bad(reason: str) -> Refusal:
    """Return the refusal of a request that is wrong."""
    return Refusal(400, f"Bad Request: {reason}")


def text(given: Mapping[str, Any], key: str = "text", *, longest: int = LONGEST_TEXT) -> str:
    """Return what people will see of a text; raise Refusal where the Bot API would."""
    raw = str(given.get(key) or "")
    shown = parsed(raw) if given.get("parse_mode") == "HTML" else raw
    if key == "text" and not shown.strip():
        raise bad("message text is empty")
    if len(shown.encode("utf-16-le")) // 2 > longest:
        raise bad("message is too long" if key == "text" else "message caption is too long")
    return shown


def parsed(html: str) -> str:
    """Return HTML without its tags; raise Refusal for what Telegram cannot parse."""
    open_tags: list[str] = []
    out, last = [], 0
    for found in TAG.finditer(html):
        at = len(html[: found.start()].encode())
        out.append(html[last : found.start()])
        last = found.end()
        closing, name, attributes, entity = found.groups()
        if entity is not None:
            out.append(_entity(found.group(), entity))
        elif name not in TAGS or (attributes.strip() and name not in ("a", "code", "blockquote")):
            raise bad(f"can't parse entities: Unsupported start tag \"{name or ''}\" at byte offset {at}")
        elif not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            raise bad(f"can't parse entities: Unmatched end tag at byte offset {at}")
    if open_tags:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1]}\"")
    return "".join(out) + html[last:]


def _entity(written: str, name: str) -> str:
    return unescape(written) if name.startswith("#") or name in ENTITIES else written


def keyboard(given: Mapping[str, Any]) -> Optional[dict[str, Any]]:
    """Return the buttons under a message; raise Refusal where the Bot API would."""
    if not given.get("reply_markup"):
        return None
    markup: dict[str, Any] = json.loads(given["reply_markup"])
    rows = markup.get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad("reply markup is too long")
    for button in buttons:
        _check_button(button)
    return markup if buttons else None


def _check_button(button: Mapping[str, Any]) -> None:
    if not str(button.get("text", "")).strip():
        raise bad("can't parse inline keyboard button: Text must be non-empty")
    if "callback_data" not in button and "url" not in button:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")


def commands(given: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the commands of the menu; raise Refusal where the Bot API would."""
    listed: list[dict[str, str]] = json.loads(given["commands"])
    for one in listed:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return listed
