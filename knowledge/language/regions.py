"""Places as people name them: “渝北”, “我们重庆”, “成都高新”; codes of GB/T 2260."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Iterator, Mapping, Optional

from knowledge.language.region_names import full_names, known, names, parents
from knowledge.language.words import data
from knowledge.values.guide import NATION

__all__ = ["Mention", "find", "mentions", "name_of", "parents"]

LEADS = set("住在到去来从于是回")
# After a short name: a road, a university or a park bears it.
NAMED_AFTER = re.compile(r"路(?!上|边|过|费|远|这|那)|大道|大街|大学(?!生|城|里|毕业生)|学院|公园")
# After an everyday word, besides: an office, a bank, a shop bears it.
BEARS_IT = re.compile(r"局|银行|书店|保险|小区|街|镇|乡|村|中学|小学|医院|机场|公司")
# After an everyday word: it is a place for certain.
PLACE_FOR_CERTAIN = re.compile(r"这边|那边|这里|那里|这儿|那儿|本地|户口|户籍")
CLAUSE_ENDS = re.compile(r"[的人嘞呢哦么嘛啊呀]*(?:[,，。.？?！!；;、\s]|$)")
# Before the short name of a county: a clause begins, or somebody says “we of Kunshan”.
BEGINS = re.compile(r"(?:^|[,，。.？?！!；;、:：\s])(?:我们|我|咱们?|俺们?|阿拉|我哋)?$")
# After the short name of a county with which a clause begins: what is said of a place alone.
COUNTY_FOR_CERTAIN = re.compile(
    rf"{PLACE_FOR_CERTAIN.pattern}|当地|[有的]?一[家个间]|[有的][家个间]|的?(?:公司|企业|个体户|店|厂)|的(?:[,，。.\s]|$)|开[店公厂饭个了]|办(?!公)|注册|上班|打工"
)
ZONES = ("高新技术开发区", "经济技术开发区", "高新区", "经开区", "高新", "经开", "开发区", "自贸区", "新区")
# Our guides end at their borders: who names them mostly tells where somebody studied or comes from (“香港读的硕士”).
OVERSEAS = ("71", "81", "82")


@dataclass(frozen=True)
class Mention:
    """A place in a text; several codes where the name belongs to several places."""

    start: int
    end: int
    codes: tuple[str, ...]
    name: str
    zone: Optional[str] = None


def name_of(code: str) -> str:
    """Return the whole name, “湖南省长沙市芙蓉区”; “全国” for the nation; the code itself where it is not known."""
    if code == NATION:
        return "全国"
    chain = [known()[one] for one in reversed(parents(code)[:-1]) if one in known()]
    return "".join(region.name for region in chain) or code


def mentions(text: str, *, expected: bool = False) -> tuple[Mention, ...]:
    """Return the places named in `text`, nested ones joined; `expected` says that a place was asked for."""
    joined: list[Mention] = []
    for found in _found(text, expected):
        last = joined[-1] if joined else None
        inner = _within(found.codes, last.codes) if last else ()
        if last and inner:
            joined[-1] = Mention(start=last.start, end=found.end, codes=inner, name=last.name + found.name, zone=found.zone)
        else:
            joined.append(found)
    return tuple(replace(mention, codes=_meant(mention)) for mention in joined)


def find(name: str) -> tuple[str, ...]:
    """Return the codes that `name` (a code or a place name) may mean, none where it is unknown."""
    if name.isdigit() and name in known():
        return (name,)
    found = mentions(name, expected=True)
    return found[-1].codes if found else ()


def _meant(mention: Mention) -> tuple[str, ...]:
    """Return the city alone where hardly anybody means the districts of that name, else all codes."""
    return tuple(code for code in mention.codes if code.endswith("00")) if mention.name in data()["surely_cities"] else mention.codes


def _within(inner: tuple[str, ...], outer: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in inner if set(parents(code)[1:]) & set(outer))


def _found(text: str, expected: bool) -> Iterator[Mention]:
    position, last = 0, None
    while position < len(text):
        match = _longest(names(), text, position)
        around = last.codes if last and last.end == position else ()
        if match and _counts(text, position, match, expected, bool(_within(names()[match], around))):
            end = position + len(match)
            zone = next((zone for zone in ZONES if text.startswith(zone, end)), "")
            end += len(zone)
            last = Mention(start=position, end=end, codes=names()[match], name=match + zone, zone=_zone(zone))
            yield last
            position = end
        else:
            position += 1


def _zone(said: str) -> Optional[str]:
    """Return a development zone's name as it is written: zones have no code of their own, but their people know where they live."""
    return None if not said else said if said.endswith("区") else f"{said}区"


def _longest(known_names: Mapping[str, tuple[str, ...]], text: str, position: int) -> Optional[str]:
    for length in range(min(15, len(text) - position), 1, -1):
        if text[position : position + length] in known_names:
            return text[position : position + length]
    return None


def _counts(text: str, position: int, match: str, expected: bool, nested: bool) -> bool:
    """Tell whether `match` is meant as a place: a short name that is an everyday word or a district's needs support."""
    if expected or len(match) == len(text):
        return True
    end, codes = position + len(match), names()[match]
    if codes[0][:2] in OVERSEAS:
        return end == len(text) and text[position - 1 : position] in ("在", "住")
    of_city, full = any(code.endswith("00") for code in codes), match in full_names()
    if not full and (NAMED_AFTER.match(text, end) or _no_places().match(text, position)):
        return False
    if match in data()["everyday_places"]:
        return _everyday_counts(text, position, match, of_city, nested)
    return nested or full or of_city or text[position - 1 : position] in LEADS or _begins_with_county(text, position, end)


def _everyday_counts(text: str, start: int, match: str, of_city: bool, nested: bool) -> bool:
    """Tell whether an everyday word is meant as a place; those that name things hardly ever are."""
    end = start + len(match)
    if BEARS_IT.match(text, end):
        return False
    if match in data()["hardly_places"]:
        return nested and bool(CLAUSE_ENDS.match(text, end) or PLACE_FOR_CERTAIN.match(text, end))
    return nested or of_city and _said_of_a_place(text, start, end) or text[:start].endswith(tuple(data()["says_where"]))


def _begins_with_county(text: str, start: int, end: int) -> bool:
    return bool(BEGINS.search(text[:start]) and COUNTY_FOR_CERTAIN.match(text, end))


def _said_of_a_place(text: str, start: int, end: int) -> bool:
    """Tell whether the words around say that an everyday word is a place: “在中山”, “中山那边”, “是中山的”."""
    before = text[start - 1 : start]
    return before in LEADS and (before != "是" or text[end : end + 1] in ("的", "人")) or bool(PLACE_FOR_CERTAIN.match(text, end))


@lru_cache(maxsize=1)
def _no_places() -> re.Pattern[str]:
    return re.compile("|".join(data()["no_places"]))
