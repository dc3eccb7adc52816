"""The lists in force: what finding needs held in memory, a whole item read from the database when it is asked for."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Callable, Optional

from knowledge.items.search import Entries, ItemIndex
from knowledge.store import items as store
from knowledge.store.engine import Engine
from knowledge.values.items import ItemList, ListedItem, ListedQuestion

LOOK_EVERY_SECONDS = 1.0


@dataclass(frozen=True)
class WholeItem:
    """One item with its list and its common questions."""

    listing: ItemList
    item: ListedItem
    questions: tuple[ListedQuestion, ...]


class ItemCatalogue:
    """Hands out the newest index; looks at most once a second whether other lists are in force."""

    def __init__(self, engine: Engine, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._clock = clock
        self._lock = threading.Lock()
        self._looked_at = float("-inf")
        self._current = ItemIndex.build(())

    def current(self) -> ItemIndex:
        """Return the index over all lists in force; empty where none is."""
        with self._lock:
            if self._clock() - self._looked_at >= LOOK_EVERY_SECONDS:
                self._refresh()
                self._looked_at = self._clock()
            return self._current

    def whole(self, listing: ItemList, code: str) -> Optional[WholeItem]:
        """Return an item as it is on file; None where the list has none of that code, or has just been replaced."""
        item = store.item(self._engine, listing.pk, code)
        return WholeItem(listing, item, store.questions(self._engine, listing.pk, code)) if item else None

    def _refresh(self) -> None:
        """Read anew only where the lists have moved: most revisions are of matters."""
        lists = store.in_force(self._engine)
        if lists != self._current.lists:
            entries = [Entries(one, store.names(self._engine, one.pk), store.asks(self._engine, one.pk)) for one in lists]
            self._current = ItemIndex.build(entries)
