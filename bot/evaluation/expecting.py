"""What a table of dialogues says of a reply, held against the reply; pure functions."""

from __future__ import annotations

from typing import Any, Callable, Iterator, Mapping, Optional

Turn = Mapping[str, Any]
Reply = Mapping[str, Any]


def complaints(turn: Turn, reply: Reply, *, before: Optional[Reply] = None) -> list[str]:
    """Return what in `reply` is not as `turn` says; `before` is the reply to the turn before."""
    return [*_values(turn, reply), *_blocks(turn, reply["custom"]), *_words(turn, reply["text"]), *_questions(turn, reply, before)]


def _values(turn: Turn, reply: Reply) -> Iterator[str]:
    found = _found(reply["custom"])
    for key, fits in FITS.items():
        right = [turn[key], *turn.get(f"or_{key}", ())] if key in turn else []
        if right and not any(fits(one, found[key]) for one in right):
            yield f"{key}: {found[key]!r}, not {' or '.join(map(repr, right))}"


def _found(custom: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{key: custom[key] for key in ("matter", "outcome", "type", "region", "situation", "aspects")},
        "reference": custom["reference_region"],
        "asks": _asked(custom),
        "ticked": [line["id"] for line in custom["checklist"] if line["ticked"]],
    }


def _asked(custom: Mapping[str, Any]) -> Optional[str]:
    return str(custom["questions"][0]["key"]) if custom["questions"] else None


def _same(wanted: Any, found: Any) -> bool:
    return bool(wanted == found)


def _same_set(wanted: list[str], found: list[str]) -> bool:
    return set(wanted) == set(found)


def _contained(wanted: Mapping[str, str], situation: Mapping[str, str]) -> bool:
    return wanted.items() <= situation.items() if wanted else not situation


FITS: Mapping[str, Callable[[Any, Any], bool]] = {
    **dict.fromkeys(("matter", "outcome", "type", "region", "reference", "asks"), _same),
    **dict.fromkeys(("aspects", "ticked"), _same_set),
    "situation": _contained,
}


def _blocks(turn: Turn, custom: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"nothing in {block}" for block in turn.get("has", ()) if not custom[block])
    yield from (f"something in {block}" for block in turn.get("empty", ()) if custom[block])


def _words(turn: Turn, text: str) -> Iterator[str]:
    yield from (f"does not say {words}" for words in turn.get("says", ()) if words not in text)
    yield from (f"says {words}" for words in turn.get("not_says", ()) if words in text)


def _questions(turn: Turn, reply: Reply, before: Optional[Reply]) -> Iterator[str]:
    asked = {question["key"] for question in reply["custom"]["questions"]}
    yield from (f"asks {key}, which is answered" for key in turn.get("not_asks", ()) if key in asked)
    if turn.get("settles"):
        open_key = _asked(before["custom"]) if before else None
        if open_key not in reply["custom"]["situation"]:
            yield f"the open question ({open_key}) is not settled"
    if turn.get("differs") and before and before["text"] == reply["text"]:
        yield "says the same again"
