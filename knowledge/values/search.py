"""What the live ranking works on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class Phrase:
    """A wording that stands for a matter, or for another one, `to`; `vector` is little-endian float32, made by `encoder`."""

    kind: str
    text: str
    encoder: str
    vector: bytes
    ref: Optional[str] = None
    to: Optional[str] = None


@dataclass(frozen=True)
class Candidate:
    """A matter that a sentence may mean, with the phrase that spoke for it."""

    code: str
    score: float
    phrase: str = ""
    faq: Optional[str] = None


@dataclass(frozen=True)
class Pointer:
    """A line of a matter's guide that tells where something else belongs."""

    matter: str
    line: str


@dataclass(frozen=True)
class Live:
    """What the published phrases make of a sentence: every matter, best first, and where it belongs if it is surely none of them.

    `named` are the matters of which a name stands in it, letter by letter.
    """

    ranked: tuple[Candidate, ...]
    named: frozenset[str] = frozenset()
    elsewhere: Optional[Pointer] = None


@dataclass(frozen=True)
class NearFaq:
    """A common question and how like it a sentence is, as the cosine of their vectors."""

    id: str
    likeness: float
