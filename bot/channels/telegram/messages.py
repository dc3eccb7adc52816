"""What is sent: a message with its buttons, cut so that Telegram takes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Iterator, Optional

from telegram import InlineKeyboardMarkup

# In UTF-16 units, after HTML is read; a little is left for a heading that somebody adds later.
LONGEST = 4096
JOINED = re.compile("\u200d|.[\u200d\ufe0f\U0001f3fb-\U0001f3ff]", flags=re.S)
BREAKS = ("\n\n", "\n", "。", "；", "，", " ")


@dataclass(frozen=True)
class Message:
    """HTML as Telegram understands it, and the buttons under it."""

    html: str
    keyboard: Optional[InlineKeyboardMarkup] = None


def plain(text: str, keyboard: Optional[InlineKeyboardMarkup] = None) -> tuple[Message, ...]:
    """Return `text` as messages; the buttons stand under the last one."""
    parts = list(pieces(text))
    return (*(Message(escape(part, quote=False)) for part in parts[:-1]), Message(escape(parts[-1], quote=False), keyboard))


def pieces(text: str, *, longest: int = LONGEST) -> Iterator[str]:
    """Yield `text` cut where somebody reading aloud would pause: between sections, lines, sentences, and only then anywhere."""
    rest = text.strip()
    while units(rest) > longest:
        end = _end(rest, _fitting(rest, longest))
        yield rest[:end].rstrip()
        rest = rest[end:].lstrip()
    yield rest


def units(text: str) -> int:
    """Return how long Telegram finds a text: a character beyond the first plane counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def bold(text: str) -> str:
    """Return `text` as a bold line."""
    return f"<b>{escape(text, quote=False)}</b>"


def _fitting(text: str, longest: int) -> int:
    """Return how many characters of `text` fit."""
    taken = 0
    for n, char in enumerate(text):
        taken += 2 if ord(char) > 0xFFFF else 1
        if taken > longest:
            return n
    return len(text)


def _end(text: str, fitting: int) -> int:
    """Return where to cut: at the best kind of pause that leaves the piece at least half full."""
    for pause in BREAKS:
        found = text.rfind(pause, fitting // 2, fitting)
        if found >= 0:
            return found + len(pause)
    # Nothing to pause at: at least no picture is parted from the marks that belong to it.
    whole = [end for end in range(fitting // 2 + 1, fitting + 1) if not JOINED.match(text[end - 1 : end + 1])]
    return max(whole, default=fitting)
