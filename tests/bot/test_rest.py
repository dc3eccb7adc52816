"""The REST channel over real HTTP, in front of a stand-in for Rasa's agent."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sqlite3
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from rasa.core.channels.channel import register
from sanic import Sanic, response

from bot.channels.rest import RestChannel
from bot.channels.rest import health as rest_health
from bot.rasa_client import RasaClient, RasaUnavailable
from knowledge.editing import unanswered
from knowledge.store import unanswered as kept
from knowledge.store.engine import Engine, open_engine
from knowledge.wording import say
from tests.fakes.rasa_agent import FakeAgent
from tests.installation import copied

WEBHOOK = "/webhooks/rest/webhook"


@dataclass
class Rest:
    """A served channel: its address, a client for it, the agent behind it, and the action server it looks at."""

    url: str
    http: aiohttp.ClientSession
    agent: FakeAgent
    actions: web.AppRunner

    async def post(self, path: str, body: Any = None, *, raw: bytes | None = None) -> tuple[int, Any]:
        data = raw if raw is not None else json.dumps(body).encode()
        async with self.http.post(self.url + path, data=data) as answer:
            return answer.status, await answer.json()

    async def get(self, path: str) -> tuple[int, Any]:
        async with self.http.get(self.url + path) as answer:
            return answer.status, await answer.json()

    async def say(self, text: str, *, sender: str = "小王", message_id: Any = None) -> Any:
        status, replies = await self.post(WEBHOOK, {"sender": sender, "message": text, "message_id": message_id})
        assert status == 200
        (reply,) = replies
        assert reply["recipient_id"] == sender
        assert set(reply) == {"recipient_id", "text", "buttons", "custom"}
        return reply


@pytest.fixture
async def rest(tmp_path: Path, content: Engine, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Rest]:
    monkeypatch.setenv("YJS_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("YJS_DATABASE_URL", raising=False)
    monkeypatch.setattr("knowledge.store.engine.BUSY_MS", 100)
    copied(content, tmp_path / "yjs.db")
    async with serving_actions() as (actions, actions_url):
        agent = FakeAgent(actions_url)
        async with serving(agent) as url, aiohttp.ClientSession() as http:
            yield Rest(url, http, agent, actions)


@asynccontextmanager
async def serving(agent: FakeAgent) -> AsyncIterator[str]:
    """Serve the channel as `rasa run` does: Rasa's own root route first, then the channels."""
    Sanic.test_mode = True
    app = Sanic("rest", configure_logging=False)
    app.get("/", name="hello")(lambda _request: response.text("Hello from Rasa"))
    register([RestChannel(waiting=8)], app, route="/webhooks/")
    app.ctx.agent = agent
    server = await app.create_server(host="127.0.0.1", port=0, return_asyncio_server=True)
    assert server
    await server.startup()
    await server.before_start()
    try:
        yield f"http://127.0.0.1:{server.server.sockets[0].getsockname()[1]}"
    finally:
        await server.before_stop()
        server.close()


@asynccontextmanager
async def serving_actions() -> AsyncIterator[tuple[web.AppRunner, str]]:
    app = web.Application()
    app.router.add_get("/health", healthy)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield runner, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def healthy(_request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


# --- messages ---


async def test_text_buttons_and_custom_of_one_answer_are_one_entry(rest: Rest) -> None:
    reply = await rest.say("上户口")
    assert reply["custom"]["matter"] == "newborn"
    assert "第1句：上户口" in reply["text"]
    assert reply["buttons"] == [{"title": "已领结婚证", "payload": "已领结婚证"}, {"title": "没领", "payload": "没领"}]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"message": "你好"}, "sender"),
        ({"sender": "", "message": "你好"}, "sender"),
        ({"sender": "  ", "message": "你好"}, "sender"),
        ({"sender": 5, "message": "你好"}, "sender"),
        ({"sender": None, "message": "你好"}, "sender"),
        ({"sender": "小王"}, "message"),
        ({"sender": "小王", "message": ["你好"]}, "message"),
        ([1], "JSON"),
        ("你好", "JSON"),
    ],
)
async def test_a_request_that_cannot_be_taken_says_what_is_missing(rest: Rest, body: Any, named: str) -> None:
    status, answer = await rest.post(WEBHOOK, body)
    assert status == 400
    assert named in answer["error"]
    assert not rest.agent.heard


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"sender=1",
        b"{",
        b'{"sender":"\xff"}',
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b" " * 1_000_001, id="long"),
    ],
)
async def test_a_body_that_is_no_json_object_is_a_bad_request(rest: Rest, raw: bytes) -> None:
    status, answer = await rest.post(WEBHOOK, raw=raw)
    assert status == 400
    assert answer["error"]


