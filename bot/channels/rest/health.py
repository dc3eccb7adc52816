"""Whether a citizen can really be answered at this moment."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Optional
from urllib.parse import urljoin

import aiohttp

from knowledge import clock
from knowledge.errors import StoreUnavailable
from knowledge.store import conversations, matters
from knowledge.store.engine import Engine

if TYPE_CHECKING:
    from rasa.core.agent import Agent

# Seconds: how long a result holds, and how long a part may take to answer.
HOLDS = 1.5
PATIENCE = 2.0


class Health:
    """Asks the model, the action server and the database; several who ask at once get one result."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asked_at = -HOLDS
        self._down: tuple[str, ...] = ()
        self._asking = asyncio.Lock()

    async def down(self, agent: Optional[Agent]) -> tuple[str, ...]:
        """Return the parts that are down: of model, actions and database; none where all is well."""
        async with self._asking:
            if time.monotonic() - self._asked_at >= HOLDS:
                self._down = await self._ask(agent)
                self._asked_at = time.monotonic()
        return self._down

    async def _ask(self, agent: Optional[Agent]) -> tuple[str, ...]:
        if agent is None or not agent.is_ready():
            return ("model",)
        endpoint = agent.action_endpoint
        actions, database = await asyncio.gather(
            _actions_answer(endpoint.url if endpoint else None), asyncio.to_thread(self._readable)
        )
        return tuple(part for part, up in (("actions", actions), ("database", database)) if not up)

    def _readable(self) -> bool:
        """Tell whether conversations can be read, and whether there is anything to answer from."""
        try:
            conversations.read(self._engine, "")
            return matters.revision(self._engine, now=clock.moment()) > 0
        except StoreUnavailable:
            return False


async def _actions_answer(webhook: Optional[str]) -> bool:
    if not webhook:
        return False
    try:
        patience = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.request("GET", urljoin(webhook, "health"), timeout=patience) as answer:
            return answer.status == HTTPStatus.OK
    except (aiohttp.ClientError, asyncio.TimeoutError):
        return False
