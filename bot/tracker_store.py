"""Rasa's tracker store on our own table: short conversations, nothing heavy, and answers while the database is locked."""

from __future__ import annotations

import asyncio
import atexit
import json
import logging
from dataclasses import dataclass
from typing import Any, Iterable, Mapping, Optional, Sequence

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot import tracker_events
from knowledge import clock, settings
from knowledge.errors import StoreUnavailable
from knowledge.store import conversations
from knowledge.store.engine import open_engine

logger = logging.getLogger(__name__)

# How long a reply waits for its conversation to be written, and how long the writer rests where the database is locked.
PATIENCE = 0.25
REST = 1.0


@dataclass(frozen=True)
class Unwritten:
    """A conversation on its way into the database."""

    events: str
    written: asyncio.Future[None]


class BoundedTrackerStore(TrackerStore):  # type: ignore[misc]  # Rasa is untyped
    """Keeps the last turns of every conversation; `max_events` in endpoints.yml says how many events at most."""

    def __init__(
        self,
        domain: Optional[Domain],
        event_broker: Optional[EventBroker] = None,
        host: Optional[str] = None,
        max_events: int = 24,
        **kwargs: Any,
    ) -> None:
        """Open the database of the settings; `host` is Rasa's and not used."""
        super().__init__(domain, event_broker, **kwargs)
        self._settings = settings.load()
        self._engine = open_engine(self._settings.database_url)
        self._max_events = max_events
        self._unwritten: dict[str, Unwritten] = {}
        self._writer: Optional[asyncio.Task[None]] = None
        atexit.register(self._write_what_is_left)

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """Return the conversation of `sender_id`; None, and so a new one, where there is none that can be read."""
        unwritten = self._unwritten.get(sender_id)
        stored = unwritten.events if unwritten else await self._read(sender_id)
        return self._tracker(sender_id, stored) if stored else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the last turns, or none of who has just been forgotten; wait for the database for a moment only, for it may be locked."""
        if (tracker.get_slot("context") or {}).get("forgotten"):
            await self.delete(tracker.sender_id)
            return
        kept = tracker_events.pack(tracker, most=self._max_events)
        if not kept:
            return
        unwritten = Unwritten(_text(kept), asyncio.get_running_loop().create_future())
        self._unwritten[tracker.sender_id] = unwritten
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())
        await asyncio.wait({unwritten.written}, timeout=PATIENCE)

    async def keys(self) -> Iterable[str]:
        """Return everybody with a conversation."""
        stored = await asyncio.to_thread(conversations.senders, self._engine)
        return {*stored, *self._unwritten}

    async def delete(self, sender_id: str) -> None:
        """Forget the conversation of `sender_id`; raise StoreUnavailable where it could not be deleted."""
        self._unwritten.pop(sender_id, None)
        if self._writer and not self._writer.done():
            # What is being written at this moment must not come after.
            await asyncio.wait({self._writer}, timeout=PATIENCE)
        await asyncio.to_thread(conversations.delete, self._engine, sender_id)

    async def _read(self, sender: str) -> Optional[str]:
        try:
            return await asyncio.to_thread(conversations.read, self._engine, sender)
        except StoreUnavailable as error:
            logger.error("A conversation starts anew because it cannot be read: %s", error)
            return None

    def _tracker(self, sender: str, stored: str) -> Optional[DialogueStateTracker]:
        try:
            events = tracker_events.unpack(json.loads(stored))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            logger.error("The stored conversation of %s is corrupt (%s). It starts anew.", sender, type(error).__name__)
            return None
        tracker = self.init_tracker(sender)
        for event in events:
            tracker.update(event)
        return tracker

    async def _write_all(self) -> None:
        while self._unwritten:
            batch = dict(self._unwritten)
            try:
                await asyncio.to_thread(self._write, batch)
            except StoreUnavailable as error:
                logger.error("%d conversations wait to be written: %s", len(batch), error)
                await asyncio.sleep(REST)
            else:
                self._forget_written(batch)

    def _forget_written(self, batch: Mapping[str, Unwritten]) -> None:
        for sender, unwritten in batch.items():
            if not unwritten.written.done():
                unwritten.written.set_result(None)
            if self._unwritten.get(sender) is unwritten:
                del self._unwritten[sender]

    def _write(self, batch: Mapping[str, Unwritten]) -> None:
        if rows := {sender: unwritten.events for sender, unwritten in batch.items()}:
            conversations.write(self._engine, rows, at=clock.now(self._settings))

    def _write_what_is_left(self) -> None:
        try:
            self._write(self._unwritten)
        except StoreUnavailable as error:
            logger.error("%d conversations are lost: %s", len(self._unwritten), error)


def _text(events: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(events, ensure_ascii=False, separators=(",", ":"))
