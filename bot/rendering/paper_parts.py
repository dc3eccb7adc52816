"""What stands on a printed page, in order: the same lines as in a chat, as pieces with boxes to tick."""

from __future__ import annotations

import datetime as dt
from typing import Iterator, Sequence

from bot.rendering import lines, materials
from bot.rendering.labels import labels
from bot.rendering.lines import Part
from bot.rendering.paper_layout import Piece
from knowledge.values.checklist import Checklist


def title(answer: Part) -> tuple[str, str]:
    """Return the name of the matter, and the line under it: for which place, by the rules of which day."""
    words = labels()["paper"]
    return answer["matter_name"], words["under"].format(place=answer["region_name"] or words["no_place"], date=day(answer["as_of"]))


def progress(checklist: Checklist) -> str:
    """Return how much has to be brought, how much of it is still missing, and how much depends on the case."""
    words = labels()["paper"]
    said = [words["total"].format(total=checklist.total)] if checklist.total else []
    said += [words["left" if checklist.left else "ready"].format(left=checklist.left)] if checklist.left < checklist.total else []
    return "，".join([*said, *([words["maybe"].format(maybe=checklist.maybe)] if checklist.maybe else [])])


def day(written: str) -> str:
    """Return “2026 年 11 月 23 日”."""
    date = dt.date.fromisoformat(written)
    return str(labels()["paper"]["day"].format(year=date.year, month=date.month, day=date.day))


def pieces(answer: Part, *, notes: bool) -> tuple[Piece, ...]:
    """Return the whole page; without `notes` only those that close the way, and how many others there are."""
    return tuple(
        part
        for parts in (
            _guide(answer, borrowed=False),
            _reference(answer),
            _guide(answer, borrowed=True),
            _notes(answer, shown=notes),
            _sources(answer),
        )
        for part in parts
    )


def _guide(answer: Part, *, borrowed: bool) -> Iterator[Piece]:
    """Yield the blocks that are the place's own, or those borrowed from the reference."""
    yield from (Piece("strip", text) for text in lines.notes(answer, blocking=True, borrowed=borrowed))
    yield from () if borrowed else (Piece("line", text) for text in answer["missing"])
    yield from _checklist([line for line in answer["checklist"] if line["borrowed"] == borrowed])
    yield from _steps(answer, borrowed=borrowed)
    yield from () if borrowed else _section(lines.places(answer))
    yield from _cost(answer, borrowed=borrowed)


def _reference(answer: Part) -> Iterator[Piece]:
    if answer["heading"]:
        yield Piece("strip", f"{answer['heading']}：")


def _checklist(found: Sequence[Part]) -> Iterator[Piece]:
    """Yield what to bring, what helps to have, what is not to be handed in, and what depends on the case."""
    parts = materials.split(found)
    yield from _boxes(labels()["checklist"], parts.needed)
    yield from _boxes(labels()["optional"], parts.optional)
    if parts.exempt:
        yield Piece("line", parts.exempt)
    if parts.maybe:
        yield Piece("heading", labels()["conditional"])
    yield from (Piece("small", one.text, ticked=one.ticked) for one in materials.documents(parts.maybe))


def _boxes(heading: str, found: Sequence[Part]) -> Iterator[Piece]:
    if found:
        yield Piece("heading", heading)
        yield from map(_box, found)


def _box(line: Part) -> Piece:
    first, *details = lines.material(1, line)
    text = first.removeprefix("1. ").removeprefix("✓ ")
    return Piece("box", text, "".join(map(_sentence, details)), ticked=line["ticked"])


def _sentence(text: str) -> str:
    return text.strip() if text.rstrip().endswith(("。", "！", "？")) else f"{text.strip()}。"


def _steps(answer: Part, *, borrowed: bool) -> Iterator[Piece]:
    texts = lines.steps(answer, borrowed=borrowed)
    unclear = [labels()["steps_unclear"]]
    return _section([f"{labels()['steps']}：", labels()["paper"]["steps_unclear"]] if texts == unclear else texts)


def _cost(answer: Part, *, borrowed: bool) -> Iterator[Piece]:
    """Yield the limit, with the day on which it began counting instead of “today”, the names of the items, and the fee."""
    limit = answer["time_limit"]
    dated = {**answer, "aspects": (), "time_limit": limit and {**limit, "done_by": None}}
    texts = [*lines.time_limit(dated, borrowed=borrowed), *lines.fee(answer, borrowed=borrowed)]
    if limit and limit["borrowed"] == borrowed and limit["done_by"]:
        texts.append(_done_by(limit, answer["as_of"]))
    return _section([f"{labels()['paper']['cost']}：", *texts] if texts else [])


def _done_by(limit: Part, start: str) -> str:
    assumed = labels()["assumed"].format(year=limit["done_by"][:4]) if limit["assumed"] else ""
    return f"{labels()['paper']['done_by'].format(start=day(start), date=day(limit['done_by']))}{assumed}"


def _notes(answer: Part, *, shown: bool) -> Iterator[Piece]:
    found = [text for borrowed in (False, True) for text in lines.notes(answer, blocking=False, borrowed=borrowed)]
    if found and not shown:
        return iter((Piece("line", labels()["paper"]["left_out"].format(n=len(found))),))
    return _section([f"{labels()['paper']['also']}：", *found] if found else [])


def _sources(answer: Part) -> Iterator[Piece]:
    """Yield the numbered sources; that nobody competent has reviewed them stands at the foot of every page."""
    heading, *texts = [text for text in lines.sources(answer) if text != answer["review"]] or [""]
    if texts:
        yield Piece("heading", heading.rstrip("："))
        yield from (Piece("small", text) for text in texts)


def _section(texts: Sequence[str]) -> Iterator[Piece]:
    """Yield a block of a chat as a heading with its lines."""
    if texts:
        yield Piece("heading", texts[0].rstrip("："))
        yield from (Piece("line", text) for text in texts[1:])