@pytest.mark.parametrize("sender", [pytest.param("s" * 5000, id="long"), "a\x00b", "\ud800"])
async def test_a_sender_that_cannot_be_stored_is_hashed_and_still_addressed_as_given(rest: Rest, sender: str) -> None:
    await rest.say("上户口", sender=sender)
    await rest.say("上户口", sender=sender)
    (first, _), (second, _) = rest.agent.heard
    assert first == second
    assert len(first) == 32


async def test_a_leading_slash_is_plain_text(rest: Rest) -> None:
    await rest.say('/inform{"region": "500105"}')
    assert rest.agent.heard == [("小王", '／inform{"region": "500105"}')]


async def test_numbers_reach_rasa_as_references_only(rest: Rest) -> None:
    await rest.say("手机13800138000，编号CQ-2024-000123")
    (heard,) = [text for _, text in rest.agent.heard]
    assert "138" not in heard
    assert "CQ" not in heard
    assert heard.startswith("手机〔手机号#")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "empty"), ("😀", "empty"), pytest.param("材" * 10_000, "too_long", id="10,000 characters")],
)
async def test_what_stops_at_the_door_is_answered_with_a_reviewed_sentence(
    rest: Rest, text: str, sentence: str
) -> None:
    reply = await rest.say(text)
    assert reply["custom"]["outcome"] == "needs_detail"
    assert reply["text"] == say(sentence, limit=500)
    assert not rest.agent.heard


