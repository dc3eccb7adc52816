"""Asking Telegram for updates: for a laptop, which nobody can call."""

from __future__ import annotations

import asyncio
import logging

from telegram import Bot, Update
from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.sending import silence
from bot.channels.telegram.updates import Inbox

logger = logging.getLogger(__name__)

LONG = 25
# While something is being handled Telegram answers at once, with what we have already: not too often, then.
BUSY_SECONDS = 0.3
SHORTEST_PAUSE = 0.5
LONGEST_PAUSE = 30.0


class Polling:
    """Confirms an update only when it has been handled: what a crash cuts off is there again after it."""

    def __init__(self, bot: Bot, inbox: Inbox, *, allowed: tuple[str, ...]) -> None:
        self._bot = bot
        self._inbox = inbox
        self._allowed = allowed
        self._newest = 0
        self._under_way: dict[int, asyncio.Future[None]] = {}

    async def run(self) -> None:
        """Ask until cancelled; raise InvalidToken where Telegram does not know the bot."""
        pause = SHORTEST_PAUSE
        while True:
            try:
                await self._round()
                pause = SHORTEST_PAUSE
            except (Conflict, NetworkError, RetryAfter) as error:
                wait = max(pause, silence(error))
                logger.warning("%s; asked again in %.1f s", _described(error), wait)
                await asyncio.sleep(wait)
                pause = min(2 * pause, LONGEST_PAUSE)

    async def _round(self) -> None:
        updates = await self._ask()
        fresh = [update for update in updates if update.update_id > self._newest]
        for update in sorted(fresh, key=lambda update: update.update_id):
            self._newest = update.update_id
            self._under_way[update.update_id] = self._inbox.take(update)
        if self._under_way and not fresh:
            await asyncio.wait(self._under_way.values(), timeout=BUSY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        self._under_way = {number: done for number, done in self._under_way.items() if not done.done()}

    async def _ask(self) -> tuple[Update, ...]:
        # What is asked from is what is confirmed up to; 0 at the start: whatever Telegram has.
        first = min(self._under_way, default=self._newest + 1 if self._newest else 0)
        seconds = 0 if self._under_way else LONG
        return await self._bot.get_updates(offset=first, timeout=seconds, allowed_updates=self._allowed)


def _described(error: TelegramError) -> str:
    if isinstance(error, Conflict):
        return "another process asks for the updates of this bot. End it, or give this one a token of its own"
    return f"Telegram cannot be asked: {error}"
