"""Codes made, opened and ended; whoever tries too often opens nothing for a while."""

from __future__ import annotations

import datetime as dt
from typing import Callable, Optional

from knowledge.checklists import codes
from knowledge.store import checklists as store
from knowledge.store.engine import Engine
from knowledge.tries import Tries
from knowledge.values.checklist import Role, Share

KEPT = dt.timedelta(days=30)
WINDOW = dt.timedelta(minutes=10)
MOST_BY_ONE = 5
# Whoever comes under many names meets this one: all codes are tried at as one.
MOST_BY_ALL = 300
ANY = "codes"


class Sharing:
    """Hands out codes and opens them."""

    def __init__(self, engine: Engine, secret: bytes, now: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._secret = secret
        self._now = now
        self._tries = Tries(engine, secret, now, "codes", window=WINDOW, most_by_person=MOST_BY_ONE, most_at_number=MOST_BY_ALL)

    def make(self, number: int, role: Role) -> Share:
        """Return a new code for the list of that number; it is shown once and stored only as a hash."""
        code, expires_at = codes.new(), self._now() + KEPT
        digits = str(codes.digits(code))
        store.put_share(self._engine, codes.hashed(self._secret, digits), number, role, expires_at=expires_at)
        return Share(code=code, role=role, expires_on=expires_at.date())

    def opened(self, code: str, *, visitor: str) -> Optional[tuple[int, Role]]:
        """Return the list that `code` opens; None alike for an unknown, an expired, a revoked one, and after too many tries."""
        if self._tries.spent(visitor, ANY):
            return None
        digits = codes.digits(code)
        found = store.shared(self._engine, codes.hashed(self._secret, digits), at=self._now()) if digits else None
        if found is None:
            self._tries.failed(visitor, ANY, spent=False)
        return found
