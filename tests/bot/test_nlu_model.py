"""The trained model on a database of its own: CONTRACT §2, and matters that come and go."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Iterator

import pytest
from rasa.core.agent import Agent

from bot.nlu.published import published
from knowledge.editing import drafts, publishing
from knowledge.store import matters
from knowledge.store.engine import Engine, migrate, open_engine

pytestmark = pytest.mark.model

NOON = dt.datetime(2026, 11, 22, 12, 0)
TRADE_IN = """
code: car_trade_in
name: 汽车以旧换新补贴申请
audience: person
summary: 旧车报废或卖掉后买新车，申请国家给的补贴。
aliases: [旧车换新车补贴, 报废车换新补贴, 汽车置换补贴]
questions:
  - 老车报废了买新能源能补多少
  - 我那辆开了十二年的车报废，再买新的国家给补几个钱
  - 把旧车卖了换一台新的，补贴去哪申请
  - 换车补贴什么时候到账
  - 二手车置换新车有没有补
items: []
effective_from: 2024-01-01
sources:
  notice: {title: 关于汽车以旧换新的通知, scope: "000000", level: A}
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path_factory.mktemp('nlu') / 'nlu.db'}"
    engine = open_engine(url)
    migrate(engine)
    publishing.load(engine, at=NOON)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YJS_DATABASE_URL", url)
        patch.setenv("YJS_NOW", "2026-11-22T12:00:00")
        published.cache_clear()
        yield engine
    published.cache_clear()


@pytest.fixture(scope="module")
def agent(trained_model: Path) -> Agent:
    return Agent.load(str(trained_model))


async def parse(agent: Agent, text: str) -> Any:
    return await agent.parse_message(text)


def look_again() -> None:
    """Make the next sentence look at the database at once instead of within a second."""
    published.cache_clear()


async def test_the_reply_has_every_key_of_the_contract(agent: Agent, engine: Engine) -> None:
    understood = await parse(agent, "娃刚生下来，上户口要带啥，几天能办好")
    assert understood["intent"]["name"] == "ask"
    assert understood["matter"]["code"] == "newborn" and understood["matter"]["status"] == "clear"
    assert {aspect["name"] for aspect in understood["aspects"]} == {"materials", "time_limit"}
    assert understood["normalized"] == "娃刚生下来,上户口要带啥,几天能办好"
    ranking = understood["matter_ranking"]
    assert len(ranking) <= 10 and ranking[0]["code"] == "newborn"
    assert ranking == sorted(ranking, key=lambda entry: -entry["confidence"])


async def test_entities_index_into_what_was_typed(agent: Agent, engine: Engine) -> None:
    text = "我媽的　戶口本在重庆江北区，下周三上午去，〔办件编号#k3f9x2ab〕"
    found = {entity["entity"]: entity for entity in (await parse(agent, text))["entities"]}
    places = {kind: text[entity["start"] : entity["end"]] for kind, entity in found.items()}
    assert places == {
        "relation": "我媽", "material": "戶口本", "region": "重庆江北区", "date": "下周三上午", "application_no": "〔办件编号#k3f9x2ab〕"
    }
    assert found["region"]["value"] == "500105"
    assert found["date"]["value"] == "2026-11-25"
    assert found["application_no"]["value"] == "k3f9x2ab"


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "。。。"])
async def test_a_blank_text_is_out_of_scope(agent: Agent, engine: Engine, text: str) -> None:
    understood = await parse(agent, text)
    assert understood["intent"]["name"] == "out_of_scope"
    assert understood["matter"]["status"] == "none" and understood["matter"]["code"] is None
    assert understood["aspects"] == []


@pytest.mark.parametrize(
    ("text", "act", "status"),
    [
        ("那费用呢", "ask", "none"),
        ("你们能办哪些事", "ask", "none"),
        ("护照怎么办", "out_of_scope", "none"),
        ("今天天气怎么样", "out_of_scope", "none"),
        ("换地址需要哪些材料", "ask", "ambiguous"),
        ("转人工", "human", "none"),
    ],
)
async def test_scope_is_decided_against_what_is_published(agent: Agent, engine: Engine, text: str, act: str, status: str) -> None:
    understood = await parse(agent, text)
    assert (understood["intent"]["name"], understood["matter"]["status"]) == (act, status)


async def test_an_ambiguous_sentence_offers_its_candidates(agent: Agent, engine: Engine) -> None:
    understood = await parse(agent, "换地址需要哪些材料")
    first, second = (entry["code"] for entry in understood["matter_ranking"][:2])
    assert understood["matter"]["code"] is None
    assert {first, second} == {"enterprise_info_change", "enterprise_relocation"}


async def test_a_matter_published_at_noon_is_understood_at_noon_and_gone_when_retired(
    agent: Agent, engine: Engine, tmp_path: Path
) -> None:
    said = "我想把开了十年的老车报废了换台电车，听说有补贴，怎么申请"
    assert (await parse(agent, said))["intent"]["name"] == "out_of_scope"
    file = tmp_path / "car_trade_in.yml"
    file.write_text(TRADE_IN, encoding="utf-8")
    drafts.publish_file(engine, file, by="小李", reviewed_by="老王", at=NOON)
    look_again()
    understood = await parse(agent, said)
    assert (understood["intent"]["name"], understood["matter"]["code"]) == ("ask", "car_trade_in")
    matters.retire(engine, "car_trade_in", by="小李", reason="试验", at=NOON)
    look_again()
    assert (await parse(agent, said))["intent"]["name"] == "out_of_scope"


async def test_a_learned_matter_that_is_retired_is_out_of_scope(agent: Agent, engine: Engine) -> None:
    matters.retire(engine, "newborn", by="小李", reason="试验", at=NOON)
    look_again()
    understood = await parse(agent, "娃刚生下来怎么上户口")
    publishing.load(engine, at=NOON)
    look_again()
    assert understood["intent"]["name"] == "out_of_scope"
    assert all(entry["code"] != "newborn" for entry in understood["matter_ranking"])


async def test_an_empty_database_leaves_no_matter_and_does_not_crash(
    agent: Agent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YJS_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    look_again()
    understood = await parse(agent, "公司注销要哪些材料")
    look_again()
    assert understood["matter"] == {"code": None, "confidence": 0.0, "status": "none"}
    assert understood["matter_ranking"] == []
