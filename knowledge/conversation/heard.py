"""What one message told us, before anybody answers it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Optional

from knowledge.conversation.context import Context, PendingKind
from knowledge.guidance.catalogue import Catalogue
from knowledge.values.utterance import Utterance


@dataclass(frozen=True)
class Heard:
    """The context after listening.

    `resolved` is the open question that was answered, `key` its name and `picked` its value; `changed` says that the case or
    place did.
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
