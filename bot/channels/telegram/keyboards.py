"""The buttons under a message, and what pressing one sends back: never more than the 64 bytes that Telegram carries."""

from __future__ import annotations

import hashlib
from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.rendering.labels import labels
from knowledge.wording import page, say

Part = Mapping[str, Any]
SHORT = 12
MOST_LINES = 80
IN_A_ROW = 2
# A phone shows about this much of a title; more is cut off by the phone, at a place of its choosing.
LONGEST_TITLE = 60
TICKED, OPEN = "✅", "⬜"


def key(name: str) -> str:
    """Return a short name for a code of any length."""
    return hashlib.sha256(name.encode()).hexdigest()[:SHORT]


def named(wanted: str, names: Iterable[str]) -> Optional[str]:
    """Return the one of `names` whose key is `wanted`."""
    return next((name for name in names if key(name) == wanted), None)


def words(titles: Sequence[str], *, verb: str, in_a_row: int = 1) -> Optional[InlineKeyboardMarkup]:
    """Return buttons that say their title: `say` once, for an open question, `try` as often as they are pressed."""
    return _keyboard(_rows([_button(title, verb, str(n)) for n, title in enumerate(titles)], in_a_row))


def pressed(data: str, markup: Optional[InlineKeyboardMarkup]) -> Optional[str]:
    """Return the title of the button that sent `data`."""
    buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
    return next((button.text for button in buttons if button.callback_data == data), None)


def aspects(matter: str) -> Optional[InlineKeyboardMarkup]:
    """Return what may be asked next about a matter."""
    titles = page("answers")["telegram_aspects"]
    return _keyboard(_rows([_button(title, "ask", aspect, key(matter)) for aspect, title in titles.items()], IN_A_ROW))


def checklist(answer: Part) -> Optional[InlineKeyboardMarkup]:
    """Return one button a material, which says what to set and not to change it, so that a second press does no harm."""
    progress = answer["progress"]
    lines = shown(answer) if progress and progress["role"] != "reader" else []
    ticks = [[_tick(answer["matter"], line)] for line in lines[:MOST_LINES]]
    return _keyboard([*ticks, *_rows(list(_files(answer)), IN_A_ROW)])


def shown(answer: Part) -> list[Part]:
    """Return the lines of a list that somebody can have or not have."""
    return [line for line in answer["checklist"] if not line["exempt"] and not line["only_if"]]


def material(line: Part) -> str:
    """Return a material and its form in a few words."""
    facts = [labels()["kind"][line["kind"]]] if line["kind"] else []
    facts += [labels()["needed"][line["needed"]]] if line["needed"] != "required" else []
    return f"{line['name']}（{'，'.join(facts)}）" if facts else str(line["name"])


def lists(summaries: Sequence[Part]) -> Optional[InlineKeyboardMarkup]:
    """Return one button a list."""
    return _keyboard([[_button(_list_title(one), "list", key(one["matter"]))] for one in summaries[:MOST_LINES]])


def deleting() -> InlineKeyboardMarkup:
    """Return the two buttons that stand between a person and losing everything."""
    return InlineKeyboardMarkup([[_button(say("telegram_delete_yes"), "forget", "yes"), _button(say("telegram_delete_no"), "forget", "no")]])


def again() -> InlineKeyboardMarkup:
    """Return the button that has the last answer sent once more."""
    return InlineKeyboardMarkup([[_button(say("telegram_again"), "again")]])


def privately(username: str) -> InlineKeyboardMarkup:
    """Return the button that leads out of a group."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(say("telegram_group_button"), url=f"https://t.me/{username}")]])


def _tick(matter: str, line: Part) -> InlineKeyboardButton:
    mark, wanted = (TICKED, "0") if line["ticked"] else (OPEN, "1")
    return _button(f"{mark} {material(line)}", "tick", wanted, key(matter), key(line["id"]))


def _files(answer: Part) -> Iterator[InlineKeyboardButton]:
    titles, progress = page("answers")["telegram_buttons"], answer["progress"]
    for kind in ("pdf", "ics"):
        if kind in (answer["files"] or ()):
            yield _button(titles[kind], "file", kind, key(answer["matter"]))
    yield _button(titles["why"], "ask", "why", key(answer["matter"]))
    if progress and progress["role"] == "owner":
        yield _button(titles["share"], "share", key(answer["matter"]))


def _list_title(summary: Part) -> str:
    sentence = "telegram_list_left" if summary["left"] else "telegram_list_maybe" if summary["maybe"] else "telegram_list_done"
    return say("telegram_list_button", matter=summary["name"], progress=say(sentence, left=summary["left"]))


def _button(title: str, *data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…", callback_data=":".join(data))


def _rows(buttons: Sequence[InlineKeyboardButton], in_a_row: int) -> list[Sequence[InlineKeyboardButton]]:
    return [buttons[start : start + in_a_row] for start in range(0, len(buttons), in_a_row)]


def _keyboard(rows: Sequence[Sequence[InlineKeyboardButton]]) -> Optional[InlineKeyboardMarkup]:
    return InlineKeyboardMarkup(rows) if rows else None


def opening(matter: str) -> InlineKeyboardMarkup:
    """Return the button that opens the list of a matter."""
    return InlineKeyboardMarkup([[_button(say("telegram_open"), "list", key(matter))]])
