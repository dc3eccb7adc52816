"""What was understood of one message, whichever door it came through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Optional

from knowledge.values.guide import Aspect
from knowledge.values.search import NearFaq, Pointer

MatterStatus = Literal["clear", "ambiguous", "none"]


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """The cleaned text with its act, aspects, matter and what it mentions; numbers are references, never in clear.

    `mended` is the text with its homophones put right, for what is looked up in it word for word.
    """

    text: str
    act: str
    mended: str = ""
    aspects: tuple[Aspect, ...] = ()
    matter: Optional[str] = None
    matter_status: MatterStatus = "none"
    candidates: tuple[str, ...] = ()
    faq: Optional[NearFaq] = None
    elsewhere: Optional[Pointer] = None
    regions: tuple[tuple[str, ...], ...] = ()
    relation: Optional[str] = None
    application_no: Optional[str] = None
    check: Optional[str] = None

    @property
    def words(self) -> str:
        """Return the text in which words are looked up."""
        return self.mended or self.text
