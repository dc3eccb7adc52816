"""Rasa's parse of a message (CONTRACT §2) → what `knowledge` calls an utterance."""

from __future__ import annotations

from typing import Any, Iterator, Mapping, Optional

from knowledge.values.utterance import Utterance

Parse = Mapping[str, Any]


def utterance(parse: Parse) -> Utterance:
    """Return the utterance in `parse`; what a trained component did not add counts as not said."""
    matter = parse.get("matter") or {}
    ranking = parse.get("matter_ranking") or ()
    return Utterance(
        text=parse.get("normalized") or parse.get("text") or "",
        act=(parse.get("intent") or {}).get("name") or "out_of_scope",
        aspects=tuple(aspect["name"] for aspect in parse.get("aspects") or ()),
        matter=matter.get("code"),
        matter_status=matter.get("status", "none"),
        candidates=tuple(candidate["code"] for candidate in ranking),
        faq=parse.get("faq"),
        regions=tuple(_regions(parse)),
        relation=_value(parse, "relation"),
        application_no=_value(parse, "application_no"),
        check=_value(parse, "check"),
    )


def _entities(parse: Parse, kind: str) -> Iterator[Parse]:
    return (entity for entity in parse.get("entities") or () if entity.get("entity") == kind)


def _regions(parse: Parse) -> Iterator[tuple[str, ...]]:
    for entity in _entities(parse, "region"):
        codes = (entity["value"],) if entity.get("value") else tuple(entity.get("codes") or ())
        if codes:
            yield codes


def _value(parse: Parse, kind: str) -> Optional[str]:
    return next((entity["value"] for entity in _entities(parse, kind)), None)
