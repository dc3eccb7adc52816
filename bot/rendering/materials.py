"""The materials of a list apart: what to bring, what helps to have, what is not to be handed in, what depends on the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence

from bot.rendering import lines
from bot.rendering.labels import labels
from bot.rendering.lines import Part


@dataclass(frozen=True)
class Materials:
    """`needed` and `optional` are sure, `exempt` is the sentence that names those not to be handed in, `maybe` depends on the case."""

    needed: Sequence[Part]
    optional: Sequence[Part]
    exempt: Optional[str]
    maybe: Sequence[Part]


@dataclass(frozen=True)
class Document:
    """One document that depends on the case: its name with its condition and its source, and whether it is there."""

    text: str
    ticked: bool


def split(found: Sequence[Part]) -> Materials:
    """Return the lines of a list in their kinds."""
    asked = [line for line in found if not line["exempt"]]
    sure = [line for line in asked if not line["only_if"]]
    return Materials(
        needed=[line for line in sure if line["needed"] != "optional"],
        optional=[line for line in sure if line["needed"] == "optional"],
        exempt=_exempt([line for line in found if line["exempt"] and not line["only_if"]]),
        maybe=[line for line in asked if line["only_if"]],
    )


def documents(maybe: Sequence[Part]) -> list[Document]:
    """Return each document once; what several cases ask for carries none of their conditions."""
    cases: dict[str, list[Part]] = {}
    for line in maybe:
        cases.setdefault(line["name"], []).append(line)
    return [_document(some) for some in cases.values()]


def _document(some: Sequence[Part]) -> Document:
    first = some[0]
    condition = "" if len(some) > 1 or lines.is_unclear(first) else f"（{lines.condition(first)}）"
    return Document(f"{first['name']}{condition}{lines.mark(first)}", ticked=any(line["ticked"] for line in some))


def _exempt(found: Sequence[Part]) -> Optional[str]:
    return labels()["exempt"].format(names="、".join(dict.fromkeys(line["name"] for line in found))) if found else None
