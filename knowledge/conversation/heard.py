"""What one message told us, before anybody answers it; and the plainest answer to it, which only says something."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Mapping, Optional

from knowledge.conversation.context import Context, PendingKind
from knowledge.guidance.catalogue import Catalogue
from knowledge.values.answer import Answer, Kind, Outcome
from knowledge.values.utterance import Utterance

# What every desk returns: what is remembered for the next turn, and the answer.
Turned = tuple[Context, Answer]


@dataclass(frozen=True)
class Heard:
    """The context after listening.

    `resolved` is the open question that was answered, `key` its name and `picked` its value; `changed` says that the case or
    place did; `meant` are circumstances that were concluded from words that nobody wrote down.
    """

    context: Context
    utterance: Utterance
    catalogue: Catalogue
    holder: str
    today: dt.date
    said: tuple[str, ...] = ()
    resolved: Optional[PendingKind] = None
    key: Optional[str] = None
    picked: Optional[str] = None
    changed: bool = False
    unclear_regions: tuple[str, ...] = ()
    new_matter: bool = False
    meant: Mapping[str, str] = field(default_factory=dict)


def reply(heard: Heard, *said: str, type: Kind = "talk", outcome: Outcome = "answered") -> Answer:
    """Return an answer that only says something, after what was said already."""
    return Answer(type=type, outcome=outcome, said=(*heard.said, *said), as_of=heard.today)


def reply_on_matter(heard: Heard, *said: str, type: Kind = "talk", outcome: Outcome = "answered") -> Answer:
    """Return the same, naming the matter in hand as what it is about."""
    return reply(heard, *said, type=type, outcome=outcome).but(matter=heard.context.matter)
