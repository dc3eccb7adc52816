"""An answer as plain text: complete and readable without buttons, links or colour."""

from __future__ import annotations

from typing import Iterator, Sequence

from bot.rendering import lines, materials
from bot.rendering.labels import labels
from bot.rendering.lines import Part

# Of what depends on answers not given yet nobody reads more.
MOST_CONDITIONAL = 8


def text(answer: Part) -> str:
    """Return the whole answer in plain words, its sections separated by blank lines."""
    sections = (
        list(answer["notices"]),
        list(answer["said"]),
        [f"{line['text']}{lines.mark(line)}" for line in answer["elsewhere"]],
        _headline(answer),
        lines.notes(answer, blocking=True, borrowed=False),
        list(answer["missing"]),
        _faq(answer, borrowed=False),
        *_guide(answer, borrowed=False),
        lines.notes(answer, blocking=False, borrowed=False),
        [f"{answer['heading']}："] if answer["heading"] else [],
        lines.notes(answer, blocking=True, borrowed=True),
        _faq(answer, borrowed=True),
        *_guide(answer, borrowed=True),
        lines.notes(answer, blocking=False, borrowed=True),
        lines.status(answer),
        lines.sources(answer),
        _question(answer),
    )
    return "\n\n".join("\n".join(section) for section in sections if section)


def _headline(answer: Part) -> list[str]:
    if not answer["matter_name"] or answer["type"] not in ("answer", "checklist") or answer["outcome"] != "answered":
        return []
    place = f"（{answer['region_name']}）" if answer["region_name"] else ""
    return [f"【{answer['matter_name']}】{place}", *([answer["summary"]] if "overview" in answer["aspects"] else [])]


def _faq(answer: Part, *, borrowed: bool) -> list[str]:
    proof = answer["faq_proof"]
    return [answer["faq"] + lines.mark(proof)] if answer["faq"] and proof["borrowed"] == borrowed else []


def _guide(answer: Part, *, borrowed: bool) -> Iterator[list[str]]:
    """Yield the blocks of the guide that are the place's own, or those borrowed from the reference."""
    yield checklist([line for line in answer["checklist"] if line["borrowed"] == borrowed])
    yield lines.steps(answer, borrowed=borrowed)
    yield lines.time_limit(answer, borrowed=borrowed)
    yield lines.fee(answer, borrowed=borrowed)
    yield lines.places(answer) if not borrowed else []


def checklist(found: Sequence[Part]) -> list[str]:
    """Return what to bring first, then what is not to be handed in, then what depends on answers not given yet."""
    parts = materials.split(found)
    out = [f"{labels()['checklist']}：", *_numbered(parts.needed, 1)] if parts.needed else []
    out += [f"{labels()['optional']}：", *_numbered(parts.optional, len(parts.needed) + 1)] if parts.optional else []
    out += [parts.exempt] if parts.exempt else []
    return out + _conditional(parts.maybe)


def _numbered(found: Sequence[Part], first: int) -> list[str]:
    return [part for n, line in enumerate(found, first) for part in lines.material(n, line)]


def _conditional(maybe: Sequence[Part]) -> list[str]:
    """Return what depends on answers not given yet: by name, with its condition where that is short, and not too many."""
    if not maybe:
        return []
    named = [f"· {document.text}" for document in materials.documents(maybe)]
    more = [labels()["and_more"].format(n=len(named))] if len(named) > MOST_CONDITIONAL else []
    return [f"{labels()['conditional']}：", *named[:MOST_CONDITIONAL], *more]


def _question(answer: Part) -> list[str]:
    if not answer["questions"]:
        return []
    question = answer["questions"][0]
    options = [f"{n}. {option}" for n, option in enumerate(question["options"], 1)]
    return [question["text"], *options, *([labels()["ask_number"]] if options else [])]
