"""Conversations: short, light, and not lost while the database is locked."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any, Iterator

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.tracker_store import BoundedTrackerStore
from knowledge import settings
from knowledge.settings import ROOT
from knowledge.store.engine import migrate, open_engine

TURN = "action_take_turn"


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(ROOT / "bot" / "domain"))


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YJS_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("YJS_DATABASE_URL", raising=False)
    monkeypatch.setattr("knowledge.store.engine.BUSY_MS", 100)
    migrate(open_engine(settings.load().database_url))
    return tmp_path / "yjs.db"


@pytest.fixture
def store(domain: Domain, database: Path) -> BoundedTrackerStore:
    return BoundedTrackerStore(domain)


@pytest.fixture
def locked(database: Path) -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(database, isolation_level=None) as other:
        other.execute("begin immediate")
        yield other
        if other.in_transaction:
            other.execute("rollback")


def turn(n: int) -> list[Event]:
    """Return what Rasa logs of one message."""
    parse = {"intent": {"name": "ask"}, "text_tokens": [[0, 2]] * 50, "matter_ranking": [{"code": "newborn"}] * 10}
    return [
        UserUttered(f"第{n}句", {"name": "ask", "confidence": 0.9}, [{"entity": "region", "value": "x"}], parse),
        DefinePrevUserUtteredFeaturization(False),
        ActionExecuted(TURN),
        BotUttered(
            data={"custom": {"type": "answer", "outcome": "answered", "matter": "newborn", "checklist": ["…"] * 99}}
        ),
        SlotSet("context", {"turn": n, "matter": "newborn"}),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]


async def talk(store: BoundedTrackerStore, *, turns: int, sender: str = "小王") -> DialogueStateTracker:
    """Save a conversation turn by turn, as Rasa does."""
    for n in range(1, turns + 1):
        tracker = await store.retrieve(sender) or new(store, sender)
        for event in turn(n):
            tracker.update(event)
        await store.save(tracker)
    return tracker


def new(store: BoundedTrackerStore, sender: str) -> DialogueStateTracker:
    tracker = store.init_tracker(sender)
    for event in (ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted(ACTION_LISTEN_NAME)):
        tracker.update(event)
    return tracker


def stored(database: Path, sender: str = "小王") -> Any:
    with sqlite3.connect(database) as connection:
        row = connection.execute("select events from conversation where sender = ?", [sender]).fetchone()
    return json.loads(row[0]) if row else None


async def test_nobody_has_a_conversation_at_first(store: BoundedTrackerStore) -> None:
    assert await store.retrieve("小王") is None
    assert not list(await store.keys())


async def test_a_tracker_nobody_has_spoken_to_is_not_stored(store: BoundedTrackerStore, database: Path) -> None:
    await store.save(new(store, "小王"))
    assert stored(database) is None


async def test_the_context_lives_on_while_old_turns_go(
    store: BoundedTrackerStore, database: Path, domain: Domain
) -> None:
    await talk(store, turns=240)
    assert len(stored(database)) <= 24
    tracker = await BoundedTrackerStore(domain).retrieve("小王")
    assert tracker
    assert tracker.get_slot("context") == {"turn": 240, "matter": "newborn"}
    assert [event.text for event in tracker.events if isinstance(event, UserUttered)][-1] == "第240句"


async def test_what_is_kept_begins_and_ends_where_rasa_listens(store: BoundedTrackerStore, database: Path) -> None:
    await talk(store, turns=9)
    events = stored(database)
    listen = {"event": "action", "name": ACTION_LISTEN_NAME}
    assert events[0] == {"event": "slot", "name": "context", "value": {"turn": 9, "matter": "newborn"}}
    assert events[1] == events[-1] == listen
    assert events[2]["event"] == "user"
    tracker = await store.retrieve("小王")
    assert tracker
    assert tracker.latest_action_name == ACTION_LISTEN_NAME
    assert tracker.followup_action is None


async def test_a_turn_that_broke_off_does_not_stop_the_next_one(store: BoundedTrackerStore) -> None:
    tracker = await talk(store, turns=1)
    for event in (UserUttered("断了", {"name": "ask"}), ActionExecuted(TURN)):
        tracker.update(event)
    await store.save(tracker)
    again = await store.retrieve("小王")
    assert again
    assert again.latest_action_name == ACTION_LISTEN_NAME


async def test_nothing_heavy_is_stored(store: BoundedTrackerStore, database: Path) -> None:
    await talk(store, turns=1)
    text = json.dumps(stored(database))
    assert {"checklist", "text_tokens", "matter_ranking", "entities"}.isdisjoint(text.split('"'))
    assert {"type": "answer", "outcome": "answered", "matter": "newborn"} in [
        event.get("custom") for event in stored(database)
    ]


async def test_saving_what_was_read_changes_nothing(store: BoundedTrackerStore, database: Path) -> None:
    await talk(store, turns=3)
    before = stored(database)
    tracker = await store.retrieve("小王")
    assert tracker
    await store.save(tracker)
    assert stored(database) == before


@pytest.mark.parametrize(
    "row", ["", "{", "[1]", '[{"event":"gone"}]', '[{"event":"user"}]', '{"a":1}', "null", '["x"]']
)
async def test_a_corrupt_row_starts_a_new_conversation_and_is_logged(
    store: BoundedTrackerStore, database: Path, row: str, caplog: pytest.LogCaptureFixture
) -> None:
    await talk(store, turns=1)
    with sqlite3.connect(database) as connection:
        connection.execute("update conversation set events = ?", [row])
    assert await store.retrieve("小王") is None
    assert not row or "corrupt" in caplog.text
    await talk(store, turns=1)
    assert stored(database)


async def test_a_conversation_can_be_forgotten(store: BoundedTrackerStore, database: Path) -> None:
    await talk(store, turns=1)
    await talk(store, turns=1, sender="小李")
    await store.delete("小王")
    assert await store.retrieve("小王") is None
    assert list(await store.keys()) == ["小李"]


async def test_who_was_forgotten_in_the_turn_itself_leaves_no_conversation(store: BoundedTrackerStore, database: Path) -> None:
    tracker = await talk(store, turns=2)
    tracker.update(SlotSet("context", {"forgotten": True}))
    await store.save(tracker)
    assert stored(database) is None and await store.retrieve("小王") is None
    await talk(store, turns=1)
    assert stored(database)


async def test_a_locked_database_delays_writing_but_no_reply_and_loses_nothing(
    store: BoundedTrackerStore, database: Path, locked: sqlite3.Connection
) -> None:
    started = asyncio.get_running_loop().time()
    await talk(store, turns=2)
    assert asyncio.get_running_loop().time() - started < 1.0
    assert stored(database) is None
    tracker = await store.retrieve("小王")
    assert tracker
    assert tracker.get_slot("context")["turn"] == 2
    locked.execute("rollback")
    await asyncio.wait_for(store._writer, 5)
    assert stored(database)[0]["value"]["turn"] == 2


def test_what_is_unwritten_when_rasa_stops_is_written_then(
    store: BoundedTrackerStore, database: Path, locked: sqlite3.Connection
) -> None:
    asyncio.run(talk(store, turns=1))
    locked.execute("rollback")
    store._write_what_is_left()
    assert stored(database)


def test_rasa_finds_the_store_that_endpoints_yml_names(domain: Domain, database: Path) -> None:
    # Where it does not, Rasa says so in a warning only, and keeps conversations in memory.
    made = TrackerStore.create(EndpointConfig(type="bot.tracker_store.BoundedTrackerStore", max_events=24), domain)
    assert isinstance(made, BoundedTrackerStore)
    assert "type: bot.tracker_store.BoundedTrackerStore" in (ROOT / "endpoints.yml").read_text(encoding="utf-8")
