"""What a conversation remembers: matter, place, case and the question that is open; small enough to travel in a slot."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal, Mapping, Optional

from pydantic import ValidationError, parse_obj_as

PendingKind = Literal["situation", "region", "matter", "application_no", "check", "rating", "correction", "ticket", "forget", "reminder"]


@dataclass(frozen=True)
class Choice:
    """One option of an open question: what is shown, and what it stands for."""

    text: str
    value: str


@dataclass(frozen=True)
class Pending:
    """The question that is open: an option's number, its text, or another way of saying it answers it."""

    kind: PendingKind
    key: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Context:
    """Everything remembered of one conversation.

    `situations` keeps every matter's, so that a return resumes; `last` is the courtesy said last, so as not to repeat it.
    `told` is what did not work out, carried until it is handed in; `forgotten` says that nothing of all this may be kept.
    """

    matter: Optional[str] = None
    region: Optional[str] = None
    zone: Optional[str] = None
    person: Optional[str] = None
    aspects: tuple[str, ...] = ()
    situations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    pending: Optional[Pending] = None
    application_no: Optional[str] = None
    greeted: bool = False
    misses: int = 0
    last: Optional[str] = None
    told: str = ""
    rating_offered: bool = False
    masking_told: bool = False
    forgotten: bool = False

    def situation(self, matter: Optional[str] = None) -> Mapping[str, str]:
        """Return the answers known for `matter`, or for the matter in hand."""
        return self.situations.get(matter or self.matter or "", {})

    def with_situation(self, situation: Mapping[str, str]) -> Context:
        """Return the context with the answers for the matter in hand replaced."""
        return self.but(situations={**self.situations, str(self.matter): dict(situation)})

    def but(self, **changes: Any) -> Context:
        """Return the context with some fields changed."""
        return dataclasses.replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """Return the context as JSON-ready values, without what is empty."""
        return {key: content for key, content in dataclasses.asdict(self).items() if content}

    @classmethod
    def from_dict(cls, data: Optional[Mapping[str, Any]]) -> Context:
        """Return the context that `to_dict` wrote; a fresh one where it was written by another version."""
        try:
            return parse_obj_as(cls, dict(data or {}))
        except ValidationError:
            return cls(greeted=True)
