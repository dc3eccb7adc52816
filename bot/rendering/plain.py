"""An answer as plain text: complete and readable without buttons, links or colour."""

from __future__ import annotations

from typing import Iterator, Sequence

from bot.rendering import lines
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


def checklist(materials: Sequence[Part]) -> list[str]:
    """Return what to bring first, then what is not to be handed in, then what depends on answers not given yet."""
    exempt = [line for line in materials if line["exempt"] and not line["only_if"]]
    asked = [line for line in materials if not line["exempt"]]
    sure = [line for line in asked if not line["only_if"]]
    maybe = [line for line in asked if line["only_if"]]
    needed = [line for line in sure if line["needed"] != "optional"]
    out = [f"{labels()['checklist']}：", *_numbered(needed, 1)] if needed else []
    out += _optional([line for line in sure if line["needed"] == "optional"], len(needed) + 1)
    out += [labels()["exempt"].format(names="、".join(dict.fromkeys(line["name"] for line in exempt)))] if exempt else []
    return out + _conditional(maybe)


def _numbered(materials: Sequence[Part], first: int) -> list[str]:
    return [part for n, line in enumerate(materials, first) for part in lines.material(n, line)]


def _optional(materials: Sequence[Part], first: int) -> list[str]:
    return [f"{labels()['optional']}：", *_numbered(materials, first)] if materials else []


def _conditional(materials: Sequence[Part]) -> list[str]:
    """Return what depends on answers not given yet: by name, with its condition where that is short, and not too many."""
    if not materials:
        return []
    named = _once(materials)
    more = [labels()["and_more"].format(n=len(named))] if len(named) > MOST_CONDITIONAL else []
    return [f"{labels()['conditional']}：", *named[:MOST_CONDITIONAL], *more]


def _once(materials: Sequence[Part]) -> list[str]:
    """Return one line a document; what several cases ask for carries none of their conditions."""
    cases: dict[str, list[Part]] = {}
    for line in materials:
        cases.setdefault(line["name"], []).append(line)
    return [f"· {name}{_condition(some[0]) if len(some) == 1 else ''}{lines.mark(some[0])}" for name, some in cases.items()]


def _condition(line: Part) -> str:
    return "" if lines.is_unclear(line) else f"（{lines.condition(line)}）"


def _question(answer: Part) -> list[str]:
    if not answer["questions"]:
        return []
    question = answer["questions"][0]
    options = [f"{n}. {option}" for n, option in enumerate(question["options"], 1)]
    return [question["text"], *options, *([labels()["ask_number"]] if options else [])]
