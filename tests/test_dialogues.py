"""The dialogues of tests/phrases, spoken with the whole assistant over REST."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any, Iterator

import pytest
import requests

from bot.evaluation import dialogues
from bot.evaluation.expecting import complaints
from knowledge.wording import phrase
from tests.installation import Installation

pytestmark = pytest.mark.model

TABLE = Path(__file__).parent / "phrases" / "dialogues.yml"
TURNS_RIGHT = 0.85
NEW_MATTER = """
code: night_market
name: 摆夜市摊位
audience: 个人
summary: 想在夜市支个摊，一次把摊位和卫生备案办好。
aliases: [夜市摆摊, 夜市摊位申请]
questions: [想晚上去夜市支个摊子卖袜子, 步行街夜市的摊位找谁要, 夜市租个摊一个月交多少]
items: [夜市摊位登记]
effective_from: 2026-01-01
sources: [{title: 夜市管理办法}]
"""


def tabled() -> Iterator[Any]:
    for dialogue in dialogues.read(TABLE):
        yield pytest.param(dialogue, id=dialogue["dialogue"])


@pytest.mark.parametrize("dialogue", tabled())
def test_dialogue_goes_as_the_table_says(assistant: Installation, dialogue: dict[str, Any]) -> None:
    for turn in dialogue["turns"]:
        reply = assistant.say(turn["say"], sender=f"test-{dialogue['dialogue']}")
        assert complaints(turn, reply) == [], f"to “{turn['say']}”:\n{reply['text']}"


def test_of_the_turns_of_dialogues_written_only_to_measure_most_are_right(assistant: Installation) -> None:
    spoken = asyncio.run(dialogues.speak(assistant.rasa, dialogues.read(dialogues.SETS["dev"])))
    assert dialogues.turns_right(spoken) >= TURNS_RIGHT, dialogues.table(spoken)


def test_a_matter_published_while_everything_runs_is_answered_within_five_seconds(assistant: Installation, tmp_path: Path) -> None:
    path = tmp_path / "night_market.yml"
    path.write_text(NEW_MATTER, encoding="utf-8")
    published = assistant.yjs("kb", "publish", str(path), "--as", "小王", "--reviewed-by", "老李")
    assert published.returncode == 0, published.stderr
    assert within(5.0, lambda: assistant.say("我想在夜市弄个摊位卖小吃", sender="夜市")["custom"]["matter"] == "night_market")
    retired = assistant.yjs("kb", "retire", "night_market", "--as", "小王", "--reason", "试完了")
    assert retired.returncode == 0, retired.stderr
    assert within(5.0, lambda: assistant.understand("我想在夜市弄个摊位卖小吃")["matter"]["code"] != "night_market")


def within(seconds: float, holds: Any) -> bool:
    import time

    until = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < until:
        time.sleep(0.3)
    return bool(held)


def test_rasa_s_own_routes_are_not_there(assistant: Installation) -> None:
    for route in ("conversations/x/tracker", "status", "version", "domain", "model"):
        assert requests.get(f"{assistant.rasa}/{route}", timeout=5).status_code == 404


def test_the_page_talks_to_the_same_assistant(assistant: Installation) -> None:
    with requests.Session() as browser:
        page = browser.get(f"{assistant.web}/", timeout=5).text
        token = page.split('name="yjs-token" content="')[1].split('"')[0]
        reply = browser.post(
            f"{assistant.web}/chat/messages",
            json={"text": "孩子出生要办啥", "message_id": "1"},
            headers={"X-YJS-Token": token, "Origin": assistant.web},
            timeout=20,
        )
    assert reply.status_code == 200, reply.text
    assert reply.json()[0]["custom"]["matter"] == "newborn"


def test_no_number_that_identifies_is_stored_in_clear(assistant: Installation) -> None:
    for text in (
        "身份证11010519491231002X，手机13812345678，查办件编号YJSDEMO-CY-0002",
        "办件编号SPHOM-86420-97531，后四位975X",
        "跑了三趟都没办成，我的号码13998765432，气死了",
        "登记",
        "13998765432",
        "工单进度",
        "我的数据",
    ):
        assistant.say(text, sender="隐私")
    secret = {"11010519491231002X", "13812345678", "SPHOM-86420-97531", "13998765432"}
    stored = b"".join(path.read_bytes() for path in assistant.data.rglob("*") if path.is_file() and "models" not in path.parts)
    assert [number for number in secret if number.encode() in stored] == []
    # Four characters stand by chance in what is encrypted; the talk and the logs are where they would be in clear.
    logs = "".join(path.read_text(errors="replace") for path in assistant.data.rglob("*.log"))
    assert "975X" not in logs + "".join(talk_of(assistant, "隐私"))


def test_who_asks_to_be_forgotten_leaves_nothing_in_the_database(assistant: Installation) -> None:
    for text in ("我们领证了，孩子上户口要带啥", "三个工作日后提醒我", "非常不满意", "删除我的数据"):
        assistant.say(text, sender="忘记我吧")
    assert talk_of(assistant, "忘记我吧")
    assert assistant.say("删掉", sender="忘记我吧")["text"] == phrase("privacy", "deleted")
    with sqlite3.connect(assistant.data / "yjs.db") as database:
        assert "忘记我吧" not in "".join(database.iterdump())


def talk_of(assistant: Installation, sender: str) -> list[str]:
    with sqlite3.connect(assistant.data / "yjs.db") as database:
        return [row[0] for row in database.execute("select events from conversation where sender = ?", [sender])]
