"""What somebody wrote, to Rasa; where Rasa has nothing to say, to the knowledge base."""

from __future__ import annotations

import time
from typing import Any, Mapping, Sequence

from bot.channels.web import messages
from bot.channels.web.bodies import LONGEST_TEXT
from bot.channels.web.keeping import Keeping
from bot.channels.web.messages import Message
from bot.door import degraded
from bot.door.limits import Limits
from bot.rasa_client import RasaClient, RasaUnavailable, tells
from knowledge.values.answer import Answer
from knowledge.wording import say

Reply = Mapping[str, Any]
# Rasa's own door counts what goes to Rasa; this counts what is answered without it.
BURST, PER_SECOND = 20, 0.5


class Asking:
    """Gives the replies to a message."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping
        self._limits = Limits(burst=BURST, per_second=PER_SECOND)

    async def replies(self, rasa: RasaClient, sender: str, message: Message) -> Sequence[Reply]:
        """Return Rasa's replies; while it or its action server is down, what can be said without them."""
        try:
            replies = messages.shown(await rasa.send(sender, message.text, message_id=message.message_id))
        except RasaUnavailable:
            replies = []
        return replies if tells(replies) else [messages.reply(await self._without_rasa(sender, message.text))]

    async def _without_rasa(self, sender: str, text: str) -> Answer:
        if len(text) > LONGEST_TEXT:
            return _sentence(say("too_long", limit=LONGEST_TEXT))
        if not self._limits.allow(sender, at=time.monotonic()):
            return _sentence(say("too_fast"))
        return await self._keeping.ask(lambda assistant: degraded.answer(assistant, text))


def _sentence(text: str) -> Answer:
    return Answer(type="talk", outcome="needs_detail", said=(text,))
