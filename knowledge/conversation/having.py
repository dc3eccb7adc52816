"""What somebody says that they have and lack: “照片拍了，户口本还没找到”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Mapping, Optional, Sequence

from knowledge.conversation.naming import Mention, Names, pattern
from knowledge.values.answer import ChecklistLine
from knowledge.values.guide import Material

Says = Literal["there", "missing", "left", "else"]

BETWEEN = re.compile(r"[，,。.！!；;：:、~\s]+|(?<=[?？])|但是?|可是|不过(?=[^了])|只是(?=[^因])")
# What stands for a name in a clause, so that nothing in the name is taken for something said of it.
NAMED = "@"
# A clause that says only so much, and names nothing, is said of what is named next to it.
SHORT = 8
# A name with so much beside it is a name alone.
ALONE = 5
# So little is said by the way: “错了”, “谢谢”.
ASIDE = 3


@dataclass(frozen=True)
class Having:
    """The lines that are there and those that are not; `asks` where something else is asked, `only` where nothing else is said.

    `unknown` says that something is there that names nothing of the list.
    """

    there: tuple[ChecklistLine, ...] = ()
    missing: tuple[ChecklistLine, ...] = ()
    asks: bool = False
    only: bool = True
    unknown: bool = False

    def __bool__(self) -> bool:
        return bool(self.there or self.missing)


@dataclass(frozen=True)
class _Clause:
    """What one clause names and says; None where it says nothing of its own."""

    lines: tuple[ChecklistLine, ...]
    says: Optional[Says]
    rest: str


def told(text: str, lines: Sequence[ChecklistLine], materials: Mapping[str, Material]) -> Having:
    """Return what `text` tells of the documents of a list."""
    names = Names(lines, materials)
    clauses = [_read(part, names) for piece in BETWEEN.split(text) if piece for part in _parts(piece, names)]
    said = _joined(clauses)
    there = tuple(line for line, says in said.items() if says == "there")
    missing = tuple(line for line, says in said.items() if says == "missing")
    asks = any(clause.says == "else" and pattern("asks").search(clause.rest) for clause in clauses)
    only = all(clause.lines or clause.says not in (None, "else") or len(clause.rest) <= ASIDE for clause in clauses)
    return Having(there, missing, asks=asks, only=only, unknown=any(clause.says == "there" and not clause.lines for clause in clauses))


def may_tell(text: str) -> bool:
    """Tell quickly whether `text` can say of anything that it is there or not."""
    return any(pattern(kind).search(text) for kind in ("have", "not_yet"))


def names(things: Having, text: str, materials: Mapping[str, Material]) -> bool:
    """Tell whether `text` names one of the things that were told."""
    return bool(Names((*things.there, *things.missing), materials).named(text))


def _parts(piece: str, names: Names) -> Sequence[str]:
    """Return a piece between commas in parts, one for each thing that is said: “照片拍了户口本还没找到” are two."""
    cuts = [0]
    mentions = names.named(piece)
    for mention, following in pairwise(mentions):
        if _says(NAMED + piece[mention.end : following.start]) in ("there", "missing"):
            cuts.append(following.start)
    return [piece[start:end] for start, end in zip(cuts, (*cuts[1:], len(piece)))]


def _read(part: str, names: Names) -> _Clause:
    mentions = names.named(part)
    rest = _without(part, mentions)
    says = _says(rest)
    lines = tuple(line for mention in mentions for line in mention.lines)
    return _Clause(lines or (names.likest(part) if says in ("there", "missing") else ()), says, rest)


def _without(part: str, mentions: Sequence[Mention]) -> str:
    for mention in reversed(mentions):
        part = part[: mention.start] + NAMED + part[mention.end :]
    return part


def _says(rest: str) -> Optional[Says]:
    """Return what a clause says of what is named in it."""
    if NAMED not in rest and pattern("left").search(rest):
        return "left"
    if pattern("asks").search(rest):
        return "else"
    if pattern("not_yet").search(pattern("after_all").sub("", rest)):
        return "missing"
    if pattern("intends").search(rest) or pattern("spoiled").search(rest):
        return "else"
    return "there" if pattern("have").search(rest) else None


def _joined(clauses: Sequence[_Clause]) -> Mapping[ChecklistLine, Says]:
    """Return what is said of each line; a name alone shares what is said before or after it."""
    said: dict[ChecklistLine, Says] = {}
    waiting: tuple[ChecklistLine, ...] = ()
    before: tuple[ChecklistLine, ...] = ()
    general: Optional[Says] = None
    for clause in clauses:
        says = clause.says or (general if clause.lines else None)
        if not clause.lines and not waiting and says == "missing" and pattern("wants").match(clause.rest):
            said.update(dict.fromkeys(before, says))
        alone = len(clause.rest) <= ALONE
        waiting = (*waiting, *clause.lines) if clause.says or clause.lines and alone else ()
        if says in ("there", "missing"):
            said.update(dict.fromkeys(waiting, says))
        before = waiting
        if says in ("there", "missing", "else"):
            waiting = ()
        if not clause.lines:
            general = clause.says if len(clause.rest) <= SHORT else None
        elif clause.says:
            general = None
    return said
