"""Tries that fail, limited by who tries and by what is tried at, for every door together."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass
from typing import Callable

from knowledge import clock
from knowledge.store import attempts
from knowledge.store.engine import Engine

WINDOW = dt.timedelta(hours=1)
MOST_BY_PERSON = 10
MOST_AT_NUMBER = 5
# What is written down of a try that does not count any more, so that it costs the same work.
NOBODY = "-"


@dataclass(frozen=True)
class Tries:
    """Counts failures for one `purpose` within a window; names and numbers are kept only as keyed hashes."""

    engine: Engine
    secret: bytes
    now: Callable[[], dt.datetime]
    purpose: str
    window: dt.timedelta = WINDOW
    most_by_person: int = MOST_BY_PERSON
    most_at_number: int = MOST_AT_NUMBER

    def spent(self, who: str, number: str) -> bool:
        """Tell whether no more may be tried; “” is staff at this machine, whom only the number's limit meets."""
        since = clock.local(self.now()) - self.window
        by_person = attempts.count(self.engine, self._subject("person", who), since=since)
        at_number = attempts.count(self.engine, self._subject("number", number), since=since)
        return bool(who) and by_person >= self.most_by_person or at_number >= self.most_at_number

    def failed(self, who: str, number: str, *, spent: bool) -> None:
        """Write a failure down; one after the last that counted prolongs nothing."""
        subjects = (NOBODY, NOBODY) if spent else (self._subject("person", who), self._subject("number", number))
        attempts.put(self.engine, *subjects, at=clock.local(self.now()))

    def _subject(self, kind: str, name: str) -> str:
        return hmac.new(self.secret, f"{self.purpose}\n{kind}\n{name}".encode(), hashlib.sha256).hexdigest()
