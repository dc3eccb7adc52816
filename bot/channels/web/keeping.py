"""The knowledge base in this process: opened once, asked from threads, so that lists go on while Rasa is stopped."""

from __future__ import annotations

import asyncio
import threading
from http import HTTPStatus
from typing import Callable, Optional, TypeVar

from bot.channels.web.security import Refused
from knowledge.assistant import Assistant, build
from knowledge.errors import StoreUnavailable
from knowledge.settings import Settings
from knowledge.wording import say

Found = TypeVar("Found")


class Keeping:
    """Gives work to the services of `knowledge`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._assistant: Optional[Assistant] = None

    async def ask(self, work: Callable[[Assistant], Found]) -> Found:
        """Return what `work` finds; raise Refused with a sentence to read where the database does not answer."""
        try:
            return await asyncio.to_thread(lambda: work(self._opened()))
        except StoreUnavailable as error:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", said=say("unavailable")) from error

    async def warm(self) -> None:
        """Open everything before the first person asks; a database that is not there yet is met again then."""
        try:
            await asyncio.to_thread(lambda: self._opened().catalogues.current())
        except StoreUnavailable:
            return

    def _opened(self) -> Assistant:
        with self._lock:
            if self._assistant is None:
                self._assistant = build(self._settings)
            return self._assistant
