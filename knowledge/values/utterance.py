"""What was understood of one message, whichever door it came through."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Mapping, Optional

from knowledge.values.guide import Aspect
from knowledge.values.search import NearFaq, Pointer

# An aspect less sure than this is a guess.
CERTAIN = 0.3
MatterStatus = Literal["clear", "ambiguous", "none"]


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """The cleaned text with its act, aspects, matter and what it mentions; numbers are references, never in clear.

    `mended` is the text with its homophones put right, for what is looked up in it word for word. `act_sure` and `certain` are how sure the
    act and the first aspect are, `shares` how likely each matter is, likeliest first; `business` says that something is asked about some business, ours or not.
    `masked` is what was typed of a person's own numbers: id_card, phone.
    """

    text: str
    act: str
    act_sure: float = 1.0
    mended: str = ""
    aspects: tuple[Aspect, ...] = ()
    matter: Optional[str] = None
    matter_status: MatterStatus = "none"
    candidates: tuple[str, ...] = ()
    certain: float = 1.0
    shares: Mapping[str, float] = field(default_factory=dict)
    business: bool = False
    faq: Optional[NearFaq] = None
    elsewhere: Optional[Pointer] = None
    regions: tuple[tuple[str, ...], ...] = ()
    relation: Optional[str] = None
    application_no: Optional[str] = None
    check: Optional[str] = None
    masked: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return the text in which words are looked up."""
        return self.mended or self.text

    @property
    def asks(self) -> bool:
        """Tell whether something particular is asked: “要几天”, not only “怎么办”."""
        return self.act == "ask" and self.asks_particular

    @property
    def asks_particular(self) -> bool:
        """Tell whether one aspect is surely asked about, whatever the act."""
        return self.certain >= CERTAIN and any(aspect != "overview" for aspect in self.aspects)
