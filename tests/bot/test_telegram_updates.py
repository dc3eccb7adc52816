"""What comes in from Telegram in ways of its own: twice, late, changed, not as text, from a group, by a call; each over real HTTP."""

from __future__ import annotations

import dataclasses
import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any

import pytest
import requests

from bot.channels.telegram.process import Timing
from knowledge.settings import ROOT
from knowledge.wording import page, say
from tests.fakes.rasa_rest import text_only
from tests.fakes.telegram_process import CHATS, PAPER, QUICK, World, environment, given, serving

pytest_plugins = ["tests.fakes.telegram_worlds"]

HOOK = "https://bot.example"


def webhook(world: World, *, timing: Timing = QUICK, **more: str) -> Any:
    """Return the process as a server runs it: behind a proxy that Telegram calls."""
    port = installation_port()
    world.api.proxied[HOOK] = f"http://127.0.0.1:{port}"
    more = {"YJS_TELEGRAM_WEBHOOK_URL": f"{HOOK}/telegram", "YJS_TELEGRAM_LISTEN": f"127.0.0.1:{port}", **more}
    return serving(given(world.data, api=world.api_url, rasa=world.rasa_url, **more), timing=timing)


def installation_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# --- the same twice, late, changed ---


def test_an_update_that_comes_twice_is_one_turn(alone: World) -> None:
    said = {"message": {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "多久"}}
    with webhook(alone):
        number = alone.api.deliver(said)
        alone.answered(1)
        alone.quiet()
        alone.api.deliver(said, update_id=number)
        alone.api.say("完了")
        alone.answered(1, times=2)
        alone.quiet()
    assert alone.heard(1) == ["多久", "完了"]


def test_an_update_that_comes_again_after_a_restart_is_still_one_turn(alone: World) -> None:
    said = {"message": {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "多久"}}
    with serving(alone.here.settings):
        number = alone.api.deliver(said)
        alone.answered(1)
        alone.quiet()
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
    # On a busy machine the three arrive further apart than in life.
    with webhook(alone, timing=dataclasses.replace(QUICK, settle=2.0)):
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
    world.quiet()
    assert len(world.api.texts(group)) == 2 and world.heard(group) == []


def test_somebody_who_blocks_us_is_forgotten_when_telegram_says_so(world: World, chat: int) -> None:
    world.with_address(chat)
    member = {"user": {"id": 7000000001, "is_bot": True, "first_name": "导办"}}
    change = {"chat": {"id": chat, "type": "private"}, "from": {"id": chat, "is_bot": False, "first_name": "王"}, "date": 1}
    world.api.deliver({"my_chat_member": {**change, "old_chat_member": {**member, "status": "member"}, "new_chat_member": {**member, "status": "kicked", "until_date": 0}}})
    world.api.wait(lambda: world.address(chat) is None)


def test_somebody_who_has_blocked_us_unseen_is_forgotten_when_sending_fails(world: World, chat: int) -> None:
    world.with_address(chat)
    world.api.block(chat)
    world.api.say("还差什么", chat=chat)
    world.api.wait(lambda: world.address(chat) is None)


def test_a_chat_that_is_gone_disturbs_nobody_else(world: World, chat: int) -> None:
    world.api.say("你好", chat=chat)
    world.api.known.discard(chat)
    other = next(CHATS)
    world.api.say("你好", chat=other)
    assert world.answered(other) == ["答：你好"]


# --- being called ---


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
        alone.quiet()
    assert alone.heard(1) == ["多久"] and len(alone.api.texts()) == 1
