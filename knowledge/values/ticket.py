"""A ticket: what did not work out, or that somebody wants a person, and how it goes on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal, Mapping, Optional

# `stuck`: 办不成事; `person`: a hand-over to somebody who can talk.
TicketKind = Literal["stuck", "person"]
TicketState = Literal["received", "handling", "answered", "closed"]
OPEN: tuple[TicketState, ...] = ("received", "handling")


@dataclass(frozen=True, kw_only=True)
class TicketEvent:
    """What happened with a ticket on a day."""

    on: dt.date
    state: TicketState
    text: str


@dataclass(frozen=True, kw_only=True)
class TicketView:
    """A ticket as its holder sees it; `promised_by` is None where no rule of the region is on file."""

    number: str
    kind: TicketKind
    state: TicketState
    state_name: str
    opened_on: dt.date
    promised_by: Optional[dt.date]
    matter: Optional[str]
    region: Optional[str]
    events: tuple[TicketEvent, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """A ticket as staff see it: with what was said, and the contact where a call back is wanted."""

    number: str
    holder: str
    kind: TicketKind
    state: TicketState
    opened_at: dt.datetime
    told: str
    promised_by: Optional[dt.date] = None
    matter: Optional[str] = None
    region: Optional[str] = None
    situation: Mapping[str, str] = field(default_factory=dict)
    contact: Optional[str] = None
    events: tuple[TicketEvent, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TicketNews:
    """What staff wrote to a ticket that its holder was not told yet; `event` is the last of it."""

    holder: str
    number: str
    text: str
    event: int
