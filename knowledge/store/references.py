"""Numbers that identify a person, kept sealed for half an hour and handed only to the one who sent them."""

from __future__ import annotations

import datetime as dt
import secrets
import string
from dataclasses import dataclass
from typing import Callable, Optional

import sqlalchemy as sa

from knowledge.store import tables as t
from knowledge.store.engine import Engine, reading, writing
from knowledge.store.sealing import Sealing

KEPT = dt.timedelta(minutes=30)
# Letters alone: a reference must not itself look like a number that identifies. 26 ** 12 cannot be guessed in half an hour.
LETTERS = string.ascii_lowercase
LENGTH = 12


@dataclass(frozen=True)
class References:
    """Seals and opens; `secret` is the key of this installation, `now` the moment by which a reference expires."""

    engine: Engine
    secret: bytes
    now: Callable[[], dt.datetime]

    def seal(self, holder: str, value: str) -> str:
        """Return a reference to `value` that only `holder` can open; raise StoreUnavailable."""
        reference = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        sealed = self._sealing().seal(value)
        row = {"id": reference, "holder": holder, "sealed": sealed, "expires_at": self.now() + KEPT}
        with writing(self.engine) as connection:
            connection.execute(self._expired())
            connection.execute(t.reference.insert().values(row))
        return reference

    def open(self, holder: str, reference: str) -> Optional[str]:
        """Return what `reference` stands for; None alike for an unknown, an expired and somebody else's."""
        mine = sa.and_(t.reference.c.id == reference, t.reference.c.holder == holder)
        query = sa.select(t.reference.c.sealed).where(mine, t.reference.c.expires_at > self.now())
        with reading(self.engine) as connection:
            sealed = connection.execute(query).scalar_one_or_none()
        # Sealed with the secret of before a change: as good as expired.
        return self._sealing().unseal(sealed) if sealed is not None else None

    def purge(self) -> None:
        """Delete what has expired; every `seal` does it too."""
        with writing(self.engine) as connection:
            connection.execute(self._expired())

    def forget(self, holder: str) -> None:
        """Delete what `holder` sent."""
        with writing(self.engine) as connection:
            connection.execute(sa.delete(t.reference).where(t.reference.c.holder == holder))

    def count(self, holder: str) -> int:
        """Return how many numbers of `holder` are sealed at this moment."""
        query = sa.select(sa.func.count()).where(t.reference.c.holder == holder, t.reference.c.expires_at > self.now())
        with reading(self.engine) as connection:
            return int(connection.execute(query).scalar_one())

    def _expired(self) -> sa.sql.Delete:
        return sa.delete(t.reference).where(t.reference.c.expires_at <= self.now())

    def _sealing(self) -> Sealing:
        return Sealing(self.secret, "knowledge.store.references")
