"""What a matter's guide consists of: the words of GB/T 39554, one class each."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from typing import Literal, Mapping, Optional, Union, get_args

from knowledge.values.base import value

NATION = "000000"

Aspect = Literal[
    "overview", "materials", "process", "eligibility", "time_limit", "fee", "location", "online", "result"
]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
Audience = Literal["person", "business", "both"]
Channel = Literal["window", "online", "hotline"]
Unit = Literal["working_day", "day", "month", "year", "unknown"]
Level = Literal["A", "B"]
# What a note is about beyond its aspect: why people are sent back, how the result reaches them, doing it from another province.
Topic = Literal["refusal", "delivery", "cross_region"]
# A source that was read is read again at least once a year.
REVIEWED_EVERY = dt.timedelta(days=365)

# Any of the alternatives, each of which asks that every key has one of its values. Empty: always.
When = tuple[Mapping[str, tuple[str, ...]], ...]


@value
class Source:
    """Where a line comes from; `scope` is the region whose rule it is, `level` A (read officially) or B (reported)."""

    id: str
    title: str
    issuer: Optional[str] = None
    number: Optional[str] = None
    date: Optional[str] = None
    url: Optional[str] = None
    scope: str = NATION
    level: Level = "A"
    verified_on: Optional[dt.date] = None
    review_by: Optional[dt.date] = None
    note: Optional[str] = None

    def due(self) -> Optional[dt.date]:
        """Return the day by which somebody has to read the source again; None where nobody is known to have read it."""
        if self.review_by or not self.verified_on:
            return self.review_by
        return self.verified_on + REVIEWED_EVERY


@value
class Material:
    """A document as such: who issues it, where to get it, and the words people use for it."""

    id: str
    name: str
    issuer: Optional[str] = None
    where_to_get: Optional[str] = None
    words: tuple[str, ...] = ()


@value
class Line:
    """What every line of a guide carries: its identity, its condition, its source, and days where they are not the guide's."""

    id: str = ""
    when: When = ()
    source: Optional[str] = None
    unverified: bool = False
    effective_from: Optional[dt.date] = None
    effective_to: Optional[dt.date] = None


@value
class Item(Line):
    """One department's single service inside a matter."""

    name: str
    department: Optional[str] = None
    days: Optional[int] = None
    unit: Unit = "unknown"
    statutory_days: Optional[int] = None
    result: Optional[str] = None


@value
class Requirement(Line):
    """A material that a guide asks for, in which form, when, and why."""

    material: str
    kind: Optional[Literal["original", "copy", "both", "form"]] = None
    copies: Optional[int] = None
    needed: Literal["required", "later", "optional"] = "required"
    later_days: Optional[int] = None
    exempt: Optional[Literal["e-licence", "data", "system-form"]] = None
    reason: str
    note: Optional[str] = None


@value
class Step(Line):
    """One thing to do, at a window, online or by phone."""

    channel: Channel
    text: str
    where: Optional[str] = None


@value
class TimeLimit(Line):
    """How long the whole matter takes; `starts` is the event that starts the clock, None where that is not on file."""

    days: Optional[int] = None
    unit: Unit = "unknown"
    starts: Optional[Literal["accepted", "submitted", "event"]] = None
    statutory_days: Optional[int] = None
    text: Optional[str] = None


@value
class Fee(Line):
    """What the matter costs."""

    free: Optional[bool] = None
    text: str


@value
class Office(Line):
    """A place where people go, with the hours and the phone that are on file."""

    name: str
    address: Optional[str] = None
    phone: Optional[str] = None
    hours: Optional[str] = None


@value
class Note(Line):
    """A sentence on one aspect; `blocks` says that under this condition the matter cannot be done this way."""

    aspect: Aspect
    text: str
    blocks: bool = False
    about: Optional[Topic] = None


@value
class Elsewhere(Line):
    """What people take for this matter and is another's: how they ask, and where it belongs; `to` where that is a matter of ours."""

    asks: tuple[str, ...]
    text: str
    to: Optional[str] = None


@value
class Faq(Line):
    """A common question, in several wordings, with its answer."""

    asks: tuple[str, ...]
    answer: str
    aspect: Optional[Aspect] = None


@value
class Option:
    """One possible answer to a situation question; `words` are other ways of saying it."""

    value: str
    text: str
    words: tuple[str, ...] = ()


@value
class SituationQuestion:
    """A question whose answer decides which lines apply; asked only where `when` holds."""

    key: str
    ask: str
    options: tuple[Option, ...]
    when: When = ()


@value
class Guide:
    """What one region says about a matter, from a date.

    Blocks are inherited from the parent region; those neither named in `whole` nor of a `reference` guide are taken for
    parts of a list, and completed by the reference.
    """

    region: str = NATION
    effective_from: dt.date
    effective_to: Optional[dt.date] = None
    reference: bool = False
    whole: tuple[str, ...] = ()
    entry: Optional[str] = None
    drops: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    steps: tuple[Step, ...] = ()
    time_limits: tuple[TimeLimit, ...] = ()
    fees: tuple[Fee, ...] = ()
    offices: tuple[Office, ...] = ()
    notes: tuple[Note, ...] = ()
    faqs: tuple[Faq, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()


@value
class Reading:
    """One of several readings of the same fact."""

    text: str
    source: Optional[str] = None


@value
class Contradiction:
    """A fact on which sources disagree: for editors; `shown` says which cautious reading citizens get."""

    id: str
    readings: tuple[Reading, ...]
    shown: str


@value
class Matter:
    """One 一件事, with everything that is on file about it."""

    code: str
    name: str
    audience: Audience
    stage: Optional[str] = None
    summary: str
    aliases: tuple[str, ...]
    questions: tuple[str, ...]
    situations: tuple[SituationQuestion, ...] = ()
    materials: tuple[Material, ...] = ()
    sources: tuple[Source, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    guides: tuple[Guide, ...] = field(default=())
    version: int = 0


AnyLine = Union[Item, Requirement, Step, TimeLimit, Fee, Office, Note, Faq, Elsewhere]
