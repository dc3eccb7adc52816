"""One cell: a value as an editor reads it, and what an editor wrote as a value."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Callable, Mapping

from openpyxl.utils.datetime import from_excel

from knowledge.editing.sheets.columns import Column
from knowledge.editing.sheets.faults import Unreadable
from knowledge.language import regions
from knowledge.values.guide import NATION, When

# What nobody sees in a cell and everybody pastes into one.
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]")
WIDE = {code: code - 0xFEE0 for start, end in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ")) for code in range(ord(start), ord(end) + 1)}
WIDE_SIGNS = str.maketrans({"＝": "=", "；": ";", "｜": "|", "－": "-", "＿": "_", "．": ".", "／": "/", "：": ":"})
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\D.*)?|(\d{4})(\d{2})(\d{2})")
PLACE = re.compile(r"(\d{2,12})(?:\D*?（?(\d{4}-\d{2}-\d{2})起）?)?\D*")
# Day numbers that Excel shows where a date cell lost its format: 1990 to 2119.
SERIALS = (32874, 80354)
# A region of GB/T 2260, a town, a community.
CODE_LENGTHS = (6, 9, 12)
MOST_DIGITS = 6
YES = {"是": True, "true": True, "√": True, "✓": True, "对": True, "y": True, "yes": True, "1": True}
NO = {"否": False, "false": False, "×": False, "✗": False, "不是": False, "n": False, "no": False, "0": False}


def shown(column: Column, value: Any, names: Mapping[str, str]) -> Any:
    """Return what the cell holds for `value`; `names` are the names of documents by their ids."""
    if value is None or value == ():
        return None
    if column.kind in ("region", "place"):
        return place_text(value)
    if column.kind == "material":
        return f"{value} {names[value]}" if value in names else value
    if column.kind == "when":
        return when_text(value)
    if column.kind == "yes":
        return "是" if value else "否" if column.empty is None else None
    if column.kind == "choices":
        return "\n".join(column.choices.get(one, one) for one in value)
    return "\n".join(value) if column.kind == "list" else column.choices.get(value, value)


def place_text(key: str) -> str:
    """Return a place as a cell names it: “430000 湖南省”, with the day where a place has two guides."""
    code, _, day = key.partition("@")
    return f"{code} {regions.name_of(code)}" + (f"（{day}起）" if day else "")


def when_text(when: When) -> str:
    """Return a condition as an editor writes it, one alternative a line."""
    return "\n".join("; ".join(f"{key}={'|'.join(values)}" for key, values in one.items()) for one in when)


def read(column: Column, raw: Any, hints: set[str]) -> Any:
    """Return the value of a cell, what was put right added to `hints`; raise Unreadable where it is none."""
    text = cleaned(raw, hints)
    if text == "":
        if column.required:
            raise Unreadable("blank", header=column.header, help=column.help)
        return column.empty
    return READERS[column.kind](column, raw, text, hints)


def cleaned(raw: Any, hints: set[str]) -> str:
    """Return a cell's text without what nobody sees, wide digits and letters made narrow."""
    text = _as_text(raw)
    seen = INVISIBLE.sub("", text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n"))
    narrow = seen.translate(WIDE)
    if seen != text or seen.strip() != seen:
        hints.add("invisible")
    if narrow != seen:
        hints.add("wide")
    return narrow.strip()


def _as_text(raw: Any) -> str:
    if raw is None:
        return ""
    if isinstance(raw, (dt.datetime, dt.date)):
        return f"{raw:%Y-%m-%d}"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw)


def _text(column: Column, raw: Any, text: str, hints: set[str]) -> str:
    if isinstance(raw, (dt.datetime, dt.date)):
        hints.add("date_for_text")
    return text


def _token(column: Column, raw: Any, text: str, hints: set[str]) -> str:
    token = "".join(text.translate(WIDE_SIGNS).split())
    if token != text:
        hints.add("invisible")
    return token


def _list(column: Column, raw: Any, text: str, hints: set[str]) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _whole(column: Column, raw: Any, text: str, hints: set[str]) -> int:
    if isinstance(raw, bool) or not text.isdecimal() or len(text) > MOST_DIGITS:
        raise Unreadable("not_whole", header=column.header, text=text)
    if isinstance(raw, str):
        hints.add("number_as_text")
    return int(text)


def _yes(column: Column, raw: Any, text: str, hints: set[str]) -> bool:
    known = YES | NO
    if text.lower() not in known:
        raise Unreadable("not_yes", header=column.header, text=text)
    return known[text.lower()]


def _day(column: Column, raw: Any, text: str, hints: set[str]) -> dt.date:
    if isinstance(raw, (int, float)) and SERIALS[0] <= raw < SERIALS[1]:
        return _date(from_excel(raw))
    match = DAY.fullmatch("".join(text.translate(WIDE_SIGNS).split()))
    try:
        return dt.date(*(int(part) for part in match.groups() if part)) if match else _no_day(column, text)
    except ValueError:
        return _no_day(column, text)


def _date(moment: Any) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else dt.date.min


def _no_day(column: Column, text: str) -> dt.date:
    raise Unreadable("not_day", header=column.header, text=text)


def _choice(column: Column, raw: Any, text: str, hints: set[str]) -> str:
    wanted = "".join(text.split())
    for value, label in column.choices.items():
        if wanted in (value, "".join(label.split())):
            return value
    raise Unreadable("not_a_choice", header=column.header, text=text, choices="、".join(column.choices.values()))


def _choices(column: Column, raw: Any, text: str, hints: set[str]) -> tuple[str, ...]:
    return tuple(_choice(column, line, line, hints) for line in _list(column, raw, text, hints))


def _place(column: Column, raw: Any, text: str, hints: set[str]) -> str:
    if isinstance(raw, (int, float)):
        text = text.zfill(6)
    match = PLACE.fullmatch(text.translate(WIDE_SIGNS))
    codes = (match.group(1),) if match else (NATION,) if text == "全国" else regions.find(text)
    if len(codes) != 1 or len(codes[0]) not in CODE_LENGTHS:
        raise Unreadable("no_such_place", header=column.header, text=text)
    if codes[0] != NATION and not regions.find(codes[0]):
        hints.add("unknown_code")
    return "@".join(part for part in (codes[0], match and match.group(2)) if part)


def _reference(column: Column, raw: Any, text: str, hints: set[str]) -> str:
    return " ".join(text.translate(WIDE_SIGNS).split())


def _when(column: Column, raw: Any, text: str, hints: set[str]) -> When:
    return tuple(_alternative(line) for line in _list(column, raw, text.translate(WIDE_SIGNS), hints))


def _alternative(line: str) -> Mapping[str, tuple[str, ...]]:
    asked: dict[str, tuple[str, ...]] = {}
    for part in filter(None, (part.strip() for part in line.split(";"))):
        key, _, values = (one.strip() for one in part.partition("="))
        options = tuple(option for option in (one.strip() for one in values.split("|")) if option)
        if not key or not options or key in asked:
            raise Unreadable("not_a_condition", text=part)
        asked[key] = options
    return asked


READERS: Mapping[str, Callable[[Column, Any, str, set[str]], Any]] = {
    "text": _text,
    "token": _token,
    "list": _list,
    "whole": _whole,
    "yes": _yes,
    "day": _day,
    "choice": _choice,
    "choices": _choices,
    "region": _place,
    "place": _place,
    "material": _reference,
    "source": _reference,
    "when": _when,
}
