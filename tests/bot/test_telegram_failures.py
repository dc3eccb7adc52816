"""What goes wrong between Telegram, us and Rasa, each thing provoked over real HTTP."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Iterator

import pytest
import requests
from telegram.error import InvalidToken

from bot.channels.telegram import process
from bot.channels.telegram.news import Bulletin
from bot.channels.telegram.people import People
from bot.channels.telegram.sending import Sending
from knowledge.editing import publishing
from knowledge.settings import ROOT
from knowledge.store.engine import Engine
from knowledge.values.answer import Answer
from knowledge.wording import page, say
from tests import installation
from tests.fakes.rasa_rest import reply_of, text_only
from tests.fakes.telegram_api import TOKEN
from tests.fakes.telegram_chats import Trouble
from tests.fakes.telegram_process import MATTER, MATTER_NAME, PAPER, QUICK, World, environment, given, opened, serving

CHATS = itertools.count(100)
HOOK = "https://bot.example"
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture(scope="module")
def published(content: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data directory of an installation in which everything is published."""
    data = tmp_path_factory.mktemp("telegram")
    installation.copied(content, data / "yjs.db")
    return data


@pytest.fixture(scope="module")
def shared(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return a running process that most tests write to, each from a chat of its own."""
    data = tmp_path_factory.mktemp("shared") / "data"
    shutil.copytree(published, data)
    with ExitStack() as stack:
        world = opened(stack, data)
        stack.enter_context(serving(world.here.settings))
        yield world


@pytest.fixture
def world(shared: World) -> World:
    shared.rasa.script, shared.rasa.broken = (lambda text: [text_only(f"答：{text}")]), False
    return shared


@pytest.fixture
def alone(published: Path, tmp_path: Path) -> Iterator[World]:
    """Return everything around a process, for tests that start, stop and kill it themselves."""
    data = tmp_path / "data"
    shutil.copytree(published, data)
    with ExitStack() as stack:
        yield opened(stack, data)


@pytest.fixture
def chat() -> int:
    """Return a chat that nobody has written from."""
    return next(CHATS)


def quiet(world: World) -> None:
    """Wait until the bot has confirmed everything."""
    world.api.wait(lambda: world.api.pending == 0)


# --- the same twice, late, changed ---


def test_an_update_that_comes_twice_is_one_turn(alone: World) -> None:
    said = {"message": {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "多久"}}
    with webhook(alone):
        number = alone.api.deliver(said)
        alone.answered(1)
        quiet(alone)
        alone.api.deliver(said, update_id=number)
        alone.api.say("完了")
        alone.answered(1, times=2)
        quiet(alone)
    assert alone.heard(1) == ["多久", "完了"]


def test_an_update_that_comes_again_after_a_restart_is_still_one_turn(alone: World) -> None:
    said = {"message": {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "多久"}}
    with serving(alone.here.settings):
        number = alone.api.deliver(said)
        alone.answered(1)
        quiet(alone)
    with serving(alone.here.settings):
        alone.api.deliver(said, update_id=number)
        alone.api.say("完了")
        alone.answered(1, times=2)
    assert alone.heard(1) == ["多久", "完了"]


def test_what_was_written_while_we_were_away_is_answered_after_the_restart_and_old_buttons_work(alone: World) -> None:
    alone.with_list(1)
    with serving(alone.here.settings):
        alone.api.say("/list")
        alone.answered(1)
        left = alone.list_of(1).left
    alone.api.say("还差什么")
    alone.api.press(f"⬜ {PAPER}", on=min(alone.api.shown[1]))
    with serving(alone.here.settings):
        alone.answered(1, times=2)
        alone.api.wait(lambda: any("✅" in title for title in alone.api.buttons()))
    assert alone.heard(1) == ["还差什么"] and alone.list_of(1).left == left - 1


def test_a_turn_that_a_crash_cut_off_is_taken_again_as_the_same_message(alone: World) -> None:
    alone.rasa.script = lambda text: time.sleep(3) or [text_only(text)]  # type: ignore[func-returns-value]
    environ = {**os.environ, **environment(alone.data, api=alone.api_url, rasa=alone.rasa_url)}
    argv = [sys.executable, "-m", "bot.channels.telegram"]
    crashing = subprocess.Popen(argv, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL)
    try:
        alone.api.say("孩子上户口")
        alone.api.wait(lambda: alone.rasa.received, seconds=30)
        crashing.send_signal(signal.SIGKILL)
    finally:
        crashing.kill()
        crashing.wait(10)
    alone.rasa.script = lambda text: [text_only(text)]
    with serving(alone.here.settings):
        assert alone.answered(1) == ["孩子上户口"]
    first, second = alone.rasa.received
    assert first["message_id"] == second["message_id"]


def test_messages_that_overtook_each_other_are_answered_in_the_order_in_which_they_were_written(alone: World) -> None:
    with webhook(alone):
        alone.api.latest_first = alone.api.held = True
        for text in ("先说这个", "再说这个", "最后这个"):
            alone.api.say(text)
        alone.api.held = False
        assert alone.answered(1, times=3) == ["答：先说这个", "答：再说这个", "答：最后这个"]


def test_a_message_that_comes_much_too_late_is_answered_as_a_reply_to_it(world: World, chat: int) -> None:
    world.api.say("后来写的", chat=chat)
    world.answered(chat)
    late = {"message": {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "先写的"}}
    world.api.deliver(late)
    world.answered(chat, times=2)
    (shown,) = [one for one in world.api.shown[chat].values() if one["text"] == "答：先写的"]
    assert '"message_id": 1' in shown["reply_parameters"]


def test_the_last_question_put_in_other_words_is_answered_anew(world: World, chat: int) -> None:
    number = world.api.say("孩子上沪口", chat=chat)
    world.answered(chat)
    world.api.edit(number, "孩子上户口", chat=chat)
    assert world.answered(chat, times=2)[1] == "答：孩子上户口"
    first, second = [got["message_id"] for got in world.rasa.received if got["sender"] == world.holder(chat)]
    assert first != second, "Rasa would take the same number for the same message"


def test_an_older_message_that_was_changed_is_not_guessed_at(world: World, chat: int) -> None:
    number = world.api.say("孩子上户口", chat=chat)
    world.answered(chat)
    world.api.say("多久", chat=chat)
    world.answered(chat, times=2)
    world.api.edit(number, "老人办社保卡", chat=chat)
    assert world.answered(chat, times=3)[2] == say("telegram_edited")
    assert world.heard(chat) == ["孩子上户口", "多久"]


# --- what is not text, who is not alone ---


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        ({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}}, "hear"),
        ({"video_note": {"file_id": "f", "file_unique_id": "u", "duration": 3, "length": 1}}, "hear"),
        ({"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}, "see"),
        ({"document": {"file_id": "f", "file_unique_id": "u"}}, "see"),
        (
            {"sticker": {"file_id": "f", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
            "sticker",
        ),
        ({"location": {"latitude": 29.6, "longitude": 106.5}}, "place"),
        ({"contact": {"phone_number": "13800000000", "first_name": "王"}}, "contact"),
    ],
)
def test_what_we_cannot_read_is_said_so_and_never_reaches_rasa(world: World, chat: int, sent: dict[str, Any], kind: str) -> None:
    world.api.send(chat=chat, **sent)
    assert world.answered(chat) == [page("answers")["telegram_cannot"][kind]]
    assert world.heard(chat) == []


def test_the_words_under_a_photo_are_answered(world: World, chat: int) -> None:
    world.api.send(chat=chat, photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], caption="这个行吗")
    assert world.answered(chat, times=2) == [page("answers")["telegram_cannot"]["see"], "答：这个行吗"]


def test_in_a_group_nothing_private_is_said_and_chatter_is_left_alone(world: World) -> None:
    group = -next(CHATS)
    world.api.say("今天天气不错", chat=group, kind="group")
    world.api.say("@yjs_test_bot 孩子上户口", chat=group, kind="group")
    world.api.say("/list", chat=group, kind="supergroup")
    assert world.answered(group, times=2) == [say("telegram_group")] * 2
    quiet(world)
    assert len(world.api.texts(group)) == 2 and world.heard(group) == []


def test_somebody_who_blocks_us_is_forgotten_when_telegram_says_so(world: World, chat: int) -> None:
    with_address(world, chat)
    member = {"user": {"id": 7000000001, "is_bot": True, "first_name": "导办"}}
    change = {"chat": {"id": chat, "type": "private"}, "from": {"id": chat, "is_bot": False, "first_name": "王"}, "date": 1}
    world.api.deliver({"my_chat_member": {**change, "old_chat_member": {**member, "status": "member"}, "new_chat_member": {**member, "status": "kicked", "until_date": 0}}})
    world.api.wait(lambda: world.address(chat) is None)


def test_somebody_who_has_blocked_us_unseen_is_forgotten_when_sending_fails(world: World, chat: int) -> None:
    with_address(world, chat)
    world.api.block(chat)
    world.api.say("还差什么", chat=chat)
    world.api.wait(lambda: world.address(chat) is None)


def test_a_chat_that_is_gone_disturbs_nobody_else(world: World, chat: int) -> None:
    world.api.say("你好", chat=chat)
    world.api.known.discard(chat)
    other = next(CHATS)
    world.api.say("你好", chat=other)
    assert world.answered(other) == ["答：你好"]


def with_address(world: World, chat: int) -> None:
    world.with_list(chat)
    world.api.say("孩子上户口", chat=chat)
    world.answered(chat)
    assert world.address(chat) == str(chat)


# --- Telegram on a bad day ---


def test_a_429_is_waited_out_for_as_long_as_telegram_says(world: World, chat: int) -> None:
    world.api.fail("sendMessage", "429", chat=chat)
    world.api.say("孩子上户口", chat=chat)
    assert world.answered(chat) == ["答：孩子上户口"]
    refused, sent = [call for call in world.api.of("sendMessage") if call.given["chat_id"] == str(chat)]
    assert sent.at - refused.at >= world.api.retry_after


@pytest.mark.parametrize("trouble", ["500", "502"])
def test_a_5xx_is_tried_again(world: World, chat: int, trouble: Trouble) -> None:
    world.api.fail("sendMessage", trouble, trouble, chat=chat)
    world.api.say("孩子上户口", chat=chat)
    assert world.answered(chat) == ["答：孩子上户口"]


@pytest.mark.parametrize("trouble", ["hang_after", "drop_after"])
def test_a_message_that_may_have_arrived_is_not_sent_twice_but_offered_again(world: World, chat: int, trouble: Trouble) -> None:
    world.api.fail("sendMessage", trouble, chat=chat)
    world.api.say("孩子上户口", chat=chat)
    assert world.answered(chat, times=2) == ["答：孩子上户口", say("telegram_unsure")]


@pytest.mark.parametrize("trouble", ["hang_before", "drop_before"])
def test_a_message_that_was_lost_comes_when_the_person_asks_for_it(world: World, chat: int, trouble: Trouble) -> None:
    world.api.fail("sendMessage", trouble, chat=chat)
    world.api.say("孩子上户口", chat=chat)
    assert world.answered(chat) == [say("telegram_unsure")]
    world.api.press(say("telegram_again"), chat=chat)
    assert world.answered(chat, times=2)[1] == "答：孩子上户口"
    assert world.heard(chat) == ["孩子上户口"]


def test_a_change_to_a_message_is_tried_again_whatever_happened_because_it_does_no_harm_twice(world: World, chat: int) -> None:
    world.with_list(chat)
    world.api.say("/list", chat=chat)
    world.answered(chat)
    world.api.fail("editMessageText", "hang_after", chat=chat)
    world.api.press(f"⬜ {PAPER}", chat=chat)
    world.api.wait(lambda: any(title.startswith("✅") for title in world.api.buttons(chat)))
    world.api.wait(lambda: any(call.refused and "not modified" in call.refused for call in world.api.of("editMessageText")))
    world.api.say("好了吗", chat=chat)
    world.api.wait(lambda: "答：好了吗" in world.api.texts(chat))
    assert len(world.api.texts(chat)) == 2


def test_a_message_too_old_to_be_changed_is_shown_anew(world: World, chat: int) -> None:
    world.with_list(chat)
    world.api.say("/list", chat=chat)
    world.answered(chat)
    left = world.list_of(chat).left
    world.api.press(f"⬜ {PAPER}", chat=chat)
    with world.api.locked():
        world.api.shown[chat].clear()
    world.api.wait(lambda: world.list_of(chat).left == left - 1 and any("清单" in text for text in world.api.texts(chat)))


def test_a_button_that_waited_too_long_is_done_all_the_same(world: World, chat: int) -> None:
    world.with_list(chat)
    world.api.say("/list", chat=chat)
    world.answered(chat)
    query = world.api.press(f"⬜ {PAPER}", chat=chat)
    world.api.expire(query)
    world.api.wait(lambda: any(title.startswith("✅") for title in world.api.buttons(chat)))


def test_a_pdf_that_may_have_arrived_is_not_sent_twice(world: World, chat: int) -> None:
    world.with_list(chat)
    world.api.say("/list", chat=chat)
    world.answered(chat)
    world.api.fail("sendDocument", "drop_after", chat=chat)
    world.api.press("打印", chat=chat)
    world.api.wait(lambda: [call for call in world.api.of("sendDocument") if call.given["chat_id"] == str(chat)], seconds=20)
    world.api.say("好了吗", chat=chat)
    texts = world.api.wait(lambda: "答：好了吗" in world.api.texts(chat) and world.api.texts(chat))
    assert len(texts) == 3


def test_another_process_that_asks_for_the_same_bot_is_outlived(world: World, chat: int) -> None:
    while not any(call.refused and "Conflict" in call.refused for call in world.api.of("getUpdates")):
        requests.get(f"{world.api_url}/bot{TOKEN}/getUpdates", timeout=5)
        time.sleep(0.05)
    world.api.say("还在吗", chat=chat)
    assert world.answered(chat) == ["答：还在吗"]


def test_when_asking_for_updates_fails_it_is_asked_again(world: World, chat: int) -> None:
    world.api.fail("getUpdates", "502", "drop_before", "429")
    world.api.say("还在吗", chat=chat)
    assert world.answered(chat) == ["答：还在吗"]


def test_a_token_that_telegram_does_not_know_ends_the_process_with_what_to_do(alone: World) -> None:
    with pytest.raises(InvalidToken), serving(given(alone.data, api=alone.api_url, rasa=alone.rasa_url, YJS_TELEGRAM_TOKEN="7:wrong")):
        time.sleep(2)


def test_the_program_says_what_is_wrong_with_a_token_and_never_writes_a_token_into_its_log(alone: World) -> None:
    def run(token: str, seconds: float) -> tuple[str, int]:
        environ = {**os.environ, **environment(alone.data, api=alone.api_url, rasa=alone.rasa_url), "YJS_TELEGRAM_TOKEN": token}
        argv = [sys.executable, "-m", "bot.channels.telegram"]
        program = subprocess.Popen(argv, cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True)
        try:
            return program.communicate(timeout=seconds)[1], program.returncode
        except subprocess.TimeoutExpired:
            program.terminate()
            return program.communicate(timeout=10)[1], program.returncode

    log, code = run("7:wrong", 20)
    assert code == 1 and "YJS_TELEGRAM_TOKEN" in log and "7:wrong" not in log
    alone.api.fail("sendMessage", "500", "drop_after")
    alone.api.say("孩子上户口")
    log, code = run(TOKEN, 8)
    assert code == 0 and alone.heard(1) == ["孩子上户口"]
    assert TOKEN not in log and TOKEN.partition(":")[2] not in log and "孩子上户口" not in log


def test_telegram_that_does_not_answer_at_first_is_waited_for(alone: World) -> None:
    alone.api.fail("getMe", "500", "drop_before", "429")
    with serving(alone.here.settings):
        alone.api.say("在吗")
        assert alone.answered(1) == ["答：在吗"]


# --- Rasa, its action server and the database on a bad day ---


def test_without_rasa_the_knowledge_base_answers_by_keyword_and_says_that_it_is_limited(world: World, chat: int) -> None:
    world.rasa.broken = True
    world.api.say("孩子刚出生要带什么", chat=chat)
    text = world.answered(chat)[0]
    assert say("degraded_notice") in text and "新生儿" in text


def test_without_rasa_the_menu_leads_to_an_answer(world: World, chat: int) -> None:
    world.rasa.broken = True
    world.api.say("呃呃呃", chat=chat)
    assert say("degraded_nothing") in world.answered(chat, times=2)[1]
    world.api.press("新生儿出生", chat=chat)
    assert "【新生儿出生】" in world.answered(chat, times=3)[2]


def test_a_rasa_whose_action_server_is_down_is_no_better_than_none(world: World, chat: int) -> None:
    unavailable = Answer(type="talk", outcome="unavailable", said=(say("unavailable"),)).to_dict()
    world.rasa.script = lambda _text: [reply_of(unavailable)]
    world.api.say("开饭馆要带什么", chat=chat)
    text = world.answered(chat)[0]
    assert say("degraded_notice") in text and "餐饮店" in text


def test_lists_ticks_and_papers_go_on_without_rasa(world: World, chat: int) -> None:
    world.rasa.broken = True
    world.with_list(chat)
    world.api.say("/list", chat=chat)
    world.answered(chat)
    world.api.press(f"⬜ {PAPER}", chat=chat)
    world.api.wait(lambda: any(title.startswith("✅") for title in world.api.buttons(chat)))
    world.api.press("打印", chat=chat)
    world.api.wait(lambda: any(one.get("document") for one in world.api.shown[chat].values()), seconds=20)


def test_when_the_database_is_silent_too_the_reviewed_sentence_is_said(alone: World) -> None:
    alone.rasa.broken = True
    with serving(alone.here.settings):
        alone.api.say("/help")
        alone.answered(1)
        with sqlite3.connect(alone.data / "yjs.db") as database:
            for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                database.execute(f'ALTER TABLE "{table}" RENAME TO "away_{table}"')
        time.sleep(1.1)
        alone.api.say("开饭馆")
        alone.api.say("/list")
        texts = alone.answered(1, times=3)
    assert texts[1:] == [say("unavailable")] * 2


# --- too much, too fast ---


def test_a_flood_from_one_chat_is_refused_with_one_sentence_and_its_newest_message_answered(alone: World) -> None:
    alone.rasa.script = lambda text: time.sleep(0.02) or [text_only(f"答：{text}")]  # type: ignore[func-returns-value]
    for n in range(60):
        alone.api.say(f"第{n}条")
    with serving(alone.here.settings):
        texts = alone.api.wait(lambda: "答：第59条" in alone.api.texts() and alone.api.texts())
    assert texts.count(say("too_fast")) == 1 and len(alone.heard(1)) < 30


def test_buttons_pressed_much_too_fast_are_told_so(world: World, chat: int) -> None:
    world.with_list(chat)
    world.api.say("/list", chat=chat)
    world.answered(chat)
    for _ in range(2):
        for _ in range(15):
            world.api.press("为什么", chat=chat, on=min(world.api.shown[chat]))
        quiet(world)
    world.api.wait(lambda: any(call.given.get("text") == say("too_fast") for call in world.api.of("answerCallbackQuery")), seconds=20)
    assert len(world.api.texts(chat)) < 30


# --- being called ---


def webhook(world: World, **more: str) -> Any:
    """Return the process as a server runs it: behind a proxy that Telegram calls."""
    port = installation_port()
    world.api.proxied[HOOK] = f"http://127.0.0.1:{port}"
    more = {"YJS_TELEGRAM_WEBHOOK_URL": f"{HOOK}/telegram", "YJS_TELEGRAM_LISTEN": f"127.0.0.1:{port}", **more}
    return serving(given(world.data, api=world.api_url, rasa=world.rasa_url, **more))


def installation_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_server_is_called_by_telegram_with_the_secret_it_was_given(alone: World) -> None:
    with webhook(alone, YJS_TELEGRAM_WEBHOOK_SECRET="geheim_123"):
        alone.api.say("孩子上户口")
        assert alone.answered(1) == ["答：孩子上户口"]
    (call,) = alone.api.of("setWebhook")
    assert call.given["secret_token"] == "geheim_123" and alone.api.answers_of_webhook == [200]


@pytest.mark.parametrize("secret", [None, "", "falsch", "geheim_12", "geheim_1234", "ü"])
def test_a_call_without_the_secret_is_refused_and_changes_nothing(alone: World, secret: Any) -> None:
    update = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}}
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret.encode()}
    with webhook(alone, YJS_TELEGRAM_WEBHOOK_SECRET="geheim_123"):
        alone.api.wait(lambda: alone.api.of("setWebhook"))
        answer = requests.post(f"{alone.api.proxied[HOOK]}/telegram", json=update, headers=headers, timeout=5)
    assert answer.status_code == 403 and alone.heard(1) == []


def test_a_server_without_a_secret_of_its_own_makes_one(alone: World) -> None:
    with webhook(alone):
        alone.api.wait(lambda: alone.api.of("setWebhook"))
        answer = requests.post(f"{alone.api.proxied[HOOK]}/telegram", json={}, timeout=5)
    assert answer.status_code == 403
    assert len(alone.api.of("setWebhook")[0].given["secret_token"]) == 64


def test_what_is_no_update_is_refused_and_breaks_nothing(alone: World) -> None:
    with webhook(alone, YJS_TELEGRAM_WEBHOOK_SECRET="geheim_123"):
        alone.api.wait(lambda: alone.api.of("setWebhook"))
        for body in (b"", b"x", b"[]", b'{"update_id": "x"}', b"{}"):
            headers = {"X-Telegram-Bot-Api-Secret-Token": "geheim_123"}
            assert requests.post(f"{alone.api.proxied[HOOK]}/telegram", data=body, headers=headers, timeout=5).status_code == 400
        alone.api.say("还在吗")
        assert alone.answered(1) == ["答：还在吗"]


def test_a_call_that_is_made_again_while_the_first_is_being_answered_is_one_turn(alone: World) -> None:
    alone.rasa.script = lambda text: time.sleep(0.5) or [text_only(text)]  # type: ignore[func-returns-value]
    said = {"message": {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "多久"}}
    with webhook(alone):
        alone.api.wait(lambda: alone.api.of("setWebhook"))
        number = alone.api.deliver(said)
        alone.api.deliver(said, update_id=number)
        quiet(alone)
    assert alone.heard(1) == ["多久"] and len(alone.api.texts()) == 1


# --- told without being asked ---


async def tell(world: World, at: dt.datetime) -> None:
    async with process.make_bot(world.here.settings, QUICK) as bot:
        people = People(world.here, secret=world.here.settings.secret())
        await Bulletin(world.here, people=people, sending=Sending(bot)).tell(at)


def test_everything_about_a_person_is_deleted_only_when_they_say_yes(world: World, chat: int) -> None:
    with_address(world, chat)
    world.api.say("/delete", chat=chat)
    world.api.wait(lambda: say("telegram_delete_ask") in world.api.texts(chat))
    world.api.press(say("telegram_delete_no"), chat=chat)
    world.api.wait(lambda: say("telegram_kept") in world.api.texts(chat))
    assert world.list_of(chat)
    world.api.say("/delete", chat=chat)
    world.api.wait(lambda: say("telegram_delete_ask") in world.api.texts(chat))
    world.api.press(say("telegram_delete_yes"), chat=chat)
    world.api.wait(lambda: say("telegram_deleted") in world.api.texts(chat))
    assert world.list_of(chat) is None and world.address(chat) is None


async def test_a_reminder_is_told_once_with_a_button_that_opens_the_list(world: World, chat: int) -> None:
    with_address(world, chat)
    world.here.reminders.add(world.holder(chat), MATTER, on=NOON.date())
    for _ in range(2):
        await tell(world, NOON)
    (told,) = [text for text in world.api.texts(chat) if MATTER_NAME in text]
    assert "3" in told or PAPER in told
    world.api.press(say("telegram_open"), chat=chat)
    assert f"【{MATTER_NAME}】清单" in world.answered(chat, times=3)[-1]


async def test_nobody_is_told_anything_at_night(world: World, chat: int) -> None:
    with_address(world, chat)
    world.here.reminders.add(world.holder(chat), MATTER, on=NOON.date() - dt.timedelta(days=1))
    answered_ticket(world, chat)
    before = len(world.api.texts(chat))
    for hour in (22, 3, 7):
        await tell(world, NOON.replace(hour=hour))
    assert len(world.api.texts(chat)) == before
    await tell(world, NOON.replace(hour=8))
    assert len(world.api.texts(chat)) == before + 2


@pytest.mark.parametrize("trouble", ["hang_after", "drop_after"])
async def test_a_reminder_that_may_have_arrived_is_not_told_twice(world: World, chat: int, trouble: Trouble) -> None:
    with_address(world, chat)
    world.here.reminders.add(world.holder(chat), MATTER, on=NOON.date())
    quiet(world)
    before = len(world.api.texts(chat))
    world.api.fail("sendMessage", trouble, chat=chat)
    for _ in range(2):
        await tell(world, NOON)
    assert len(world.api.texts(chat)) == before + 1


async def test_a_published_change_is_told_once_to_whose_list_it_touches(alone: World) -> None:
    with serving(alone.here.settings):
        with_address(alone, 1)
    before = "    material: business_licence\n    kind: "
    guide = (ROOT / f"knowledge/content/{MATTER}.yml").read_text(encoding="utf-8")
    changed = alone.data / f"{MATTER}.yml"
    changed.write_text(guide.replace(f"{before}original", f"{before}both"), encoding="utf-8")
    publishing.load(alone.here.engine, at=NOON, paths=[changed])
    shown = len(alone.api.texts())
    time.sleep(1.1)
    for _ in range(2):
        await tell(alone, NOON)
    (told,) = alone.api.texts()[shown:]
    assert say("list_news", matter=MATTER_NAME) in told and "营业执照" in told


async def test_what_staff_wrote_to_a_ticket_is_told_once(world: World, chat: int) -> None:
    with_address(world, chat)
    answered_ticket(world, chat)
    for _ in range(2):
        await tell(world, NOON)
    assert len([text for text in world.api.texts(chat) if "窗口已经改正" in text]) == 1


def answered_ticket(world: World, chat: int) -> None:
    ticket = world.here.tickets.open(
        world.holder(chat), kind="stuck", matter=MATTER, region=None, situation={}, told="跑了三趟", contact=None
    )
    world.here.tickets.answer(ticket.number, by="li", text="窗口已经改正", state="answered")
