"""The Telegram process of ours, as it is started, in a thread of its own; stopped as the launcher stops it."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, Mapping, Optional

from bot.channels.telegram.people import CHANNEL
from bot.channels.telegram.process import Timing, serve
from bot.door import identity
from knowledge import assistant as assistants
from knowledge import settings
from knowledge.assistant import Assistant
from knowledge.settings import Settings
from knowledge.store.addresses import Addresses
from knowledge.values.answer import Question
from tests.fakes.rasa_rest import FakeRasa, running, text_only
from tests.fakes.telegram_api import TOKEN, TelegramApi

# Chats that nobody has written from.
CHATS = itertools.count(100)
# A matter with several documents that everybody needs.
MATTER, MATTER_NAME, PAPER = "enterprise_relocation", "企业迁移登记", "居民身份证"
QUICK = Timing(read=0.6, connect=1.0, settle=0.4, finish=3.0, first_pause=0.05)


def given(data: Path, *, api: str, rasa: str, **more: str) -> Settings:
    """Return the settings of a process on the data in `data`."""
    return settings.load(environment(data, api=api, rasa=rasa, **more))


def environment(data: Path, *, api: str, rasa: str, **more: str) -> Mapping[str, str]:
    """Return the settings as variables."""
    return {
        "YJS_DATA_DIR": str(data),
        "YJS_RASA_LISTEN": rasa.removeprefix("http://"),
        "YJS_TELEGRAM_TOKEN": TOKEN,
        "YJS_TELEGRAM_BASE_URL": f"{api}/bot",
        "YJS_NOW": "2026-11-23T10:00:00",
        **more,
    }


@dataclass
class World:
    """Everything around one running Telegram process."""

    api: TelegramApi
    rasa: FakeRasa
    here: Assistant
    data: Path
    api_url: str
    rasa_url: str

    def holder(self, chat: int) -> str:
        return identity.sender(CHANNEL, str(chat), secret=self.here.settings.secret())

    def heard(self, chat: int) -> list[str]:
        """Return what Rasa heard from a chat."""
        return [got["message"] for got in self.rasa.received if got["sender"] == self.holder(chat)]

    def with_list(self, chat: int, matter: str = MATTER) -> None:
        """Keep a list for a chat, as the conversation does."""
        question = Question(matter=matter, on=dt.date(2026, 11, 23), aspects=("materials",))
        self.here.checklists.keep(self.holder(chat), question, self.here.guidance.answer(question))

    def list_of(self, chat: int) -> Any:
        return self.here.checklists.open(self.holder(chat), MATTER)

    def address(self, chat: int) -> Optional[str]:
        return Addresses(self.here.engine, self.here.settings.secret()).of(self.holder(chat), channel=CHANNEL)

    def with_address(self, chat: int) -> None:
        """Let somebody with a list write, so that they can be told of it later."""
        self.with_list(chat)
        self.api.say("孩子上户口", chat=chat)
        self.answered(chat)
        assert self.address(chat) == str(chat)

    def quiet(self) -> None:
        """Wait until the bot has confirmed everything."""
        self.api.wait(lambda: self.api.pending == 0)

    def answered(self, chat: int, *, times: int = 1) -> list[str]:
        """Return what the chat shows once the bot has sent that many messages."""
        return list(self.api.wait(lambda: len(self.api.texts(chat)) >= times and self.api.texts(chat)))


def opened(stack: ExitStack, data: Path) -> World:
    """Return the emulated Bot API, the stand-in for Rasa and the knowledge base in `data`; the process is not started."""
    api, rasa = TelegramApi(), FakeRasa(lambda text: [text_only(f"答：{text}")])
    api_url, rasa_url = stack.enter_context(running(api.app())), stack.enter_context(running(rasa.app()))
    return World(api, rasa, assistants.build(given(data, api=api_url, rasa=rasa_url)), data, api_url, rasa_url)


@contextmanager
def serving(here: Settings, *, timing: Timing = QUICK) -> Iterator[None]:
    """Serve Telegram until left."""
    loop = asyncio.new_event_loop()
    ended: list[Optional[BaseException]] = []

    def run() -> None:
        asyncio.set_event_loop(loop)
        task = loop.create_task(serve(here, timing=timing))
        stopping.append(task)
        ready.set()
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            ended.append(None)
        except BaseException as error:
            ended.append(error)
        finally:
            loop.run_until_complete(loop.shutdown_default_executor())

    stopping: list[asyncio.Task[None]] = []
    ready = threading.Event()
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield
    finally:
        if not ended:
            loop.call_soon_threadsafe(stopping[0].cancel)
        thread.join(15)
        assert ended, "the process did not stop"
        if ended[0] is not None:
            raise ended[0]
