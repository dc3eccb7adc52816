"""One message → replies: through the door, to Rasa, and back as text, buttons and custom of one answer."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from dataclasses import dataclass
from functools import partial
from typing import Any, Awaitable, Callable, Mapping, Optional

from rasa.core.channels.channel import OutputChannel, UserMessage

from bot.door.door import Door, Refused
from bot.door.duplicates import Duplicates
from bot.door.lines import Lines
from bot.rendering import buttons, plain
from knowledge.values.answer import Answer, Outcome
from knowledge.wording import say

logger = logging.getLogger(__name__)

Custom = dict[str, Any]
Reply = dict[str, Any]
Handle = Callable[[UserMessage], Awaitable[Any]]

# Seconds for Rasa and the action server; Rasa itself would wait for an action for five minutes.
DEADLINE = 10.0


@dataclass(frozen=True)
class Taken:
    """What a turn came to; only a `settled` one is said again when the same message comes again."""

    replies: tuple[Reply, ...]
    settled: bool


class Turns:
    """Takes messages; whatever goes wrong, a reviewed sentence comes back."""

    def __init__(self, *, handle: Handle, door: Door, lines: Lines) -> None:
        self._handle = handle
        self._door = door
        self._lines = lines
        self._duplicates: Duplicates[Taken] = Duplicates()

    async def replies(self, sender: str, *, text: str, message_id: Optional[str]) -> tuple[Reply, ...]:
        """Return the replies to one message, at least one."""
        if self._lines.full(sender):
            return _refused(Refused("too_fast")).replies
        take = partial(self._take, sender, text, time.monotonic())
        taken = await self._duplicates.once((sender, message_id), take, keep=lambda taken: taken.settled)
        return taken.replies

    async def _take(self, sender: str, text: str, at: float) -> Taken:
        async with self._lines.place(sender):
            try:
                admitted = await self._door.admit(sender, text=text, at=at)
                if isinstance(admitted, Refused):
                    return _refused(admitted)
                return await self._answered(sender, admitted.text)
            except Exception as error:
                # The message itself stays out of the log: the traceback's places are enough to find the fault.
                places = "".join(traceback.format_tb(error.__traceback__))
                logger.error("A turn of %s failed with %s:\n%s", sender, type(error).__name__, places)
                return _refused(Refused("unavailable"))

    async def _answered(self, sender: str, text: str) -> Taken:
        said = Said()
        await asyncio.wait_for(self._handle(UserMessage(text, said, sender, input_channel="rest")), DEADLINE)
        if not said.answers:
            logger.error("A turn of %s came to nothing. Look at the action server.", sender)
            return _refused(Refused("unavailable"))
        return Taken(tuple(map(_reply, said.answers)), settled=True)


class Said(OutputChannel):  # type: ignore[misc]  # Rasa is untyped
    """Takes what the actions say, one answer an entry."""

    def __init__(self) -> None:
        self.answers: list[Custom] = []

    @classmethod
    def name(cls) -> str:
        """Return the name that Rasa knows the channel by."""
        return "rest"

    async def send_response(self, recipient_id: str, message: Mapping[str, Any]) -> None:
        """Keep the answer in `message`; words of Rasa's own become one."""
        if message.get("custom"):
            self.answers.append(message["custom"])
        elif message.get("text"):
            self.answers.append(_sentence(message["text"], "answered"))


def _reply(custom: Custom) -> Reply:
    return {"text": plain.text(custom), "buttons": buttons.of(custom), "custom": custom}


def _refused(refused: Refused) -> Taken:
    outcome: Outcome = "unavailable" if refused.sentence == "unavailable" else "needs_detail"
    custom = _sentence(say(refused.sentence, **refused.values), outcome)
    return Taken((_reply(custom),), settled=False)


def _sentence(text: str, outcome: Outcome) -> Custom:
    return Answer(type="talk", outcome=outcome, said=(text,)).to_dict()
