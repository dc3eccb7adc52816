"""The door: the steps between what somebody typed and what Rasa may see of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import Mapping, Union

from bot.door.cleaning import clean, says_nothing
from bot.door.limits import Limits
from bot.door.masking import identifies, mask
from knowledge.errors import StoreUnavailable
from knowledge.store.references import References

LONGEST = 500
# Beyond this nothing is even cleaned.
FAR_TOO_LONG = 20 * LONGEST


@dataclass(frozen=True)
class Admitted:
    """What Rasa may see and store."""

    text: str


@dataclass(frozen=True)
class Refused:
    """Why it stops here: a sentence of `content/wording/answers.yml` and what fills its gaps."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)


class Door:
    """Lets a message in, made harmless, or says which sentence to answer with."""

    def __init__(self, *, limits: Limits, references: References) -> None:
        self._limits = limits
        self._references = references

    async def admit(self, sender: str, *, text: str, at: float) -> Union[Admitted, Refused]:
        """Return what may go on of `text`, which arrived from `sender` at the second `at`."""
        if not self._limits.allow(sender, at=at):
            return Refused("too_fast")
        if len(text) > FAR_TOO_LONG:
            return Refused("too_long", {"limit": LONGEST})
        cleaned = clean(text)
        if says_nothing(cleaned):
            return Refused("empty")
        if len(cleaned) > LONGEST:
            return Refused("too_long", {"limit": LONGEST})
        return await self._masked(sender, cleaned)

    async def _masked(self, sender: str, text: str) -> Union[Admitted, Refused]:
        if not identifies(text):
            return Admitted(text)
        try:
            # In a thread: a locked database would hold up everybody else's messages.
            return Admitted(await asyncio.to_thread(mask, text, partial(self._references.seal, sender)))
        except StoreUnavailable:
            return Refused("unavailable")
