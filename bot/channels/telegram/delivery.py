"""What happens when a message does not reach its person for certain."""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import Optional, Sequence

from bot.channels.telegram import keyboards
from bot.channels.telegram.messages import Message, plain
from bot.channels.telegram.sending import Failed, Sending, Unsure
from knowledge.wording import say

logger = logging.getLogger(__name__)

MOST_CHATS = 2_000


class Delivery:
    """Sends answers; of what may or may not have arrived the person says whether to send it again."""

    def __init__(self, sending: Sending) -> None:
        self.sending = sending
        # What Telegram did not confirm, by chat; gone with a restart: the person is asked to write once more then.
        self._unsure: OrderedDict[int, Sequence[Message]] = OrderedDict()

    async def send(self, chat: int, messages: Sequence[Message], *, reply_to: Optional[int] = None) -> None:
        """Send every message, the first as a reply to `reply_to`; raise Gone where nobody is there."""
        unsure = await self._unconfirmed(chat, messages, reply_to)
        if unsure:
            self._remember(chat, unsure)
            await self._unconfirmed(chat, plain(say("telegram_unsure"), keyboards.again()), None)

    async def again(self, chat: int) -> None:
        """Send what was not confirmed once more."""
        await self.send(chat, self._unsure.pop(chat, ()) or plain(say("telegram_again_gone")))

    def forget(self, chat: int) -> None:
        """Keep nothing of a chat."""
        self._unsure.pop(chat, ())

    async def _unconfirmed(self, chat: int, messages: Sequence[Message], reply_to: Optional[int]) -> tuple[Message, ...]:
        unsure = []
        for n, message in enumerate(messages):
            try:
                await self.sending.send(chat, message, reply_to=None if n else reply_to)
            except Unsure as error:
                logger.warning("a message may have arrived or not: %s", error)
                unsure.append(message)
            except Failed as error:
                logger.error("a message was not sent: %s", error)
        return tuple(unsure)

    def _remember(self, chat: int, messages: tuple[Message, ...]) -> None:
        self._unsure[chat] = messages
        if len(self._unsure) > MOST_CHATS:
            self._unsure.popitem(last=False)


