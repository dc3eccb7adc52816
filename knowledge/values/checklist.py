"""A person's own list: what is kept of it, how it is shared, and what has changed in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Mapping, Optional

if TYPE_CHECKING:
    from knowledge.values.answer import Answer, OpenQuestion

# Owner and companion tick; a reader only looks.
Role = Literal["owner", "companion", "reader"]


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How much of what has to be brought is still missing; `maybe` more depends on answers not given yet."""

    left: int
    total: int
    maybe: int = 0
    role: Role = "owner"


@dataclass(frozen=True, kw_only=True)
class ListSummary:
    """One of a person's lists, as a row."""

    matter: str
    name: str
    region_name: Optional[str]
    left: int
    total: int
    maybe: int
    role: Role
    touched_on: dt.date


@dataclass(frozen=True, kw_only=True)
class Share:
    """A code that opens a list elsewhere, until it expires or is revoked."""

    code: str
    role: Role
    expires_on: dt.date


@dataclass(frozen=True, kw_only=True)
class Case:
    """Whose list it is about: the place and the answers that decide; `person` as in “我妹妹”."""

    region: Optional[str] = None
    zone: Optional[str] = None
    person: Optional[str] = None
    situation: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A list as stored, for one holder; `seen` is every sure line they were last shown, by id: what it said."""

    number: int
    matter: str
    case: Case
    role: Role
    ticked: frozenset[str]
    seen: Mapping[str, str]
    checked_revision: int
    touched_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """One person's list as it stands today; `answer` holds every block of the guide, ticks included.

    `asks` are the questions whose answers decide what `maybe` is wanted.
    """

    matter: str
    name: str
    role: Role
    answer: Answer
    left: int
    total: int
    maybe: int
    asks: tuple[OpenQuestion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class News:
    """What a published change did to somebody's list, not told yet."""

    holder: str
    matter: str
    text: str
