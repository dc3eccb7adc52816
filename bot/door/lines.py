"""One line a sender: their messages are taken in the order in which they came."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import AsyncIterator


class Lines:
    """Lets one message of a sender through at a time and `longest` wait; keeps nothing of a sender with none."""

    def __init__(self, *, longest: int) -> None:
        self._longest = longest
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}

    def full(self, sender: str) -> bool:
        """Tell whether too many messages of `sender` are waiting to let another one in."""
        return self._waiting.get(sender, 0) >= self._longest

    @asynccontextmanager
    async def place(self, sender: str) -> AsyncIterator[None]:
        """Wait until it is the turn of this message."""
        lock = self._locks.setdefault(sender, asyncio.Lock())
        self._waiting[sender] = self._waiting.get(sender, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._waiting[sender] -= 1
            if not self._waiting[sender]:
                del self._waiting[sender], self._locks[sender]
