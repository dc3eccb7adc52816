"""One update → what comes of it: who wrote, what they did, and what is sent."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Optional, Sequence

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.telegram import commands, keyboards
from bot.channels.telegram.asking import Asking
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.lists import Lists
from bot.channels.telegram.messages import Message as Sent
from bot.channels.telegram.messages import plain
from bot.channels.telegram.people import People
from bot.channels.telegram.pressing import Pressing
from bot.channels.telegram.sending import Gone
from bot.door.limits import Limits
from knowledge.wording import page, say

logger = logging.getLogger(__name__)

ALLOWED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
# What a message may carry that we cannot use, and the sentence for it.
CANNOT = {
    "hear": ("voice", "audio", "video_note", "video"),
    "see": ("photo", "animation", "document", "story"),
    "sticker": ("sticker", "dice", "poll", "game"),
    "place": ("location", "venue"),
    "contact": ("contact",),
}
MOST_CHATS = 20_000


class Channel:
    """Handles updates; whoever blocked us is forgotten."""

    def __init__(
        self, *, people: People, asking: Asking, lists: Lists, pressing: Pressing, delivery: Delivery, limits: Limits, username: str
    ) -> None:
        self._people = people
        self._asking = asking
        self._lists = lists
        self._pressing = pressing
        self._delivery = delivery
        self._limits = limits
        self._username = username
        # The newest question of each chat: only that one may be put in other words by editing it.
        self._newest: dict[int, int] = {}

    async def handle(self, update: Update) -> None:
        """Do what an update asks for."""
        chat = update.effective_chat
        if chat is None:
            return
        try:
            if update.my_chat_member:
                await self._member(chat.id, update.my_chat_member.new_chat_member.status)
            elif update.callback_query:
                await self._pressed(chat.id, update.callback_query)
            elif update.edited_message:
                await self._edited(update.edited_message)
            elif update.message:
                await self._message(update.message)
        except Gone as error:
            logger.info("a chat is gone: %s", error)
            await self._people.forget(chat.id)

    async def refuse(self, update: Update) -> None:
        """Say that this is too fast."""
        await self._say(update, "too_fast")

    async def apologise(self, update: Update) -> None:
        """Say that it did not work, and who else helps."""
        await self._say(update, "unavailable")

    async def _say(self, update: Update, sentence: str) -> None:
        chat = update.effective_chat
        if chat and chat.type == ChatType.PRIVATE:
            try:
                await self._delivery.send(chat.id, plain(say(sentence)))
            except Gone:
                await self._people.forget(chat.id)

    async def _member(self, chat: int, status: str) -> None:
        if status == ChatMemberStatus.BANNED:
            await self._people.forget(chat)

    async def _pressed(self, chat: int, query: CallbackQuery) -> None:
        message = query.message
        if not isinstance(message, Message) or not self._limits.allow(self._people.sender(chat), at=time.monotonic()):
            too_old = not isinstance(message, Message)
            await self._delivery.sending.acknowledge(query.id, say("telegram_stale" if too_old else "too_fast"))
        elif message.chat.type == ChatType.PRIVATE:
            await self._pressing.press(query, message)

    async def _edited(self, message: Message) -> None:
        """Take a question in other words as asked anew where nothing was asked since; else it is not clear what is meant."""
        if message.chat.type != ChatType.PRIVATE or not message.text:
            return
        newest = self._newest.get(message.chat.id)
        if newest not in (None, message.message_id):
            await self._delivery.send(message.chat.id, plain(say("telegram_edited")), reply_to=message.message_id)
            return
        when = int(message.edit_date.timestamp()) if message.edit_date else 0
        await self._ask(message, message.text, message_id=f"{message.message_id}.{when}", reply_to=message.message_id)

    async def _message(self, message: Message) -> None:
        if message.chat.type != ChatType.PRIVATE:
            await self._in_group(message)
            return
        self._remember(message)
        command, cannot = commands.of(message), _cannot(message)
        if command:
            await self._command(message, command)
        elif message.text:
            await self._ask(message, message.text, message_id=str(message.message_id))
        elif cannot:
            await self._delivery.send(message.chat.id, plain(page("answers")["telegram_cannot"][cannot]))
            if message.caption:
                await self._ask(message, message.caption, message_id=str(message.message_id))

    async def _in_group(self, message: Message) -> None:
        """Answer nothing where others read along, and say so to whoever speaks to us."""
        if commands.of(message) or f"@{self._username}" in (message.text or ""):
            await self._delivery.send(message.chat.id, plain(say("telegram_group"), keyboards.privately(self._username)))

    async def _command(self, message: Message, command: commands.Command) -> None:
        words = commands.words(command)
        if words:
            await self._ask(message, words, message_id=str(message.message_id))
        elif command.name == "list":
            await self._delivery.send(message.chat.id, await asyncio.to_thread(self._lists.all, self._people.sender(message.chat.id)))
        else:
            await self._delivery.send(message.chat.id, commands.answered(command))

    async def _ask(self, message: Message, text: str, *, message_id: str, reply_to: Optional[int] = None) -> None:
        chat = message.chat.id
        await self._people.keep(chat)
        asking = self._asking.messages(self._people.sender(chat), text, message_id=message_id)
        sent: Sequence[Sent] = await self._delivery.sending.type_until(chat, asking)
        await self._delivery.send(chat, sent, reply_to=reply_to or self._overtaken(message))

    def _overtaken(self, message: Message) -> Optional[int]:
        """Return the number of a message that a later one has overtaken: the answer then says what it answers."""
        return message.message_id if message.message_id < self._newest.get(message.chat.id, 0) else None

    def _remember(self, message: Message) -> None:
        self._newest[message.chat.id] = max(message.message_id, self._newest.pop(message.chat.id, 0))
        if len(self._newest) > MOST_CHATS:
            del self._newest[next(iter(self._newest))]


def _cannot(message: Message) -> Optional[str]:
    return next((kind for kind, names in CANNOT.items() if any(getattr(message, name, None) for name in names)), None)
