"""Bounds on what is learned from: valid labels, enough of each, no frames, no copies, nothing of the evaluation sets."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Iterator, Mapping, Sequence

import pytest
from ruamel.yaml import YAML

from bot.evaluation import lines as evaluation
from knowledge.language import regions
from knowledge.language.normalize import simplify
from knowledge.settings import ROOT

INTENTS = ROOT / "nlu_data" / "intents"
ACTS = set(YAML(typ="safe").load((ROOT / "bot/domain/acts.yml").read_text(encoding="utf-8"))["intents"])
ASPECTS = {"overview", "materials", "process", "eligibility", "time_limit", "fee", "location", "online", "result"}
# What people call a matter for short; whoever says one of these names it, as with its official name and its aliases.
SHORT_NAMES = {
    "enterprise_info_change": ("变更",),
    "transport_company": ("道路运输", "营运证", "运输公司", "物流公司", "货运公司"),
    "restaurant": ("餐饮", "食品经营", "开饭店", "开餐馆", "开饭馆"),
    "utilities": ("报装", "水电气"),
    "credit_repair": ("信用修复", "修复信用", "经营异常"),
    "ipo_compliance": ("上市", "合规", "无违规"),
    "bankruptcy_check": ("破产",),
    "deregistration": ("注销",),
    "enterprise_relocation": ("迁移", "迁址"),
    "enterprise_data_reporting": ("年报", "报表"),
    "oversize_transport": ("超限", "大件运输"),
    "newborn": ("新生儿", "出生", "上户口", "报户口"),
    "school_enrolment": ("入学", "报名"),
    "social_security_card": ("社保卡",),
    "disability": ("残疾", "评残"),
    "retirement": ("退休",),
    "medical_reimbursement": ("报销", "异地就医", "医保"),
    "public_rental_housing": ("公租房",),
    "housing_fund_loan": ("公积金",),
    "study_abroad": ("留学", "学历认证", "学位认证"),
    "veterans": ("退役", "退伍"),
}
MATTERS = set(SHORT_NAMES)
PACKAGE = "一件事"
CHAT = {"greet", "goodbye", "thanks", "out_of_scope"}
NEAR = 0.6
# “你好”, “转人工”, “那费用呢”: nobody says such things otherwise, so a set without them would not be one.
SHORT = 6


@dataclass(frozen=True)
class Line:
    """One training line with its labels."""

    text: str
    file: str
    intent: str
    metadata: dict[str, Any]


@pytest.fixture(scope="module")
def training() -> tuple[Line, ...]:
    return tuple(_lines())


def test_every_label_is_one_of_the_contract(training: Sequence[Line]) -> None:
    for line in training:
        named = line.metadata.get("matter")
        matters = set(named) if isinstance(named, list) else {named} - {None}
        assert line.intent in ACTS, line
        assert set(line.metadata.get("aspects") or ()) <= ASPECTS, line
        assert matters <= MATTERS, line


def test_who_asks_asks_something_and_who_does_not_asks_nothing(training: Sequence[Line]) -> None:
    assert not [line for line in training if (line.intent == "ask") != bool(line.metadata.get("aspects"))]


def test_no_line_stands_twice(training: Sequence[Line]) -> None:
    assert not [text for text, count in Counter(line.text for line in training).items() if count > 1]


def test_every_line_says_something(training: Sequence[Line]) -> None:
    assert not [line for line in training if not simplify(line.text)]


def test_there_are_lines_enough(training: Sequence[Line]) -> None:
    assert len(training) >= 6000


def test_every_matter_has_lines_enough(training: Sequence[Line]) -> None:
    counted = Counter(line.metadata["matter"] for line in training if _means_one(line))
    assert set(counted) == MATTERS and min(counted.values()) >= 150, counted


def test_at_least_half_of_a_matters_lines_do_not_name_it(training: Sequence[Line]) -> None:
    named: dict[str, list[bool]] = defaultdict(list)
    for line in filter(_means_one, training):
        named[line.metadata["matter"]].append(_names_its_matter(line))
    assert not [(code, sum(names), len(names)) for code, names in named.items() if sum(names) > len(names) / 2]


def test_every_aspect_is_asked_often_enough(training: Sequence[Line]) -> None:
    counted = Counter(aspect for line in training for aspect in line.metadata.get("aspects") or ())
    assert set(counted) == ASPECTS and min(counted.values()) >= 250, counted


def test_enough_lines_ask_several_things(training: Sequence[Line]) -> None:
    assert len([line for line in training if len(line.metadata.get("aspects") or ()) > 1]) >= 400


def test_there_is_enough_of_what_is_no_public_business(training: Sequence[Line]) -> None:
    assert len([line for line in training if line.intent in CHAT and "matter" not in line.metadata]) >= 500


def test_there_is_enough_public_business_that_is_not_ours(training: Sequence[Line]) -> None:
    assert len([line for line in training if "matter" in line.metadata and line.metadata["matter"] is None]) >= 600


def test_no_frame_is_filled_more_than_three_times(training: Sequence[Line]) -> None:
    frames: dict[str, list[str]] = defaultdict(list)
    for line in training:
        if len(_letters(line.text)) > SHORT:
            frames[_frame(line.text)].append(line.text)
    assert not [filled for filled in frames.values() if len(filled) > 3]


def test_near_copies_are_rare(training: Sequence[Line]) -> None:
    near = {right for _, right in _near([line.text for line in training])}
    assert len(near) <= 0.02 * len(training)


def test_nothing_of_the_evaluation_sets_is_learned_from(training: Sequence[Line]) -> None:
    learned = [line.text for line in training]
    asked = [line.text for name in evaluation.SETS for line in evaluation.read(name)]
    pairs = [(left, right) for left, right in _near([*learned, *asked]) if left < len(learned) <= right]
    texts = [*learned, *asked]
    assert not [(texts[left], texts[right]) for left, right in pairs if len(_letters(texts[right])) > SHORT]


def _lines() -> Iterator[Line]:
    for path in sorted(Path(INTENTS).glob("*.yml")):
        for block in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["nlu"]:
            for row in block["examples"].splitlines():
                yield Line(row.strip().removeprefix("- "), path.name, block["intent"], block.get("metadata") or {})


def _means_one(line: Line) -> bool:
    return isinstance(line.metadata.get("matter"), str)


def _names_its_matter(line: Line) -> bool:
    letters = _letters(line.text)
    return any(name in letters for name in _names(line.metadata["matter"]))


def _frame(text: str) -> str:
    """Return `text` with a sign for whatever matter, document or region is named in it."""
    clean = simplify(text)
    for place in reversed(regions.mentions(clean)):
        clean = f"{clean[: place.start]}R{clean[place.end :]}"
    letters = "".join(char for char in clean if char.isalnum())
    return _nouns().sub(lambda found: _signs()[found[0]], letters)


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_signs(), key=len, reverse=True)))


@cache
def _signs() -> Mapping[str, str]:
    matters = (name for code in MATTERS for name in _names(code))
    return {**dict.fromkeys(_documents(), "D"), **dict.fromkeys(matters, "M")}


@cache
def _names(code: str) -> tuple[str, ...]:
    """Return the names of a matter, each also without “一件事”; the “办” of “办退休” belongs to the frame."""
    guide = _content(code)
    whole = [_letters(name).removeprefix("办") for name in (guide["name"], *guide["aliases"], *SHORT_NAMES[code])]
    return tuple({*whole, *(name.removesuffix(PACKAGE) for name in whole)})


def _documents() -> Iterator[str]:
    for name in ("materials", *MATTERS):
        listed = _content(name)
        for document in (listed if name == "materials" else listed.get("materials") or {}).values():
            yield from map(_letters, (document["name"], *document.get("words", ())))


@cache
def _content(name: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = YAML(typ="safe").load((ROOT / "knowledge/content" / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded


def _letters(text: str) -> str:
    return "".join(char for char in simplify(text) if char.isalnum())


def _near(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs whose character 3-grams have a Jaccard likeness of `NEAR`; only pairs that share one are looked at."""
    having: dict[str, list[int]] = defaultdict(list)
    grams: list[set[str]] = []
    for row, text in enumerate(texts):
        letters = _letters(text)
        own = {letters[start : start + 3] for start in range(max(1, len(letters) - 2))}
        shared = Counter(other for gram in own for other in having[gram])
        yield from ((other, row) for other, count in shared.items() if count >= NEAR * (len(own) + len(grams[other]) - count))
        for gram in own:
            having[gram].append(row)
        grams.append(own)