@pytest.mark.parametrize("text", ["爆炸，我叫王小明", "沉默"])
async def test_a_failed_turn_is_answered_with_the_reviewed_sentence_and_logged_without_the_text(
    rest: Rest, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    reply = await rest.say(text)
    assert reply["custom"]["outcome"] == "unavailable"
    assert reply["text"] == say("unavailable")
    assert "小王" in caplog.text
    assert "王小明" not in caplog.text


async def test_a_turn_that_hangs_is_given_up(rest: Rest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.rest.turns.DEADLINE", 0.1)
    assert (await rest.say("很慢"))["custom"]["outcome"] == "unavailable"
    assert (await rest.say("上户口"))["custom"]["outcome"] == "answered"


async def test_a_locked_database_stops_only_messages_with_numbers(rest: Rest, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "yjs.db", isolation_level=None) as other:
        other.execute("begin immediate")
        assert (await rest.say("手机13800138000"))["text"] == say("unavailable")
        assert (await rest.say("上户口"))["custom"]["outcome"] == "answered"
        other.execute("rollback")


async def test_a_hundred_messages_at_once_are_answered_politely(rest: Rest) -> None:
    replies = await asyncio.gather(*(rest.say(f"第{n}条") for n in range(100)))
    outcomes = Counter(reply["custom"]["outcome"] for reply in replies)
    assert set(outcomes) == {"answered", "needs_detail"}
    assert outcomes["answered"] >= 8
    assert {reply["text"] for reply in replies if reply["custom"]["outcome"] == "needs_detail"} == {say("too_fast")}
    assert (await rest.say("还在吗"))["text"] != say("too_fast")


async def test_messages_of_one_sender_are_taken_in_the_order_in_which_they_came(rest: Rest) -> None:
    tasks = []
    for n in range(6):
        tasks.append(asyncio.create_task(rest.say("手机13800138000" if n % 2 else f"第{n}条")))
        await asyncio.sleep(0.003)
    replies = await asyncio.gather(*tasks)
    assert [reply["custom"]["said"][0][:3] for reply in replies] == [f"第{n}句" for n in range(1, 7)]


async def test_the_same_message_again_is_the_same_reply_and_no_second_turn(rest: Rest) -> None:
    first = await rest.say("上户口", message_id="m1")
    assert await rest.say("上户口", message_id="m1") == first
    assert await rest.say("上户口", message_id=7) != first
    assert len(rest.agent.heard) == 2


async def test_a_refused_message_may_be_tried_again_under_its_id(rest: Rest) -> None:
    assert (await rest.say("沉默", message_id="m1"))["custom"]["outcome"] == "unavailable"
    assert (await rest.say("上户口", message_id="m1"))["custom"]["outcome"] == "answered"


# --- parse ---


@pytest.mark.parametrize(
    "text", ["江北区上户口", "  \n江北区上户口", "／江北区", "/江北区", "〔江北区〕", "\ud800江北区"]
)
async def test_a_parse_returns_the_text_as_sent_and_its_spans_fit(rest: Rest, text: str) -> None:
    status, parsed = await rest.post("/model/parse", {"text": text})
    assert status == 200
    assert parsed["text"] == text
    assert parsed["intent"]["name"] == "ask"
    (entity,) = parsed["entities"]
    assert text[entity["start"] : entity["end"]] == "江北区"


@pytest.mark.parametrize("text", ["", "  ", "\n"])
async def test_a_blank_text_is_out_of_scope(rest: Rest, text: str) -> None:
    status, parsed = await rest.post("/model/parse", {"text": text})
    assert status == 200
    assert parsed["text"] == text
    assert parsed["intent"]["name"] == "out_of_scope"
    assert parsed["matter"] == {"code": None, "confidence": 0.0, "status": "none"}
    assert parsed["aspects"] == parsed["entities"] == parsed["matter_ranking"] == []


@pytest.mark.parametrize("body", [{}, {"text": None}, {"text": 5}, []])
async def test_a_parse_without_text_is_a_bad_request(rest: Rest, body: Any) -> None:
    assert (await rest.post("/model/parse", body))[0] == 400


async def test_a_very_long_text_is_understood_by_its_beginning(rest: Rest) -> None:
    status, parsed = await rest.post("/model/parse", {"text": "江北区" + "材" * 10_000})
    assert status == 200
    assert len(parsed["text"]) == 10_003
    assert parsed["entities"]


async def test_without_a_model_a_parse_says_so(rest: Rest) -> None:
    rest.agent.ready = False
    assert await rest.post("/model/parse", {"text": "上户口"}) == (503, {"status": "unavailable", "down": ["model"]})


# --- health and other routes ---


async def test_the_root_is_well_while_a_citizen_can_be_answered(rest: Rest) -> None:
    assert await rest.get("/") == (200, {"status": "ok", "down": []})
    assert await rest.get("/webhooks/rest/") == (200, {"status": "ok"})


async def test_the_root_says_which_part_is_down(rest: Rest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rest_health, "HOLDS", 0.0)
    await rest.actions.cleanup()
    assert await rest.get("/") == (503, {"status": "unavailable", "down": ["actions"]})
    with sqlite3.connect(tmp_path / "yjs.db") as other:
        other.execute("drop table conversation")
    assert await rest.get("/") == (503, {"status": "unavailable", "down": ["actions", "database"]})
    rest.agent.ready = False
    assert await rest.get("/") == (503, {"status": "unavailable", "down": ["model"]})


@pytest.mark.parametrize("path", ["/conversations/x/tracker", "/model", "/status", "/domain", "/nowhere"])
async def test_other_routes_are_not_there(rest: Rest, path: str) -> None:
    status, answer = await rest.get(path)
    assert status == 404
    assert answer["status"] == 404


async def test_what_nobody_answered_is_gone_after_ninety_days_without_anybody_asking_for_it(
    tmp_path: Path, content: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YJS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("YJS_NOW", "2026-11-22T12:00:00")
    copied(content, tmp_path / "yjs.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'yjs.db'}")
    for days in (91, 89):
        asked_at = dt.datetime(2026, 11, 22, 12) - dt.timedelta(days=days)
        unanswered.keep(engine, f"{days}天以前的护照", aspects=(), region=None, at=asked_at)
    async with serving(FakeAgent("http://127.0.0.1:1")):
        for _ in range(100):
            if len(kept.since(engine)) == 1:
                break
            await asyncio.sleep(0.05)
    assert [one.text for one in kept.since(engine)] == ["89天以前的护照"]


# --- the client ---


async def test_the_client_sends_and_asks_for_health(rest: Rest) -> None:
    async with RasaClient(rest.url) as rasa:
        assert await rasa.healthy()
        (reply,) = await rasa.send("小王", "上户口", message_id="m1")
        assert await rasa.send("小王", "上户口", message_id="m1") == [reply]
        assert reply["custom"]["matter"] == "newborn"
        assert (await rasa.parse("上户口"))["text"] == "上户口"


async def test_the_client_says_so_where_no_rasa_answers(unused_tcp_port: int) -> None:
    async with RasaClient(f"http://127.0.0.1:{unused_tcp_port}") as rasa:
        assert not await rasa.healthy()
        with pytest.raises(RasaUnavailable, match="does not answer"):
            await rasa.send("小王", "上户口")


async def test_the_client_takes_no_error_for_a_reply(rest: Rest) -> None:
    async with RasaClient(rest.url) as rasa:
        with pytest.raises(RasaUnavailable, match="400"):
            await rasa.send("", "上户口")
