"""What is published at this moment, held in memory and looked up anew when the database's revision has moved."""

from __future__ import annotations

import datetime as dt
import threading
import time
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Callable, Mapping, Optional, Protocol

from knowledge import clock
from knowledge.search.index import Index
from knowledge.store import matters as store
from knowledge.store.engine import Engine
from knowledge.values.guide import Material, Matter

LOOK_EVERY_SECONDS = 1.0


@dataclass(frozen=True)
class Catalogue:
    """Everything published at one revision; never changed, only replaced."""

    revision: int
    matters: Mapping[str, Matter]
    index: Index

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Return the name of every matter by its code."""
        return MappingProxyType({code: matter.name for code, matter in self.matters.items()})

    def listed(self) -> Mapping[str, str]:
        """Return the names of what is on file, for people and for businesses, as sentences list them."""
        kinds = {"person": ("person", "both"), "business": ("business",)}
        return {
            kind: "、".join(matter.name for matter in self.matters.values() if matter.audience in audiences)
            for kind, audiences in kinds.items()
        }

    def documents(self) -> tuple[Material, ...]:
        """Return every document that a guide names, each once."""
        return tuple({material.id: material for matter in self.matters.values() for material in matter.materials}.values())

    def materials(self, code: str) -> Mapping[str, Material]:
        """Return the documents that the guide of `code` names."""
        return {material.id: material for material in self.matters[code].materials}


class Catalogues(Protocol):
    """Whatever hands out the catalogue in force."""

    def current(self) -> Catalogue:
        """Return the catalogue in force."""


class CatalogueSource:
    """Hands out the newest catalogue; looks at the revision at most once a second."""

    def __init__(
        self, engine: Engine, *, now: Callable[[], dt.datetime] = clock.moment, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._engine = engine
        self._now = now
        self._clock = clock
        self._lock = threading.Lock()
        self._looked_at = float("-inf")
        self._current: Optional[Catalogue] = None

    def current(self) -> Catalogue:
        """Return the catalogue in force; raise StoreUnavailable where there is none yet and the database is silent."""
        with self._lock:
            # Nothing published yet: content is on its way, and nobody can be answered before it is seen.
            if not (self._current and self._current.matters) or self._clock() - self._looked_at >= LOOK_EVERY_SECONDS:
                self._refresh()
                self._looked_at = self._clock()
            assert self._current is not None
            return self._current

    def _refresh(self) -> None:
        now = self._now()
        revision = store.revision(self._engine, now=now)
        if self._current is None or self._current.revision != revision:
            self._current = read(self._engine, revision, now=now)


def read(engine: Engine, revision: int, *, now: dt.datetime) -> Catalogue:
    """Return the catalogue that is in force at the moment `now`."""
    matters = {matter.code: matter for matter in store.all_published(engine, now=now)}
    return Catalogue(revision=revision, matters=MappingProxyType(matters), index=Index.build(store.all_phrases(engine, now=now)))
