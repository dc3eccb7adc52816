"""The arithmetic of `make bench`, and that nothing which is no answer counts as a quick one."""

from __future__ import annotations

import asyncio
import json
import socket
from pathlib import Path
from typing import Any, Optional

import pytest
from aiohttp import web

from knowledge.wording import say
from tests.bench import figures, installation, load, measuring, results, sentences
from tests.bench.bars import ROWS, Row
from tests.bench.figures import Figure
from tests.bench.load import Plan, Run, Shot
from tests.bench.reference import training
from tests.bench.replies import judge
from tests.bench.results import Result
from tests.bench.table import missed, number, table
from tests.fakes.rasa_rest import FakeRasa, running


def reply(outcome: str, *, text: str = "要带户口簿。", checklist: Optional[list[str]] = None) -> bytes:
    return json.dumps([{"text": text, "custom": {"outcome": outcome, "checklist": checklist or []}}]).encode()


def shots(*milliseconds: float, wrong: Optional[str] = None) -> list[Shot]:
    return [Shot(ms, "answered", wrong) for ms in milliseconds]


@pytest.mark.parametrize(("share", "expected"), [(50, 5), (95, 10), (90, 9), (99, 10), (1, 1), (100, 10)])
def test_a_percentile_is_a_value_that_was_measured(share: int, expected: float) -> None:
    assert figures.percentile([10, 1, 9, 2, 8, 3, 7, 4, 6, 5], share) == expected


def test_a_percentile_of_one_value_is_that_value() -> None:
    assert figures.percentile([7.5], 50) == figures.percentile([7.5], 99) == 7.5


def test_there_is_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="Measure at least once"):
        figures.percentile([], 50)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"), [(6.0, 12.0, 0.5), (None, 12.0, None), (6.0, None, None), (6.0, 0.0, None)]
)
def test_a_ratio_needs_two_figures(ours: Optional[float], theirs: Optional[float], expected: Optional[float]) -> None:
    assert figures.ratio(ours, theirs) == expected


@pytest.mark.parametrize(
    ("row", "value", "expected"),
    [
        (Row("parse_p50", "parse", "ms", most=12), 12.0, "passed"),
        (Row("parse_p50", "parse", "ms", most=12), 12.1, "**missed**"),
        (Row("eight_rate", "rate", "/s", least=45), 45.0, "passed"),
        (Row("eight_rate", "rate", "/s", least=45), 44.9, "**missed**"),
        (Row("one_p50", "one", "ms"), 99.0, ""),
    ],
)
def test_a_bar_is_passed_or_missed(row: Row, value: float, expected: str) -> None:
    assert row.verdict(Figure(value)) == expected


def test_a_void_figure_never_passes_its_bar() -> None:
    assert Row("parse_p50", "parse", "ms", most=12).verdict(Figure(None, "void: status 500")) == "**missed**"


def test_the_table_shows_bar_both_figures_and_their_ratio() -> None:
    shown = table({"parse_p50": Figure(6.0)}, {"parse_p50": Figure(12.0)})
    assert "| parse, p50 | ms | ≤ 12 | 6.00 | passed | 12.0 | 0.50 |" in shown


def test_the_table_says_where_there_is_no_reference() -> None:
    assert "| not trained here | – |" in table({"parse_p50": Figure(6.0)}, None)


def test_the_table_says_why_a_figure_is_void() -> None:
    shown = table(dict(figures.void("3 of 450 replies were none: 3 × outcome unavailable", "eight_p95")), None)
    assert "| ≤ 250 | void | **missed** |" in shown
    assert "ours: void: 3 of 450 replies were none: 3 × outcome unavailable" in shown


def test_what_was_not_measured_misses_its_bar() -> None:
    assert set(missed({})) == {row.label for row in ROWS if row.bar}


def test_numbers_have_three_digits_that_count() -> None:
    assert [number(value) for value in (123.4, 12.34, 1.234, 0.0, None)] == ["123", "12.3", "1.23", "0.00", "–"]


@pytest.mark.parametrize(
    ("expect", "status", "raw", "wrong"),
    [
        ("answer", 200, reply("answered"), None),
        ("answer", 200, reply("needs_choice"), None),
        ("answer", 200, reply("unavailable"), "outcome unavailable"),
        ("answer", 200, reply("needs_detail", text=say("too_fast")), "refused as too fast"),
        ("answer", 200, reply("answered", text=""), "no text"),
        ("answer", 200, b"[]", "not the agreed form (IndexError)"),
        ("answer", 200, b"Traceback", "not the agreed form (JSONDecodeError)"),
        ("answer", 500, reply("answered"), "status 500"),
        ("checklist", 200, reply("answered", checklist=["birth_certificate"]), None),
        ("checklist", 200, reply("answered"), "no checklist"),
        ("parse", 200, b'{"intent": {"name": "ask"}}', None),
        ("parse", 200, b'{"intent": {"name": null}}', "no intent"),
        ("understood", 200, b'{"intent": {"name": "ask"}}', "no matter"),
        ("text", 200, b'[{"text": "\xe5\xa5\xbd"}]', None),
        ("text", 200, b"[]", "not the agreed form (IndexError)"),
    ],
)
def test_only_a_real_reply_counts(expect: str, status: int, raw: bytes, wrong: Optional[str]) -> None:
    assert judge(expect)(status, raw)[1] == wrong


