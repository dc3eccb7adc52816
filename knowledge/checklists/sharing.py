"""Codes made, opened and ended; whoever tries too often opens nothing for a while."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass
from typing import Callable, Optional

from knowledge.checklists import codes
from knowledge.store import attempts
from knowledge.store import checklists as store
from knowledge.store.engine import Engine
from knowledge.values.checklist import Role, Share

KEPT = dt.timedelta(days=30)
WINDOW = dt.timedelta(minutes=10)
MOST_BY_ONE = 5
# Whoever comes under many names meets this one.
MOST_BY_ALL = 300
EVERYBODY = "codes"


@dataclass(frozen=True)
class Sharing:
    """Hands out codes and opens them."""

    engine: Engine
    secret: bytes
    now: Callable[[], dt.datetime]

    def make(self, number: int, role: Role) -> Share:
        """Return a new code for the list of that number; it is shown once and stored only as a hash."""
        code, expires_at = codes.new(), self.now() + KEPT
        digits = str(codes.digits(code))
        store.put_share(self.engine, codes.hashed(self.secret, digits), number, role, expires_at=expires_at)
        return Share(code=code, role=role, expires_on=expires_at.date())

    def opened(self, code: str, *, visitor: str) -> Optional[tuple[int, Role]]:
        """Return the list that `code` opens; None alike for an unknown, an expired, a revoked one, and after too many tries."""
        subject = hmac.new(self.secret, f"visitor\n{visitor}".encode(), hashlib.sha256).hexdigest()
        if self._tries(subject) >= MOST_BY_ONE or self._tries(EVERYBODY) >= MOST_BY_ALL:
            return None
        digits = codes.digits(code)
        found = store.shared(self.engine, codes.hashed(self.secret, digits), at=self.now()) if digits else None
        if found is None:
            attempts.put(self.engine, subject, EVERYBODY, at=self.now())
        return found

    def _tries(self, subject: str) -> int:
        return attempts.count(self.engine, subject, since=self.now() - WINDOW)
