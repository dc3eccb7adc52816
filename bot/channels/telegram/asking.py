"""What somebody wrote, in plain words, to Rasa; where Rasa does not answer, to the knowledge base."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Mapping, Optional, Sequence

from bot.channels.telegram import answers
from bot.channels.telegram.messages import Message, plain
from bot.door import degraded
from bot.rasa_client import RasaClient, RasaUnavailable, Reply, tells
from knowledge.assistant import Assistant
from knowledge.errors import StoreUnavailable
from knowledge.wording import say

logger = logging.getLogger(__name__)


class Asking:
    """Gives the messages that answer a text."""

    def __init__(self, assistant: Assistant, rasa: RasaClient) -> None:
        self._assistant = assistant
        self._rasa = rasa

    async def messages(self, sender: str, text: str, *, message_id: str) -> tuple[Message, ...]:
        """Return the answer to `text`; asked again with the same `message_id` it is the same turn."""
        replies = await self._replies(sender, text, message_id)
        if replies is None:
            return answers.of(await self._degraded(text))
        return tuple(message for reply in replies for message in _of(reply))

    async def _replies(self, sender: str, text: str, message_id: str) -> Optional[Sequence[Reply]]:
        """Return Rasa's replies, None where it has none to give: it is down, or its action server is."""
        try:
            replies = await self._rasa.send(sender, text, message_id)
        except RasaUnavailable as error:
            logger.error("answered by keyword: %s", error)
            return None
        return replies if tells(replies) else None

    async def _degraded(self, text: str) -> Mapping[str, Any]:
        try:
            return (await asyncio.to_thread(degraded.answer, self._assistant, text)).to_dict()
        except StoreUnavailable as error:
            logger.error("nothing can be answered: %s", error)
            return answers.sentence(say("unavailable"))


def _of(reply: Reply) -> tuple[Message, ...]:
    return answers.of(reply["custom"]) if reply["custom"] else plain(reply["text"])
