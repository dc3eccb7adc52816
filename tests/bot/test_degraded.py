"""What the knowledge base answers alone, while Rasa does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.door import degraded
from bot.rendering import buttons, plain
from knowledge import assistant as assistants
from knowledge import settings
from knowledge.assistant import Assistant
from knowledge.store.engine import Engine
from knowledge.wording import say
from tests import installation


@pytest.fixture(scope="module")
def here(content: Engine, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    data: Path = tmp_path_factory.mktemp("degraded")
    installation.copied(content, data / "yjs.db")
    return assistants.build(settings.load({"YJS_DATA_DIR": str(data), "YJS_NOW": "2026-11-23T10:00:00"}))


@pytest.mark.parametrize(
    ("text", "matter", "aspects", "region"),
    [
        ("孩子刚出生户口怎么上", "newborn", ("overview",), None),
        ("重庆江北新生儿要带什么", "newborn", ("materials",), "500105"),
        ("开饭馆多少钱", "restaurant", ("fee",), None),
        ("注销公司要多久，去哪办", "deregistration", ("time_limit", "location"), None),
        ("開餐飲店要帶什麼證件", "restaurant", ("materials",), None),
        ("新生儿出生", "newborn", ("overview",), None),
    ],
)
def test_keywords_find_the_matter_what_is_asked_and_the_place(here: Assistant, text: str, matter: str, aspects: tuple[str, ...], region: str) -> None:
    answer = degraded.answer(here, text)
    assert (answer.matter, answer.aspects, answer.region) == (matter, aspects, region)
    assert say("degraded_notice") in plain.text(answer.to_dict())
    assert answer.questions == (), "nobody would remember what is answered"


@pytest.mark.parametrize("text", ["今天天气", "啊啊啊", "", "？？？", "/start", "😀"])
def test_what_nothing_fits_gets_a_menu_of_everything(here: Assistant, text: str) -> None:
    answer = degraded.answer(here, text).to_dict()
    assert (answer["type"], answer["outcome"]) == ("choice", "needs_choice")
    assert {button["title"] for button in buttons.of(answer)} == set(here.catalogues.current().names.values())
    assert say("degraded_notice") in plain.text(answer)


def test_a_text_beyond_all_measure_is_not_even_looked_at(here: Assistant) -> None:
    assert degraded.answer(here, "户" * 501).said == (say("too_long", limit=500),)


def test_a_word_that_fits_several_is_asked_about(here: Assistant) -> None:
    (question,) = degraded.answer(here, "公积金").questions
    assert 1 < len(question.options) <= degraded.MOST_CHOICES and "住房公积金个人住房贷款购房" in question.options


def test_every_name_on_the_menu_leads_to_its_own_matter(here: Assistant) -> None:
    for code, name in here.catalogues.current().names.items():
        assert degraded.answer(here, name).matter == code


def test_danger_is_answered_first_here_as_well(here: Assistant) -> None:
    answer = degraded.answer(here, "有人让我把钱转到安全账户")
    assert answer.outcome == "hand_off" and not answer.questions
