"""Days as people name them: “下周三上午”, “11月7号”, “去年”; as ISO 8601, as exact as was said."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Callable, Iterator, Mapping, Optional

from knowledge.language.words import data

WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
DIGITS = "零一二三四五六七八九"
NUMBER = rf"(?:\d{{1,4}}|[{DIGITS}〇十两]{{1,4}})"
# So many, exactly: not 两三天, not 十几年.
COUNT = rf"(?<![{DIGITS}十两几数百千第0-9])(?:[0-9]{{1,3}}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
DAY_OF_WEEK = r"(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])(?![个次回趟遍年岁])"
# 周一到周五, 每周三, 一周三回 are no certain days.
ONE_DAY_OF_WEEK = rf"(?<![一每逢])(?<![周期拜][一二三四五六日天][到至]){DAY_OF_WEEK}(?![到至~-](?:周|星期|礼拜)?[一二三四五六日天])"
# 芙蓉路12号 and 每月十号 are no certain days either.
NO_DAY_BEFORE = rf"(?<![\d{DIGITS}〇十两几路街道巷弄里村段栋幢])(?<!每月)(?<!每个月)"
NO_DAY_AFTER = "(?!线|楼|窗|柜|店|院|厅|桌|门|文|令|房|人)"


@dataclass(frozen=True)
class Date:
    """A day, month or year in a text; `value` is ISO 8601, `part` the part of the day where one was said."""

    start: int
    end: int
    value: str
    part: Optional[str]


def find(text: str, *, on: dt.date) -> tuple[Date, ...]:
    """Return the dates in `text`, in order, none overlapping another; relative ones count from `on`."""
    found: list[Date] = []
    for date in sorted(_candidates(text, on), key=lambda d: (d.start, -d.end)):
        if not found or date.start >= found[-1].end:
            found.append(date)
    return tuple(found)


def _candidates(text: str, on: dt.date) -> Iterator[Date]:
    for pattern, read in _readers():
        for match in pattern.finditer(text):
            value = read(match.groupdict(), on)
            if value:
                part = match.groupdict().get("part")
                yield Date(start=match.start(), end=match.end(), value=value, part=part)


@lru_cache(maxsize=1)
def _readers() -> tuple[tuple[re.Pattern[str], Callable[[Mapping[str, str], dt.date], Optional[str]]], ...]:
    part = rf"(?:的?(?P<part>{_any('parts_of_day')}))?"
    return tuple(
        (re.compile(pattern + part), read)
        for pattern, read in (
            (rf"(?:(?P<year>\d{{4}}|[{DIGITS}〇]{{4}})年)?(?P<month>{NUMBER})月(?P<day>{NUMBER})[日号]", _day),
            (r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)", _day),
            (rf"(?P<year>\d{{4}}|[{DIGITS}〇]{{4}})年(?:(?P<month>{NUMBER})月)?(?!前|后|以)", _month_or_year),
            (rf"(?<!证(?=明[早晚]))(?P<word>{_any('days')})", lambda m, on: _iso(on + dt.timedelta(days=data()["days"][m["word"]]))),
            (rf"(?P<which>{_any('weeks')}){DAY_OF_WEEK}", _weekday),
            (ONE_DAY_OF_WEEK, _weekday),
            (rf"(?P<count>{COUNT})(?P<unit>天|日|周|个?星期|个?礼拜|个月|年)[以之]?前", _ago),
            (rf"(?P<which>{_any('months')})月(?:(?P<day>{NUMBER})[日号])?", _relative_month),
            (rf"(?P<word>{_any('years')})(?:(?P<month>{NUMBER})月(?:份)?(?:(?P<day>{NUMBER})[日号])?)?", _relative_year),
            (rf"(?<!每年)(?P<month>{COUNT})月份", lambda m, on: _valid(on.year, _number(m["month"]))),
            (rf"{NO_DAY_BEFORE}(?P<day>{NUMBER})号{NO_DAY_AFTER}", lambda m, on: _valid(on.year, on.month, _number(m["day"]))),
        )
    )


def _any(name: str) -> str:
    return "|".join(sorted(data()[name], key=len, reverse=True))


def _day(said: Mapping[str, str], on: dt.date) -> Optional[str]:
    year = _year(said["year"]) if said.get("year") else on.year
    return _valid(year, _number(said["month"]), _number(said["day"]))


def _month_or_year(said: Mapping[str, str], on: dt.date) -> Optional[str]:
    year = _year(said["year"])
    return _valid(year, _number(said["month"])) if said.get("month") else str(year)


def _weekday(said: Mapping[str, str], on: dt.date) -> Optional[str]:
    which = said.get("which")
    if not which and said["weekday"] == "末":
        return None
    monday = on - dt.timedelta(days=on.weekday()) + dt.timedelta(weeks=data()["weeks"].get(which, 0))
    day = monday + dt.timedelta(days=WEEKDAYS[said["weekday"]])
    return _iso(day if which or day >= on else day + dt.timedelta(weeks=1))


def _ago(said: Mapping[str, str], on: dt.date) -> Optional[str]:
    """Return the day of “三天前”, the month of “两个月前”, the year of “五年前”."""
    count, unit = _number(said["count"]), said["unit"]
    if unit == "年":
        return f"{on.year - count:04}"
    if unit == "个月":
        return _month(on, -count)
    return _iso(on - dt.timedelta(days=count * (1 if unit in "天日" else 7)))


def _relative_month(said: Mapping[str, str], on: dt.date) -> Optional[str]:
    return _month(on, data()["months"][said["which"]], _number(said["day"]) if said.get("day") else None)


def _month(on: dt.date, later: int, day: Optional[int] = None) -> Optional[str]:
    months = on.year * 12 + on.month - 1 + later
    return _valid(months // 12, months % 12 + 1, day)


def _relative_year(said: Mapping[str, str], on: dt.date) -> Optional[str]:
    year = on.year + int(data()["years"][said["word"]])
    if not said.get("month"):
        return str(year)
    return _valid(year, _number(said["month"]), _number(said["day"]) if said.get("day") else None)


def _valid(year: int, month: int, day: Optional[int] = None) -> Optional[str]:
    if not 1 <= month <= 12 or day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day is not None else "")


def _year(said: str) -> int:
    return int(said) if said.isdigit() and said.isascii() else int("".join(str(DIGITS.index(c.replace("〇", "零"))) for c in said))


def _number(said: str) -> int:
    """Return “二十三” or “23” as 23."""
    if said.isascii():
        return int(said)
    tens, ten, ones = said.replace("两", "二").rpartition("十")
    unit = DIGITS.find(ones) if ones else 0
    return unit if not ten else (DIGITS.find(tens) if tens else 1) * 10 + unit


def _iso(day: dt.date) -> str:
    return day.isoformat()
