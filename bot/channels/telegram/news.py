"""What is told without being asked: a reminder that was asked for, what changed in a list, what staff wrote to a ticket."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from functools import partial
from typing import Callable, Optional

from bot.channels.telegram import keyboards
from bot.channels.telegram.messages import plain
from bot.channels.telegram.people import People
from bot.channels.telegram.sending import Failed, Gone, Sending, Unsure
from knowledge import clock
from knowledge.assistant import Assistant
from knowledge.errors import StoreUnavailable
from knowledge.reminders import when

logger = logging.getLogger(__name__)

EVERY_SECONDS = 60.0


class Bulletin:
    """Looks once a minute whether there is something to tell."""

    def __init__(self, assistant: Assistant, *, people: People, sending: Sending) -> None:
        self._assistant = assistant
        self._people = people
        self._sending = sending

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.tell(clock.now(self._assistant.settings))
            except StoreUnavailable as error:
                logger.error("nothing is told this minute: %s", error)
            await asyncio.sleep(EVERY_SECONDS)

    async def tell(self, now: dt.datetime) -> None:
        """Tell what is due at `now`, each once."""
        if when.is_quiet(now):
            return
        reminders, checklists, tickets = self._assistant.reminders, self._assistant.checklists, self._assistant.tickets
        for due in await asyncio.to_thread(lambda: tuple(reminders.due(now))):
            await self._tell(due.holder, due.reminder.matter, due.text, partial(reminders.told, due.reminder))
        for news in await asyncio.to_thread(lambda: tuple(checklists.news())):
            await self._tell(news.holder, news.matter, news.text, partial(checklists.told, news))
        for answered in await asyncio.to_thread(lambda: tuple(tickets.news())):
            await self._tell(answered.holder, None, answered.text, partial(tickets.told, answered))

    async def _tell(self, holder: str, matter: Optional[str], text: str, told: Callable[[], None]) -> None:
        """Tell one holder; remembered also where it may have arrived: better missed than told twice."""
        chat = await asyncio.to_thread(self._people.chat, holder)
        if chat is None:
            return
        try:
            await self._sending.send(chat, plain(text, keyboards.opening(matter) if matter else None)[-1])
        except Gone:
            await self._people.forget(chat)
        except Unsure as error:
            logger.warning("a reminder may have arrived or not: %s", error)
        except Failed as error:
            logger.error("told a minute later: %s", error)
            return
        await asyncio.to_thread(told)
