"""What Telegram tells us, each thing once, and each chat's in the order in which it happened."""

from __future__ import annotations

import asyncio
import heapq
import logging
import traceback
from dataclasses import dataclass, field
from typing import Awaitable, Callable, Protocol

from telegram import Update

logger = logging.getLogger(__name__)

Handle = Callable[[Update], Awaitable[None]]


class Handler(Protocol):
    """Who deals with updates."""

    async def handle(self, update: Update) -> None:
        """Do what an update asks for."""

    async def refuse(self, update: Update) -> None:
        """Say that this is too fast."""

    async def apologise(self, update: Update) -> None:
        """Say that it did not work."""


# A chat that has more waiting is told so, once, and what is beyond is left unanswered.
MOST_WAITING = 20


class Taken:
    """Where it is remembered which updates were taken: in the database, so that a restart forgets none."""

    def __init__(self, *, known: Callable[[int], bool], remember: Callable[[int], None]) -> None:
        self._known = known
        self._remember = remember

    async def known(self, number: int) -> bool:
        """Tell whether the update was taken before; while the database is silent, in whatever way, nothing was."""
        try:
            return await asyncio.to_thread(self._known, number)
        except Exception as error:
            logger.error("an update may be taken twice: %s", error)
            return False

    async def remember(self, number: int) -> None:
        """Remember that the update was taken."""
        try:
            await asyncio.to_thread(self._remember, number)
        except Exception as error:
            logger.error("an update may be taken twice: %s", error)


@dataclass
class _Chat:
    """What waits in one chat, lowest number first."""

    waiting: list[int] = field(default_factory=list)
    updates: dict[int, tuple[Update, asyncio.Future[None]]] = field(default_factory=dict)
    jammed: bool = False


class Inbox:
    """Takes updates from any number of tasks.

    An update is remembered when it has been handled: one whose handling a crash cut off comes again, and Rasa
    gives the same replies to the same message.
    """

    def __init__(self, handler: Handler, *, taken: Taken, settle: float) -> None:
        self._handler = handler
        self._taken = taken
        # Seconds that the first of a chat's updates waits for an earlier one that was overtaken on the way.
        self._settle = settle
        self._chats: dict[int, _Chat] = {}
        self._under_way: dict[int, asyncio.Future[None]] = {}
        self._workers: set[asyncio.Task[None]] = set()

    def take(self, update: Update) -> asyncio.Future[None]:
        """Return what is done once the update is handled; one that is under way already is not begun again."""
        if update.update_id not in self._under_way:
            self._under_way[update.update_id] = self._put(update)
        return self._under_way[update.update_id]

    async def finish(self, *, within: float) -> None:
        """Wait until everything taken is handled."""
        if self._workers:
            await asyncio.wait(self._workers, timeout=within)

    def _put(self, update: Update) -> asyncio.Future[None]:
        number = update.effective_chat.id if update.effective_chat else 0
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if number not in self._chats:
            self._chats[number] = _Chat()
            worker = asyncio.create_task(self._work(number))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        chat = self._chats[number]
        heapq.heappush(chat.waiting, update.update_id)
        chat.updates[update.update_id] = (update, done)
        return done

    async def _work(self, number: int) -> None:
        chat = self._chats[number]
        await asyncio.sleep(self._settle)
        while chat.waiting:
            update, done = chat.updates.pop(heapq.heappop(chat.waiting))
            await self._handle_once(update, self._handling(chat))
            self._under_way.pop(update.update_id, None)
            done.set_result(None)
        del self._chats[number]

    def _handling(self, chat: _Chat) -> Handle:
        """Return who takes the next update of a chat: in a jam it is refused, once with words."""
        was_jammed, chat.jammed = chat.jammed, len(chat.waiting) >= MOST_WAITING
        if not chat.jammed:
            return self._handler.handle
        return _ignore if was_jammed else self._handler.refuse

    async def _handle_once(self, update: Update, handle: Handle) -> None:
        if await self._taken.known(update.update_id):
            return
        if not await _in_peace(handle, update):
            await _in_peace(self._handler.apologise, update)
        await self._taken.remember(update.update_id)


async def _in_peace(handle: Handle, update: Update) -> bool:
    """Tell whether the update was handled; whatever goes wrong is written down here and nowhere else."""
    try:
        await handle(update)
    except Exception as error:
        # What the person wrote stays out of the log: the traceback's places are enough to find the fault.
        places = "".join(traceback.format_tb(error.__traceback__))
        logger.error("update %s failed with %s:\n%s", update.update_id, type(error).__name__, places)
        return False
    return True


async def _ignore(_update: Update) -> None:
    return
