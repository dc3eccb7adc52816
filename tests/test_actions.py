"""The action between Rasa and the conversation: what it reads of a parse, and what it does when a turn fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import take_turn
from actions.parse import utterance
from knowledge.wording import say

PARSE = {
    "text": "我住渝北，换地址要啥",
    "normalized": "我住渝北,换地址要啥",
    "intent": {"name": "ask", "confidence": 0.9},
    "aspects": [{"name": "materials", "confidence": 0.9}],
    "matter": {"code": None, "confidence": 0.0, "status": "ambiguous"},
    "matter_ranking": [
        {"code": "enterprise_info_change", "confidence": 0.5},
        {"code": "enterprise_relocation", "confidence": 0.4},
        {"code": "newborn", "confidence": 0.01},
    ],
    "entities": [{"entity": "region", "value": "500112", "start": 2, "end": 4}, {"entity": "region", "value": None, "codes": ["330205", "500105"]}],
}


def test_a_parse_becomes_an_utterance_with_only_the_likely_candidates() -> None:
    heard = utterance(PARSE)
    assert (heard.act, heard.aspects, heard.matter_status) == ("ask", ("materials",), "ambiguous")
    assert heard.candidates == ("enterprise_info_change", "enterprise_relocation")
    assert heard.regions == (("500112",), ("330205", "500105"))


def test_asking_back_never_offers_a_choice_of_one() -> None:
    ranking = [{"code": "disability", "confidence": 0.5}, {"code": "veterans", "confidence": 0.1}, {"code": "newborn", "confidence": 0.05}]
    assert utterance({**PARSE, "matter_ranking": ranking}).candidates == ("disability", "veterans")


def test_an_utterance_knows_how_sure_the_parse_was() -> None:
    heard = utterance({**PARSE, "intent": {"name": "out_of_scope"}, "intent_ranking": [{"name": "ask", "confidence": 0.9}]})
    assert heard.business and heard.certain == 0.9 and heard.shares["enterprise_info_change"] == 0.5


def test_a_parse_without_our_keys_is_still_an_utterance() -> None:
    assert utterance({"text": "你好", "intent": {"name": "greet"}}).act == "greet"
    assert utterance({}).act == "out_of_scope"


async def test_a_turn_that_fails_is_answered_with_the_reviewed_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A database that cannot be opened: its folder is a file.
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("YJS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("YJS_DATABASE_URL", f"sqlite:///{tmp_path / 'file' / 'kb.db'}")
    take_turn.opened.cache_clear()
    dispatcher = CollectingDispatcher()
    events = await take_turn.ActionTakeTurn().run(dispatcher, tracker(), {})
    take_turn.opened.cache_clear()
    assert events == []
    assert dispatcher.messages[0]["custom"]["said"] == [say("unavailable")]


def tracker() -> Tracker:
    facts: dict[str, Any] = {"sender_id": "小王", "slots": {"context": None}, "latest_message": PARSE, "events": [], "paused": False}
    return Tracker(followup_action=None, active_loop={}, latest_action_name=None, **facts)
