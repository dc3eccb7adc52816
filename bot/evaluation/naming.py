"""Whether what a sentence names is found: kind, place and value."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from bot.evaluation.counting import by_label, grouped, share
from bot.evaluation.lines import Named, Naming

KINDS = ("region", "application_no", "id_card", "phone", "date", "material", "relation")


def found(text: str, entities: Sequence[Mapping[str, Any]]) -> tuple[Named, ...]:
    """Return the entities of a /model/parse reply as things named."""
    return tuple(
        Named(one["entity"], text[one["start"] : one["end"]], None if one["value"] is None else str(one["value"]))
        for one in entities
        if one["entity"] in KINDS
    )


def report(pairs: Sequence[tuple[Naming, Sequence[Named]]]) -> dict[str, Any]:
    """Return precision and recall of each kind (kind and place right), and how often the value was right where the place was."""
    all_right = [(kind, [_keys(right.named, kind) for right, _ in pairs], [_keys(said, kind) for _, said in pairs]) for kind in KINDS]
    figures = {kind: by_label(_as_labels(kind, right, said))[kind] for kind, right, said in all_right}
    values = [(named, {_key(one): one.value for one in said}) for right, said in pairs for named in right.named if named.value]
    placed = grouped([(named, said) for named, said in values if _key(named) in said], lambda pair: pair[0].kind)
    return {
        kind: {**figures[kind], "value": share(placed.get(kind, []), lambda pair: pair[1][_key(pair[0])] == pair[0].value)} for kind in KINDS
    }
