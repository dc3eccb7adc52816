"""Rasa's parse of a message (CONTRACT §2) → what `knowledge` calls an utterance."""

from __future__ import annotations

from typing import Any, Iterator, Mapping, Optional, Sequence

from knowledge.values.search import NearFaq, Pointer
from knowledge.values.utterance import Utterance

Parse = Mapping[str, Any]
LIKELY = 0.4
FEWEST = 2


def utterance(parse: Parse) -> Utterance:
    """Return the utterance in `parse`; what a trained component did not add counts as not said."""
    matter = parse.get("matter") or {}
    return Utterance(
        text=parse.get("normalized") or parse.get("text") or "",
        mended=parse.get("mended") or "",
        act=(parse.get("intent") or {}).get("name") or "out_of_scope",
        act_sure=(parse.get("intent") or {}).get("confidence", 1.0),
        aspects=tuple(aspect["name"] for aspect in parse.get("aspects") or ()),
        certain=next((aspect.get("confidence", 1.0) for aspect in parse.get("aspects") or ()), 1.0),
        matter=matter.get("code"),
        matter_status=matter.get("status", "none"),
        candidates=tuple(_likely(parse.get("matter_ranking") or ())),
        shares={candidate["code"]: candidate["confidence"] for candidate in parse.get("matter_ranking") or ()},
        business=_best(parse.get("intent_ranking") or ()) == "ask",
        faq=NearFaq(**parse["faq"]) if parse.get("faq") else None,
        elsewhere=Pointer(**parse["elsewhere"]) if parse.get("elsewhere") else None,
        regions=tuple(_regions(parse)),
        relation=_value(parse, "relation"),
        application_no=_value(parse, "application_no"),
        # A whole ID or phone number ends in the check.
        check=_value(parse, "check") or _value(parse, "id_card") or _value(parse, "phone"),
        masked=tuple(kind for kind in ("id_card", "phone") if _value(parse, kind)),
    )


def _likely(ranking: Sequence[Parse]) -> Iterator[str]:
    """Yield the codes about as likely as the best one, and the second best in any case: a choice of one is none."""
    best = max((candidate["confidence"] for candidate in ranking), default=0.0)
    return (candidate["code"] for n, candidate in enumerate(ranking) if n < FEWEST or candidate["confidence"] >= LIKELY * best)


def _best(ranking: Sequence[Parse]) -> Optional[str]:
    """Return the act that was likeliest before it was decided what is ours."""
    return ranking[0]["name"] if ranking else None


def _entities(parse: Parse, kind: str) -> Iterator[Parse]:
    return (entity for entity in parse.get("entities") or () if entity.get("entity") == kind)


def _regions(parse: Parse) -> Iterator[tuple[str, ...]]:
    for entity in _entities(parse, "region"):
        codes = (entity["value"],) if entity.get("value") else tuple(entity.get("codes") or ())
        if codes:
            yield codes


def _value(parse: Parse, kind: str) -> Optional[str]:
    return next((entity["value"] for entity in _entities(parse, kind)), None)
