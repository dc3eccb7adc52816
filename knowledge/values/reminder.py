"""A reminder that a person asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """When somebody is to be reminded of which matter."""

    number: int
    holder: str
    matter: str
    due_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Due:
    """A reminder whose time has come, with what is to be said."""

    reminder: Reminder
    holder: str
    text: str
