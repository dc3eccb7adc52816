"""The whole assistant with Telegram, as `make run` starts it, played through over an emulated Bot API."""

from __future__ import annotations

import itertools
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

import psutil
import pytest

from knowledge.wording import choices, say
from tests import installation
from tests.fakes.rasa_rest import running
from tests.fakes.telegram_api import TOKEN, TelegramApi
from tests.installation import Installation

pytestmark = pytest.mark.model
CHATS = itertools.count(100)
SECONDS = 30.0


@dataclass
class Whole:
    """An installation and the people who write to it."""

    api: TelegramApi
    here: Installation

    def asked(self, text: str, chat: int) -> list[str]:
        """Return what is new in the chat after somebody wrote."""
        before = len(self.api.texts(chat))
        self.api.say(text, chat=chat)
        return self.settled(before, chat)

    def pressed(self, title: str, chat: int) -> list[str]:
        """Return what is new in the chat after somebody pressed a button."""
        before = len(self.api.texts(chat))
        self.api.press(title, chat=chat)
        return self.settled(before, chat)

    def settled(self, before: int, chat: int) -> list[str]:
        self.api.wait(lambda: len(self.api.texts(chat)) > before and self.api.pending == 0, seconds=SECONDS)
        return self.api.texts(chat)[before:]

    def process(self, module: str) -> psutil.Process:
        """Return the process of this installation that runs `module`."""
        return next(
            one
            for one in psutil.process_iter(["cmdline"])
            if module in (one.info["cmdline"] or ()) and one.environ().get("YJS_DATA_DIR") == str(self.here.data)
        )

    @contextmanager
    def stopped(self, module: str) -> Iterator[None]:
        """Let a process hang, as one does that waits for something that never comes."""
        process = self.process(module)
        process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            process.send_signal(signal.SIGCONT)


@pytest.fixture(scope="module")
def whole(trained_model: Path, tmp_path_factory: pytest.TempPathFactory, unused_tcp_port_factory: Any) -> Iterator[Whole]:
    api = TelegramApi()
    ports = (unused_tcp_port_factory(), unused_tcp_port_factory(), unused_tcp_port_factory())
    with running(api.app()) as url:
        more = {"YJS_TELEGRAM_TOKEN": TOKEN, "YJS_TELEGRAM_BASE_URL": f"{url}/bot"}
        for here in installation.running(trained_model, data=tmp_path_factory.mktemp("telegram") / "data", ports=ports, more=more):
            yield Whole(api, here)


@pytest.fixture
def chat() -> int:
    return next(CHATS)


def test_from_start_by_buttons_to_a_ticked_list_on_paper(whole: Whole, chat: int) -> None:
    assert say("telegram_start") in whole.asked("/start", chat)[0]
    brief = whole.pressed(choices("capability_examples")[0], chat)
    assert "【新生儿出生】" in brief[0] and len(brief[0]) < 1500
    while whole.api.buttons(chat)[-1:] == [say("unsure_option")]:
        whole.pressed(whole.api.buttons(chat)[0], chat)
    (listed,) = whole.asked("/list", chat)
    assert "【新生儿出生】清单" in listed
    material = next(title for title in whole.api.buttons(chat) if title.startswith("⬜"))
    whole.api.press(material, chat=chat)
    whole.api.wait(lambda: material.replace("⬜", "✅") in whole.api.buttons(chat), seconds=SECONDS)
    whole.pressed("打印", chat)
    assert any(one.get("document", {}).get("file_name", "").endswith(".pdf") for one in whole.api.shown[chat].values())


def test_what_is_ticked_by_words_is_ticked_on_the_button_and_the_other_way_round(whole: Whole, chat: int) -> None:
    whole.asked("企业跨省搬家要带什么材料", chat)
    whole.asked("营业执照拿到了", chat)
    whole.asked("/list", chat)
    assert any(title.startswith("✅") and "营业执照" in title for title in whole.api.buttons(chat))


def test_a_restart_in_the_middle_of_a_conversation_loses_nothing(whole: Whole, chat: int) -> None:
    whole.asked("孩子出生了，户口怎么办", chat)
    before = whole.process("bot.channels.telegram")
    before.kill()
    before.wait(10)
    assert any("免费" in text or "不收费" in text or "收费" in text for text in whole.asked("要多少钱", chat))
    assert whole.process("bot.channels.telegram").pid != before.pid


def test_a_number_typed_into_the_chat_is_nowhere_on_disk_or_in_the_logs(whole: Whole, chat: int) -> None:
    whole.asked("我手机13987654321，身份证110105194912310021，孩子上户口要带什么", chat)
    for path in whole.here.data.rglob("*"):
        if path.is_file() and path.suffix != ".gz":
            content = path.read_bytes()
            assert b"13987654321" not in content and b"110105194912310021" not in content, path
            assert TOKEN.partition(":")[2].encode() not in content, path


def test_with_a_hanging_action_server_people_are_answered_by_keyword(whole: Whole, chat: int) -> None:
    with whole.stopped("rasa_sdk"):
        said = "\n".join(whole.asked("想开个小饭馆要带啥", chat))
    assert say("degraded_notice") in said and "餐饮店" in said


def test_somebody_who_is_deleted_is_a_stranger_again(whole: Whole, chat: int) -> None:
    whole.asked("孩子出生了，户口怎么办", chat)
    whole.asked("/delete", chat)
    whole.api.press(say("telegram_delete_yes"), chat=chat)
    whole.api.wait(lambda: say("telegram_deleted") in whole.api.texts(chat), seconds=SECONDS)
    assert whole.asked("/list", chat) == [say("checklist_empty")]
    assert say("first_notice") in "\n".join(whole.asked("注销公司要带什么", chat))
