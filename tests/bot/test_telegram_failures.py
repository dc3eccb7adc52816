"""What goes wrong at Telegram, at Rasa or in the database, and what is too much, each thing provoked over real HTTP."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time

import pytest
import requests
from telegram.error import InvalidToken

from knowledge.settings import ROOT
from knowledge.values.answer import Answer
from knowledge.wording import say
from tests.fakes.rasa_rest import reply_of, text_only
from tests.fakes.telegram_api import TOKEN
from tests.fakes.telegram_chats import Trouble
from tests.fakes.telegram_process import PAPER, World, environment, given, serving

pytest_plugins = ["tests.fakes.telegram_worlds"]


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
        world.quiet()
    world.api.wait(lambda: any(call.given.get("text") == say("too_fast") for call in world.api.of("answerCallbackQuery")), seconds=20)
    assert len(world.api.texts(chat)) < 30