def test_one_reply_that_is_none_voids_the_whole_run() -> None:
    run = Run(1.0, [shots(5, 6), shots(7, wrong="outcome unavailable")])
    assert measuring.fault(run) == "1 of 3 replies were none: 1 × outcome unavailable"


def test_a_run_in_which_nothing_was_sent_is_void() -> None:
    assert measuring.fault(Run(1.0, [])) == "nothing was sent"


def test_every_conversation_has_a_sender_of_its_own_and_stays_within_the_limit_of_the_door() -> None:
    conversations = measuring.spoken("one", ["问甲", "问乙"], count=3, length=2)
    assert [body["sender"] for bodies in conversations for body in bodies] == [
        f"bench-one-{n}" for n in (0, 0, 1, 1, 2, 2)
    ]
    assert [body["message"] for body in conversations[0]] == ["问甲", "问乙"]


def test_a_long_conversation_asks_the_same_at_message_1_and_60_and_240() -> None:
    messages = [body["message"] for body in measuring.long_conversation("long", ["填充"], probe="探")]
    assert len(messages) == 240
    assert [n for n, message in enumerate(messages, start=1) if message == "探"] == [1, 60, 240]


def test_the_sentences_are_as_many_and_as_long_as_the_bench_says() -> None:
    assert len(set(sentences.parsed())) == sentences.PARSED
    assert not set(sentences.parsed()) & set(sentences.warming())
    assert {len(story) for story in sentences.stories()} == {sentences.STORY_LENGTH}
    assert len(sentences.stories()) == 10
    assert len(sentences.wanting_lists()) >= 20


def test_a_conversation_goes_from_matter_to_matter() -> None:
    matter_of = {line["text"]: line["matter"] for line in sentences.asked()}
    assert len({matter_of[text] for text in sentences.questions()[:21]}) == 21
    assert sentences.PROBE_MATTER not in {matter_of[text] for text in sentences.between()}


def test_the_reference_learns_a_fixed_part_of_the_lines_with_every_act() -> None:
    lines = tuple(training.every_line())
    assert len(training.chosen(lines)) == training.LINES
    assert training.chosen(lines) == training.chosen(lines)
    assert {act for act, _ in training.chosen(lines)} == {act for act, _ in lines}


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    result = Result(
        "2026-11-22", {"cores": "2"}, 0.2, {"parse_p50": Figure(6.0), "eight_p95": Figure(None, "void: status 500")}
    )
    results.write(tmp_path / "bench" / "reference.json", result)
    assert results.read(tmp_path / "bench" / "reference.json") == result
    assert results.read(tmp_path / "none.json") is None


def test_nothing_is_sent_to_another_machine() -> None:
    with pytest.raises(ValueError, match="not on this machine"):
        Plan("http://example.com/webhooks/rest/webhook", "answer", [])


def test_the_environment_of_a_bench_touches_no_running_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YJS_DATABASE_URL", "postgresql://somewhere/real")
    monkeypatch.setenv("YJS_TELEGRAM_TOKEN", "1:real")
    ours = {name: value for name, value in installation.environment(tmp_path).items() if name.startswith("YJS_")}
    assert ours.pop("YJS_DATA_DIR") == str(tmp_path)
    assert sorted(ours) == ["YJS_ACTIONS_LISTEN", "YJS_RASA_LISTEN", "YJS_WEB_LISTEN"]
    assert len(set(ours.values())) == 3


def test_free_ports_can_be_listened_on() -> None:
    for port in installation.free_ports(3):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", port))


def answering(_text: str) -> list[dict[str, Any]]:
    return [{"text": "要带户口簿。", "buttons": [], "custom": {"outcome": "answered", "checklist": []}}]


async def test_clients_hold_all_conversations_in_their_order() -> None:
    fake = FakeRasa(answering)
    with running(fake.app()) as url:
        conversations = measuring.spoken("eight", ["问甲", "问乙"], count=6, length=2)
        run = await load.run(Plan(f"{url}/webhooks/rest/webhook", "answer", conversations, clients=3))
    assert [len(conversation) for conversation in run.shots] == [2] * 6
    assert measuring.fault(run) == ""
    for n in range(6):
        assert [given["message"] for given in fake.received if given["sender"] == f"bench-eight-{n}"] == [
            "问甲",
            "问乙",
        ]


async def test_waiting_counts_from_when_a_message_was_due() -> None:
    async def slow(_request: web.Request) -> web.Response:
        await asyncio.sleep(0.15)
        return web.json_response(answering(""))

    app = web.Application()
    app.router.add_post("/webhooks/rest/webhook", slow)
    with running(app) as url:
        conversations = measuring.spoken("list", ["问甲"], count=4, length=1)
        run = await load.run(Plan(f"{url}/webhooks/rest/webhook", "answer", conversations, rate=20.0))
    assert all(shot.ms >= 150 for shot in run.flat)
    assert run.seconds < 4 * 0.15, "the messages are sent side by side, at their moments"


async def test_a_server_that_is_gone_is_no_quick_answer() -> None:
    (port,) = installation.free_ports(1)
    run = await load.run(
        Plan(f"http://127.0.0.1:{port}/webhooks/rest/webhook", "answer", [[{"sender": "a", "message": "问"}]])
    )
    assert measuring.fault(run) == "1 of 1 replies were none: 1 × ClientConnectorError"
