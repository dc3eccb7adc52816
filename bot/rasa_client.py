"""The one way from a channel to a running Rasa: its REST channel (CONTRACT §4)."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from types import TracebackType
from typing import Any, Mapping, Optional, Sequence, TypedDict

import aiohttp

# Seconds. A turn ends in ten; a message may stand in line behind others of the same sender.
SEND = aiohttp.ClientTimeout(total=20, connect=2)
PARSE = aiohttp.ClientTimeout(total=5, connect=1)
HEALTH = aiohttp.ClientTimeout(total=3, connect=1)


class RasaUnavailable(Exception):
    """Rasa does not answer, or not with replies."""


class Reply(TypedDict):
    """One answer, three times: as plain text, as buttons, and in full."""

    recipient_id: str
    text: str
    buttons: list[dict[str, str]]
    custom: dict[str, Any]


def tells(replies: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether Rasa had something to say; a platform that is down is an answer, an action server that is down is none."""
    custom = [reply["custom"] or {} for reply in replies]
    return any((one.get("type"), one.get("outcome")) != ("talk", "unavailable") for one in custom)


class RasaClient:
    """A client of the Rasa at `base_url`; close it, or use it with `async with`."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url.rstrip("/")
        self._opened: Optional[aiohttp.ClientSession] = None

    async def send(self, sender: str, text: str, message_id: Optional[str] = None) -> list[Reply]:
        """Return the replies to what `sender` wrote; sent again with the same `message_id`, the same replies."""
        body = {"sender": sender, "message": text, **({"message_id": message_id} if message_id else {})}
        replies: list[Reply] = await self._posted("webhooks/rest/webhook", body, SEND)
        return replies

    async def parse(self, text: str) -> dict[str, Any]:
        """Return what the trained model understands of `text` (CONTRACT §2); nothing is stored."""
        parsed: dict[str, Any] = await self._posted("model/parse", {"text": text}, PARSE)
        return parsed

    async def healthy(self) -> bool:
        """Tell whether a citizen can be answered at this moment."""
        try:
            async with self._session().get(f"{self._base_url}/", timeout=HEALTH) as answer:
                return answer.status == HTTPStatus.OK
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False

    async def _posted(self, route: str, body: Mapping[str, str], timeout: aiohttp.ClientTimeout) -> Any:
        try:
            async with self._session().post(f"{self._base_url}/{route}", json=body, timeout=timeout) as answer:
                if answer.status != HTTPStatus.OK:
                    raise RasaUnavailable(f"Rasa at {self._base_url} answers {answer.status}. Look at its log.")
                return await answer.json()
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise RasaUnavailable(f"Rasa at {self._base_url} does not answer. Start it with `make run`.") from error

    async def close(self) -> None:
        """Close the connections."""
        if self._opened:
            await self._opened.close()
            self._opened = None

    async def __aenter__(self) -> RasaClient:
        return self

    async def __aexit__(
        self, kind: Optional[type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        await self.close()

    def _session(self) -> aiohttp.ClientSession:
        # Made on first use: a session belongs to the event loop it is made in.
        if self._opened is None:
            self._opened = aiohttp.ClientSession()
        return self._opened
