"""Where a holder can be written to on a channel, sealed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Optional

import sqlalchemy as sa

from knowledge.store import tables_of_people as t
from knowledge.store.engine import Engine, reading, writing
from knowledge.store.sealing import Sealing


@dataclass(frozen=True)
class Addresses:
    """Keeps and gives back where holders are; `secret` is the key of this installation."""

    engine: Engine
    secret: bytes

    def put(self, holder: str, *, channel: str, address: str, at: dt.datetime) -> None:
        """Keep where `holder` is to be written to."""
        row = {"channel": channel, "sealed": self._sealing().seal(address), "at": at}
        with writing(self.engine) as connection:
            if not connection.execute(t.address.update().where(t.address.c.holder == holder).values(row)).rowcount:
                connection.execute(t.address.insert().values(holder=holder, **row))

    def of(self, holder: str, *, channel: str) -> Optional[str]:
        """Return the address of `holder` on `channel`; None where none is kept, or it was sealed with another secret."""
        query = sa.select(t.address.c.sealed).where(t.address.c.holder == holder, t.address.c.channel == channel)
        with reading(self.engine) as connection:
            sealed = connection.execute(query).scalar_one_or_none()
        return self._sealing().unseal(sealed) if sealed is not None else None

    def forget(self, holder: str) -> None:
        """Forget where `holder` is."""
        with writing(self.engine) as connection:
            connection.execute(t.address.delete().where(t.address.c.holder == holder))

    def channel(self, holder: str) -> Optional[str]:
        """Return the channel on which `holder` can be written to; None where no address is kept."""
        with reading(self.engine) as connection:
            channel: Optional[str] = connection.execute(sa.select(t.address.c.channel).where(t.address.c.holder == holder)).scalar_one_or_none()
        return channel

    def forget_unneeded(self, *, before: dt.datetime) -> None:
        """Forget, of those put before then, where holders are whom no list, reminder or ticket needs to reach."""
        needed = sa.union(*(sa.select(table.c.holder) for table in (t.checklist_member, t.reminder, t.ticket)))
        with writing(self.engine) as connection:
            connection.execute(t.address.delete().where(t.address.c.at < before, t.address.c.holder.not_in(needed)))

    def _sealing(self) -> Sealing:
        return Sealing(self.secret, "knowledge.store.addresses")
