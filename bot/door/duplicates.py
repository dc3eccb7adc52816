"""The same message once more (a retry, a webhook called twice): one turn, and the same reply again."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import Awaitable, Callable, Generic, Optional, TypeVar

T = TypeVar("T")
Key = tuple[str, Optional[str]]

WINDOW = 300.0
MOST_MESSAGES = 5_000


class Duplicates(Generic[T]):
    """Remembers what came of each message for `WINDOW` seconds; a message without an id is always new."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._made: OrderedDict[Key, tuple[float, asyncio.Future[T]]] = OrderedDict()

    async def once(self, key: Key, make: Callable[[], Awaitable[T]], *, keep: Callable[[T], bool]) -> T:
        """Return what `make` gives for the message (sender, id), or gave before; forget what is not worth keeping."""
        if key[1] is None:
            return await make()
        self._forget_old()
        if key not in self._made:
            self._made[key] = (self._clock(), asyncio.ensure_future(make()))
        try:
            # Shielded: a caller who hangs up must not spoil the reply for their own second try.
            made = await asyncio.shield(self._made[key][1])
        except Exception:
            self._made.pop(key, None)
            raise
        if not keep(made):
            self._made.pop(key, None)
        return made

    def _forget_old(self) -> None:
        oldest_kept = self._clock() - WINDOW
        while self._made and (len(self._made) > MOST_MESSAGES or next(iter(self._made.values()))[0] < oldest_kept):
            self._made.popitem(last=False)
