"""How wordings stand in what people say: amounts however spoken, words put in between, denials and questions."""

from __future__ import annotations

import pytest

from knowledge.conversation import wordings
from knowledge.editing import library
from knowledge.language import amounts, journeys

AMOUNTS = [
    ("十二", (12, 12)),
    ("一百二", (120, 120)),
    ("一百零五", (105, 105)),
    ("两", (2, 2)),
    ("半", (0.5, 0.5)),
    ("4.5", (4.5, 4.5)),
    ("三个半", (3.5, 3.5)),
    ("两三个", (2, 3)),
    ("三十多", (30, 39)),
    ("一百多", (100, 199)),
    ("十几", (11, 19)),
    ("好几", (2, 9)),
]


@pytest.mark.parametrize(("spoken", "meant"), AMOUNTS)
def test_an_amount_is_read_as_the_range_it_may_mean(spoken: str, meant: tuple[float, float]) -> None:
    assert amounts.read(spoken) == meant


def test_what_stands_behind_the_unit_counts_too() -> None:
    assert amounts.read("两", "半") == (2.5, 2.5)
    assert amounts.read("四", "多点") == (4, 4.99)


SAID = [
    ("{-49}平", "大概四十个平方"),
    ("{50-150}平", "八十来平的店面"),
    ("交了{15-}年", "养老保险交了二十六年"),
    ("交了{-14.9}年", "才交了十二年,今年到岁数"),
    ("{18.2-}米长", "连车带货三十多米长"),
    ("{4.6-}吨", "九吨的黄牌"),
    ("{2-5.9}个月大", "四个半月大了"),
    ("档案没寄到", "档案还没寄到"),
    ("执照找不到", "执照正本找不到了"),
    ("跟老婆一起贷", "跟我老婆一起贷"),
]
NOT_SAID = [
    ("{-49}平", "四百五十平"),
    ("{50-150}平", "一百多平"),
    ("交了{15-}年", "交了十几年"),
    ("{-44}天", "要等三天吗"),
    ("没有公积金", "有没有公积金要求"),
    ("走简易", "能不能走简易"),
    ("户口在外省", "户口不在外省"),
    ("医院生", "没在医院生"),
    ("档案没寄到", "档案到了,快递没寄到"),
]


@pytest.mark.parametrize(("wording", "text"), SAID)
def test_a_wording_stands_in_what_says_it_another_way(wording: str, text: str) -> None:
    assert wordings.fit(wording, text) > 0


@pytest.mark.parametrize(("wording", "text"), NOT_SAID)
def test_a_wording_does_not_stand_where_it_is_denied_asked_or_not_sure(wording: str, text: str) -> None:
    assert wordings.fit(wording, text) == 0


def test_a_bare_time_counts_only_as_an_answer() -> None:
    assert wordings.fit("{-44}天", "十二天了", replying=True) > 0 == wordings.fit("{-44}天", "十二天了")


def test_every_gap_for_a_number_in_the_content_can_be_read() -> None:
    words = [word for matter in library.read_all(library.content_files()) for question in matter.situations for option in question.options for word in option.words]
    gaps = [word for word in words if ("{" in word or "}" in word) and word not in journeys.REACHES]
    assert gaps and all(len(wordings.GAP.findall(word)) == 1 and word.count("{") == 1 for word in gaps)
