"""The dialogues of tests/phrases, spoken with the whole assistant over REST."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator

import pytest
import requests
from ruamel.yaml import YAML

from tests.installation import Installation

pytestmark = pytest.mark.model

TABLE = Path(__file__).parent / "phrases" / "dialogues.yml"
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


def dialogues() -> Iterator[Any]:
    for dialogue in YAML(typ="safe").load(TABLE.read_text(encoding="utf-8")):
        yield pytest.param(dialogue, id=dialogue["dialogue"])


@pytest.mark.parametrize("dialogue", dialogues())
def test_dialogue_goes_as_the_table_says(assistant: Installation, dialogue: dict[str, Any]) -> None:
    for turn in dialogue["turns"]:
        reply = assistant.say(turn["say"], sender=f"test-{dialogue['dialogue']}")
        assert complaints(turn, reply) == [], f"to “{turn['say']}”:\n{reply['text']}"


def complaints(turn: dict[str, Any], reply: dict[str, Any]) -> list[str]:
    """Return what in `reply` differs from what the table says of this turn."""
    custom, text = reply["custom"], reply["text"]
    questions = custom["questions"]
    found = {
        **{key: custom[key] for key in ("matter", "outcome", "type", "region")},
        "reference": custom["reference_region"],
        "asks": questions[0]["key"] if questions else None,
        "ticked": [line["id"] for line in custom["checklist"] if line["ticked"]],
    }
    wrong = [f"{key}: {found[key]!r}, not {turn[key]!r}" for key in found if key in turn and found[key] != turn[key]]
    wrong += [f"situation: {custom['situation']}" for one in [turn.get("situation")] if one is not None and not agrees(one, custom["situation"])]
    wrong += [f"nothing in {block}" for block in turn.get("has", ()) if not custom[block]]
    wrong += [f"something in {block}" for block in turn.get("empty", ()) if custom[block]]
    wrong += [f"does not say {words}" for words in turn.get("says", ()) if words not in text]
    wrong += [f"says {words}" for words in turn.get("not_says", ()) if words in text]
    return wrong


def agrees(wanted: dict[str, str], situation: dict[str, str]) -> bool:
    return wanted.items() <= situation.items() if wanted else not situation


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
    secret = {"11010519491231002X", "13812345678", "YJSDEMO-CY-0002"}
    assistant.say("身份证11010519491231002X，手机13812345678，查办件编号YJSDEMO-CY-0002", sender="隐私")
    stored = b"".join(path.read_bytes() for path in assistant.data.rglob("*") if path.is_file() and "models" not in path.parts)
    demo = {"YJSDEMO-CY-0002"}  # stands in our own table of applications, put there by the demo
    assert [number for number in secret - demo if number.encode() in stored] == []
