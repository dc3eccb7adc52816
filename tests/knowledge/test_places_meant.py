"""Which place somebody means, as a table that an editor can read, and what a conversation makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator, Optional

import pytest
from ruamel.yaml import YAML

from knowledge.language import regions, whereabouts
from knowledge.language.words import data
from knowledge.store.engine import Engine
from knowledge.values.answer import Answer
from tests.knowledge.test_conversation import Talk

CHANGSHA, ZHUZHOU, ANHUA = "430100", "430200", "430923"
SHANGHAI_PUTUO, ZHOUSHAN_PUTUO = "310107", "330903"
ASIDE = ("入伍那会儿我户口在河南周口", "我妈在益阳", "在武汉读的大学", "我不打算去北京落户", "不是重庆的", "货直接拉到广东韶关")


def rows() -> Iterator[Any]:
    """Yield every sentence of the table."""
    table = Path(__file__).with_name("places_meant.yml").read_text(encoding="utf-8")
    for row in YAML(typ="safe").load(table):
        yield pytest.param(row, id=f"{row['says']}｜{row.get('known', '')}｜{row.get('about', '')}")


@pytest.mark.parametrize("row", rows())
def test_the_place_that_is_meant_comes_of_a_sentence(row: dict[str, Any]) -> None:
    known = regions.find(row["known"])[0] if "known" in row else None
    found = whereabouts.meant(row["says"], known=known, about=row.get("about"))
    wanted = [row["means"]] if isinstance(row["means"], str) else row["means"] or []
    assert sorted(regions.name_of(code) for code in (found.codes if found else ())) == sorted(wanted)


def test_what_hardly_names_a_place_is_an_everyday_word() -> None:
    assert set(data()["hardly_places"]) <= set(data()["everyday_places"])


@pytest.fixture
def talk(content: Engine) -> Talk:
    return Talk(content)


def told(talk: Talk, text: str, matter: Optional[str] = None) -> Answer:
    """Say something of which the places are read as they are from a message."""
    return talk.says(text, "inform", matter, regions=tuple(mention.codes for mention in regions.mentions(text)))


@pytest.mark.parametrize("aside", ASIDE)
def test_a_place_told_aside_leaves_the_known_one_as_it_is(talk: Talk, aside: str) -> None:
    told(talk, "我在株洲,要去报到", "veterans")
    told(talk, aside)
    assert talk.context.region == ZHUZHOU


def test_of_two_districts_on_offer_the_city_that_is_not_denied_says_which(talk: Talk) -> None:
    told(talk, "在普陀区给孩子上户口", "newborn")
    assert talk.context.pending is not None
    assert {choice.value for choice in talk.context.pending.choices} == {SHANGHAI_PUTUO, ZHOUSHAN_PUTUO}
    told(talk, "不是舟山,是上海那个")
    assert talk.context.region == SHANGHAI_PUTUO


def test_two_places_that_weigh_the_same_are_asked_back(talk: Talk) -> None:
    answer = told(talk, "退休了跟着儿子长住海口,养老保险是益阳安化的", "retirement")
    assert answer.outcome == "needs_choice" and talk.context.region is None
    told(talk, "安化的")
    assert talk.context.region == ANHUA


def test_a_zone_of_the_known_city_is_taken(talk: Talk) -> None:
    told(talk, "我在长沙,孩子要上户口", "newborn")
    told(talk, "长沙高新区")
    assert (talk.context.region, talk.context.zone) == (CHANGSHA, "高新区")
