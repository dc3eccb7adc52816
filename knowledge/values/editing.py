"""Who changed what is published, when and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, Optional

from knowledge.values.guide import Matter

Role = Literal["author", "reviewer", "publisher", "agent"]
DraftState = Literal["submitted", "accepted", "returned", "published", "withdrawn"]
Did = Literal[
    "submitted", "accepted", "returned", "withdrawn", "published", "scheduled", "cancelled", "retired", "restored", "imported"
]


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Who publishes, who reviewed, when and why; `begins_at` only where it is to begin later."""

    by: str
    at: dt.datetime
    reviewed_by: Optional[str] = None
    why: Optional[str] = None
    begins_at: Optional[dt.datetime] = None
    draft: Optional[int] = None


@dataclass(frozen=True, kw_only=True)
class Version:
    """What is known of one version of a matter, apart from its content."""

    code: str
    name: str
    version: int
    fingerprint: str
    published_at: dt.datetime
    published_by: str
    reviewed_by: Optional[str]
    why: Optional[str]
    begins_at: Optional[dt.datetime]
    ends_at: Optional[dt.datetime]
    retired_at: Optional[dt.datetime]
    retired_by: Optional[str]
    retired_reason: Optional[str]


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that somebody did to a matter; never changed, never deleted."""

    at: dt.datetime
    who: str
    did: Did
    code: str
    version: Optional[int] = None
    draft: Optional[int] = None
    why: Optional[str] = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A changed matter on its way; `base_version` is the version it was written over, 0 for a new matter."""

    number: int
    matter: Matter
    fingerprint: str
    base_version: int
    author: str
    why: str
    submitted_at: dt.datetime
    state: DraftState
    reviewer: Optional[str] = None
    reviewed_at: Optional[dt.datetime] = None
    remark: Optional[str] = None


@dataclass(frozen=True, kw_only=True)
class Editor:
    """Somebody with an account."""

    name: str
    roles: tuple[Role, ...]
    password_hash: str
    added_at: dt.datetime
    removed_at: Optional[dt.datetime] = None


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What somebody was told differently at a window than we say."""

    number: int
    at: dt.datetime
    matter: str
    region: Optional[str]
    situation: dict[str, str]
    told: str
    seen_at: Optional[dt.datetime] = None
    seen_by: Optional[str] = None
    outcome: Optional[str] = None


@dataclass(frozen=True, kw_only=True)
class Unanswered:
    """A question that nobody answered, its numbers masked; `vector` made by `encoder`, once an editor has looked."""

    number: int
    at: dt.datetime
    text: str
    aspects: tuple[str, ...]
    region: Optional[str]
    vector: Optional[bytes] = None
    encoder: Optional[str] = None
