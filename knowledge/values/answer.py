"""An understood need (Question) and what comes of it (Answer): the values that channels show (CONTRACT §4)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal, Mapping, Optional

from knowledge.values.checklist import ListSummary, Progress, Share
from knowledge.values.guide import NATION, Aspect
from knowledge.values.ticket import TicketView

Confidence = Literal["national", "regional", "reference", "unverified"]
Outcome = Literal[
    "answered",
    "needs_choice",
    "needs_detail",
    "not_found",
    "not_in_force",
    "out_of_scope",
    "hand_off",
    "unavailable",
]
Kind = Literal["answer", "choice", "status", "ticket", "rating", "checklist", "talk"]
UNSURE = "unsure"


def decided(situation: Mapping[str, str]) -> dict[str, str]:
    """Return the answers of a case that decide something."""
    return {key: value for key, value in situation.items() if value != UNSURE}


def unsure(situation: Mapping[str, str]) -> frozenset[str]:
    """Return the questions of a case whose answer the person does not know: they are not asked again."""
    return frozenset(key for key, value in situation.items() if value == UNSURE)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a person wants to know about one matter, for their place and case, on a day.

    `unsure` is not asked again; `whole` is for staff: everything that is on file.
    """

    matter: str
    on: dt.date
    aspects: tuple[Aspect, ...] = ()
    region: Optional[str] = None
    zone: Optional[str] = None
    situation: Mapping[str, str] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    faq: Optional[str] = None
    whole: bool = False
    ticked: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What every line carries: its source (index into the answer's sources), how sure it is, since when it holds, when it
    was read and has to be read again, and whether it is borrowed from the reference region.
    """

    source: Optional[int] = None
    confidence: Confidence = "unverified"
    verified_on: Optional[dt.date] = None
    review_by: Optional[dt.date] = None
    effective_from: Optional[dt.date] = None
    borrowed: bool = False


@dataclass(frozen=True, kw_only=True)
class ChecklistLine(Proof):
    """One material to bring; `only_if` says in words for whom, where their answer is not known yet."""

    id: str
    name: str
    kind: Optional[str]
    copies: Optional[int]
    issuer: Optional[str]
    needed: str
    later_days: Optional[int]
    exempt: Optional[str]
    reason: str
    where_to_get: Optional[str]
    note: Optional[str]
    only_if: Optional[str]
    ticked: bool


@dataclass(frozen=True, kw_only=True)
class ItemLine(Proof):
    """One department's service; `limit` is {"days", "unit"} or null."""

    name: str
    department: Optional[str]
    limit: Optional[Mapping[str, Any]]
    statutory_days: Optional[int]
    result: Optional[str]
    only_if: Optional[str] = None


@dataclass(frozen=True, kw_only=True)
class StepLine(Proof):
    """One step, numbered within the answer."""

    n: int
    channel: str
    text: str
    where: Optional[str]
    only_if: Optional[str] = None


@dataclass(frozen=True, kw_only=True)
class LimitLine(Proof):
    """The limit of the whole matter; `done_by` if it begins on the answer's day, `assumed` past the last announced calendar."""

    days: Optional[int]
    unit: str
    starts: Optional[str]
    statutory_days: Optional[int]
    text: Optional[str]
    done_by: Optional[dt.date] = None
    assumed: bool = False


@dataclass(frozen=True, kw_only=True)
class FeeLine(Proof):
    """What it costs."""

    free: Optional[bool]
    text: str


@dataclass(frozen=True, kw_only=True)
class PlaceLine(Proof):
    """Where to go."""

    name: str
    address: Optional[str]
    phone: Optional[str]
    hours: Optional[str]


@dataclass(frozen=True, kw_only=True)
class NoteLine(Proof):
    """A sentence on one aspect; `only_if` as in a checklist line."""

    aspect: str
    text: str
    blocks: bool
    about: Optional[str]
    only_if: Optional[str]


@dataclass(frozen=True, kw_only=True)
class ElsewhereLine(Proof):
    """What people take for this matter: how they ask, and where it belongs."""

    id: str
    asks: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class OpenQuestion:
    """A question back, with the options that decide; a typed option or its number answers it."""

    key: str
    text: str
    options: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CitedSource:
    """A source as shown."""

    title: str
    issuer: Optional[str]
    number: Optional[str]
    date: Optional[str]
    url: Optional[str]
    verified_on: Optional[dt.date]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An outcome with its content; what is not on file is None or empty, and the rendering says so."""

    type: Kind = "answer"
    outcome: Outcome
    matter: Optional[str] = None
    matter_name: Optional[str] = None
    summary: Optional[str] = None
    region: Optional[str] = None
    region_name: Optional[str] = None
    reference_region: Optional[str] = None
    reference_name: Optional[str] = None
    heading: Optional[str] = None
    entry: Optional[str] = None
    as_of: Optional[dt.date] = None
    aspects: tuple[str, ...] = ()
    situation: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    faq: Optional[str] = None
    faq_proof: Proof = Proof()
    checklist: tuple[ChecklistLine, ...] = ()
    items: tuple[ItemLine, ...] = ()
    steps: tuple[StepLine, ...] = ()
    time_limit: Optional[LimitLine] = None
    fee: Optional[FeeLine] = None
    places: tuple[PlaceLine, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    elsewhere: tuple[ElsewhereLine, ...] = ()
    missing: tuple[str, ...] = ()
    review: Optional[str] = None
    questions: tuple[OpenQuestion, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    status: Optional[Mapping[str, Any]] = None
    ticket: Optional[TicketView] = None
    progress: Optional[Progress] = None
    lists: tuple[ListSummary, ...] = ()
    share: Optional[Share] = None
    files: tuple[str, ...] = ()

    def but(self, **changes: Any) -> Answer:
        """Return the answer with some fields changed."""
        return dataclasses.replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON-ready plain values."""
        plain: dict[str, Any] = _plain(self)
        plain["region"] = None if self.region == NATION else self.region
        return plain


def _plain(node: Any) -> Any:
    if dataclasses.is_dataclass(node):
        return {key: _plain(entry) for key, entry in vars(node).items()}
    if isinstance(node, Mapping):
        return {str(key): _plain(entry) for key, entry in node.items()}
    if isinstance(node, (list, tuple)):
        return [_plain(entry) for entry in node]
    return node.isoformat() if isinstance(node, (dt.date, dt.datetime)) else node
