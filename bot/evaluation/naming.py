"""Whether what a sentence names is found: its kind, its place and its value."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from bot.evaluation.counting import f1, share
from bot.evaluation.lines import Named, Naming

KINDS = ("region", "application_no", "id_card", "phone", "date", "material", "relation")


def found(text: str, entities: Sequence[Mapping[str, Any]]) -> tuple[Named, ...]:
    """Return the entities of a /model/parse reply as things named."""
    return tuple(
        Named(one["entity"], text[one["start"] : one["end"]], None if one["value"] is None else str(one["value"])) for one in entities
    )


def report(pairs: Sequence[tuple[Naming, Sequence[Named]]]) -> dict[str, Any]:
    """Return for each kind how much was found where it stands, and of that how often the value was right."""
    return {kind: _of_kind([(_places(right.named, kind), _places(said, kind)) for right, said in pairs]) for kind in KINDS}


def missed(pairs: Sequence[tuple[Naming, Sequence[Named]]]) -> list[tuple[str, Named]]:
    """Return each thing named that was not found, or was found with another value, with its sentence."""
    return [(right.text, one) for right, said in pairs for one in right.named if not any(_is_same(one, other) for other in said)]


def added(pairs: Sequence[tuple[Naming, Sequence[Named]]]) -> list[tuple[str, Named]]:
    """Return each thing found that nobody named, with its sentence."""
    return [(right.text, one) for right, said in pairs for one in said if one.kind in KINDS and one.text not in _places(right.named, one.kind)]


def _of_kind(pairs: Sequence[tuple[Mapping[str, Named], Mapping[str, Named]]]) -> dict[str, float]:
    hit = sum(len(right.keys() & said.keys()) for right, said in pairs)
    known = [(one, said[place]) for right, said in pairs for place, one in right.items() if place in said and one.value is not None]
    counted = f1(hit, sum(len(said) for _, said in pairs), sum(len(right) for right, _ in pairs))
    return {**counted, "value": share(known, lambda pair: pair[0].value == pair[1].value)}


def _places(named: Sequence[Named], kind: str) -> dict[str, Named]:
    return {one.text: one for one in named if one.kind == kind}


def _is_same(right: Named, said: Named) -> bool:
    """Tell whether both are one; a value that the table does not know fits every value."""
    return (right.kind, right.text) == (said.kind, said.text) and right.value in (None, said.value)
