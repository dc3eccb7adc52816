"""Who writes, and where they can be written to."""

from __future__ import annotations

import asyncio
import logging
from typing import Callable, Optional

from bot.door import identity
from knowledge import clock
from knowledge.assistant import Assistant
from knowledge.errors import StoreUnavailable
from knowledge.store.addresses import Addresses

logger = logging.getLogger(__name__)

CHANNEL = "telegram"


class People:
    """Turns chats into senders, and senders back into chats where those were kept."""

    def __init__(self, assistant: Assistant, *, secret: bytes) -> None:
        self._assistant = assistant
        self._secret = secret
        self._addresses = Addresses(assistant.engine, secret)

    def sender(self, chat: int) -> str:
        """Return the name that Rasa and the database know the person of a chat by."""
        return identity.sender(CHANNEL, str(chat), secret=self._secret)

    async def keep(self, chat: int) -> None:
        """Keep where the person is; `knowledge/privacy` forgets it again where no list, reminder or ticket needs it.

        Before a turn, not after it: a turn may be the one that deletes everything.
        """
        at = clock.now(self._assistant.settings)
        await _in_peace(lambda: self._addresses.put(self.sender(chat), channel=CHANNEL, address=str(chat), at=at))

    async def forget(self, chat: int) -> None:
        """Forget where the person is: they have blocked us."""
        await _in_peace(lambda: self._addresses.forget(self.sender(chat)))

    def erase(self, chat: int) -> None:
        """Delete everything about the person."""
        self._assistant.privacy.forget(self.sender(chat))

    def chat(self, holder: str) -> Optional[int]:
        """Return the chat of a holder, None where it is not known or they are on another channel."""
        address = self._addresses.of(holder, channel=CHANNEL)
        return int(address) if address else None


async def _in_peace(work: Callable[[], None]) -> None:
    """Do `work` off the event loop; a silent database spoils nothing that was answered already."""
    try:
        await asyncio.to_thread(work)
    except StoreUnavailable as error:
        logger.error("where somebody can be written to was neither kept nor forgotten: %s", error)
