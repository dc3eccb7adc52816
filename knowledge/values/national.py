"""The national lists of “一件事”."""

from __future__ import annotations

from typing import Literal, Optional

from knowledge.values.base import value


@value
class NamedMatter:
    """A matter on a national list; `code` where we have its guide, level C where its place on the list is a guess."""

    name: str
    audience: Literal["person", "business"]
    code: Optional[str] = None
    level: Literal["A", "B", "C"]


@value
class NationalList:
    """One batch, with the document that publishes it; `count` is how many it has, whether we know their names or not."""

    id: str
    name: str
    document: str
    issuer: str
    number: Optional[str] = None
    published: str
    url: Optional[str] = None
    count: int
    level: Literal["A", "B"]
    note: Optional[str] = None
    matters: tuple[NamedMatter, ...]

    @property
    def known(self) -> tuple[NamedMatter, ...]:
        """Return the matters that may be named to a citizen."""
        return tuple(matter for matter in self.matters if matter.level != "C")
