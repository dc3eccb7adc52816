"""What is published now, one source a process; a silent database counts as what was last known."""

from __future__ import annotations

import logging
from functools import lru_cache
from types import MappingProxyType

from knowledge import clock, settings
from knowledge.errors import StoreUnavailable
from knowledge.guidance.catalogue import Catalogue, CatalogueSource
from knowledge.search.index import Index
from knowledge.store.engine import open_engine

logger = logging.getLogger(__name__)
NOTHING = Catalogue(revision=-1, matters=MappingProxyType({}), index=Index.build(()))


class Published:
    """The newest catalogue that could be read."""

    def __init__(self, source: CatalogueSource) -> None:
        self._source = source
        self._last = NOTHING
        self._silent = False

    def current(self) -> Catalogue:
        """Return what is published; nothing where there has never been an answer."""
        try:
            self._last, self._silent = self._source.current(), False
        except StoreUnavailable as error:
            if not self._silent:
                logger.warning("understanding goes on with what was last known (revision %s): %s", self._last.revision, error)
            self._silent = True
        return self._last


@lru_cache(maxsize=1)
def published() -> Published:
    """Return the source of this process, on the database of the settings."""
    here = settings.load()
    return Published(CatalogueSource(open_engine(here.database_url), now=lambda: clock.now(here)))
