"""What pressing a button does; its data says everything, so that a restart or a second press spoils nothing."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from typing import Awaitable, Callable, Mapping, Sequence

from telegram import CallbackQuery, Message

from bot.channels.telegram import answers, keyboards
from bot.channels.telegram.asking import Asking
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.lists import File, Lists
from bot.channels.telegram.messages import Message as Sent
from bot.channels.telegram.messages import plain
from bot.channels.telegram.people import People
from bot.channels.telegram.sending import Failed, Unsure
from knowledge.checklists import standing
from knowledge.wording import page, say

logger = logging.getLogger(__name__)

MOST_PICKED = 5_000


class Pressing:
    """Does what a button promises."""

    def __init__(self, *, people: People, asking: Asking, lists: Lists, delivery: Delivery) -> None:
        self._people = people
        self._asking = asking
        self._lists = lists
        self._delivery = delivery
        # Options that were picked: a finger that hits a button twice means it once.
        self._picked: OrderedDict[tuple[int, int], None] = OrderedDict()
        # What stands in a button's data after its verb, and who does it.
        self._verbs: Mapping[str, tuple[int, Callable[..., Awaitable[None]]]] = {
            "say": (1, self._pick),
            "try": (1, self._try),
            "ask": (2, self._ask),
            "tick": (3, self._tick),
            "list": (1, self._list),
            "file": (2, self._file),
            "share": (1, self._share),
            "forget": (1, self._forget),
            "again": (0, self._again),
        }

    async def press(self, query: CallbackQuery, message: Message) -> None:
        """Do what the pressed button says; one that nobody made says nothing."""
        verb, *rest = (query.data or "").split(":")
        wanted, do = self._verbs.get(verb, (-1, None))
        if do is None or len(rest) != wanted:
            await self._delivery.sending.acknowledge(query.id, say("telegram_stale"))
            return
        if verb != "tick":
            await self._delivery.sending.acknowledge(query.id)
        await do(query, message, *rest)

    async def _pick(self, query: CallbackQuery, message: Message, _n: str) -> None:
        """Answer the open question with an option, once; the question then shows what was picked."""
        words = keyboards.pressed(str(query.data), message.reply_markup)
        if words is None:
            await self._delivery.send(message.chat.id, plain(say("telegram_stale")))
        elif self._first(message):
            await self._show_picked(message, words)
            await self._say(query, message, words)

    async def _try(self, query: CallbackQuery, message: Message, _n: str) -> None:
        words = keyboards.pressed(str(query.data), message.reply_markup)
        if words is None:
            await self._send(message, plain(say("telegram_stale")))
        else:
            await self._say(query, message, words)

    async def _ask(self, query: CallbackQuery, message: Message, aspect: str, key: str) -> None:
        holder = self._people.sender(message.chat.id)
        if aspect == "why":
            await self._send(message, await asyncio.to_thread(self._lists.why, holder, key))
            return
        matter = await asyncio.to_thread(self._lists.matter, key)
        titles = page("answers")["telegram_aspects"]
        if matter is None or aspect not in titles:
            await self._send(message, plain(say("telegram_stale")))
            return
        await self._say(query, message, say("telegram_ask", matter=self._lists.name(matter), words=titles[aspect]))

    async def _tick(self, query: CallbackQuery, message: Message, wanted: str, key: str, requirement: str) -> None:
        """Tick in place; the message is drawn from the database, however many presses came meanwhile."""
        holder = self._people.sender(message.chat.id)
        after = await asyncio.to_thread(self._lists.tick, holder, key, requirement, ticked=wanted == "1")
        if after is None:
            await self._delivery.sending.acknowledge(query.id, say("telegram_list_gone"))
            return
        await self._delivery.sending.acknowledge(query.id, standing.left(after))
        await self._edit(message, answers.checklist(after.answer.to_dict())[-1])

    async def _list(self, _query: CallbackQuery, message: Message, key: str) -> None:
        await self._send(message, await asyncio.to_thread(self._lists.open, self._people.sender(message.chat.id), key))

    async def _share(self, _query: CallbackQuery, message: Message, key: str) -> None:
        await self._send(message, await asyncio.to_thread(self._lists.share, self._people.sender(message.chat.id), key))

    async def _file(self, _query: CallbackQuery, message: Message, kind: str, key: str) -> None:
        chat = message.chat.id
        making = asyncio.to_thread(self._lists.file, self._people.sender(chat), key, kind)
        file = await self._delivery.sending.type_until(chat, making)
        if not isinstance(file, File):
            await self._send(message, file)
            return
        try:
            await self._delivery.sending.document(chat, file.content, name=file.name, caption=file.caption)
        except Unsure as error:
            # The button is still there: who got nothing presses it again.
            logger.warning("a file may have arrived or not: %s", error)
        except Failed as error:
            logger.error("a file was not sent: %s", error)
            await self._send(message, plain(say("telegram_no_file")))

    async def _forget(self, _query: CallbackQuery, message: Message, answer: str) -> None:
        chat = message.chat.id
        if answer == "yes":
            await asyncio.to_thread(self._people.erase, chat)
            self._delivery.forget(chat)
        await self._edit(message, plain(say("telegram_deleted" if answer == "yes" else "telegram_kept"))[0])

    async def _again(self, _query: CallbackQuery, message: Message) -> None:
        await self._delivery.again(message.chat.id)

    async def _say(self, query: CallbackQuery, message: Message, words: str) -> None:
        chat = message.chat.id
        await self._people.keep(chat)
        asking = self._asking.messages(self._people.sender(chat), words, message_id=f"press-{query.id}")
        await self._send(message, await self._delivery.sending.type_until(chat, asking))

    async def _send(self, message: Message, messages: Sequence[Sent]) -> None:
        await self._delivery.send(message.chat.id, messages)

    async def _edit(self, message: Message, after: Sent) -> None:
        try:
            await self._delivery.sending.edit(message.chat.id, message.message_id, after)
        except Failed as error:
            # Too old to be changed, or gone: what is true now is shown anew.
            logger.info("a message was not changed, a new one is sent: %s", error)
            await self._send(message, (after,))

    async def _show_picked(self, message: Message, option: str) -> None:
        picked = plain(say("telegram_picked", question=message.text or "", option=option))[0]
        try:
            await self._delivery.sending.edit(message.chat.id, message.message_id, picked)
        except Failed as error:
            logger.info("the options of a question stay: %s", error)

    def _first(self, message: Message) -> bool:
        which = (message.chat.id, message.message_id)
        if which in self._picked:
            return False
        self._picked[which] = None
        if len(self._picked) > MOST_PICKED:
            self._picked.popitem(last=False)
        return True
