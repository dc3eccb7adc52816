"""Which matter a message is about: the one in hand, one that it turns to, or one of those we offered."""

from __future__ import annotations

import dataclasses
from typing import Optional

from knowledge.conversation.context import Pending
from knowledge.conversation.heard import Heard
from knowledge.language.words import says
from knowledge.values.utterance import Utterance

# With a matter in hand, another one must be named so surely; with words that turn away (“对了”), so much is enough.
SURE = 0.8
SURE_ENOUGH = 0.35
# … and be so many times as likely as the one in hand.
TIMES = 2.0
# A short question that is not surely other business is about the matter in hand: “几天下证”.
SHORT = 8
SURELY_FOREIGN = 0.95
# A longer one, where the matter in hand is so likely.
LIKELY = 0.5
# What is called ambiguous though one matter is so likely is not (dev.yml: at 0.5 five of six would be wrong).
ALONE = 0.8
# Of the matters that we offered, one must be so likely to be chosen.
OFFERED = 0.3


def to_matter_in_hand(heard: Heard) -> Heard:
    """Take a question for one about the matter in hand where it was taken for other business without naming any."""
    utterance, code = heard.utterance, heard.context.matter
    if code not in heard.catalogue.matters or not (_is_unknown_business(utterance) and _may_mean(str(code), utterance)):
        return heard
    return dataclasses.replace(heard, utterance=dataclasses.replace(utterance, act="ask", matter=code, matter_status="clear"))


def _is_unknown_business(utterance: Utterance) -> bool:
    return utterance.act == "out_of_scope" and utterance.business and utterance.elsewhere is None


def _may_mean(code: str, utterance: Utterance) -> bool:
    foreign = 1.0 - sum(utterance.shares.values())
    short = utterance.asks_particular and len(utterance.text) <= SHORT and foreign < SURELY_FOREIGN
    return short or _best(utterance) == code and utterance.shares[code] >= LIKELY


def named(heard: Heard) -> Optional[str]:
    """Return the published matter that a message names, surely enough to turn to it; an answer to us never turns away."""
    utterance, in_hand = heard.utterance, heard.context.matter
    code = utterance.matter if utterance.matter_status == "clear" else _alone(utterance)
    if in_hand in heard.catalogue.matters:
        code = code or _rather(utterance, str(in_hand))
        code = code if code and utterance.act != "inform" and _surely(code, utterance) else None
    return code if code in heard.catalogue.matters else None


def _alone(utterance: Utterance) -> Optional[str]:
    """Return the one matter that an ambiguous message can mean, where no other comes near it."""
    best = _best(utterance)
    return best if utterance.matter_status == "ambiguous" and best and utterance.shares[best] >= ALONE else None


def _rather(utterance: Utterance, in_hand: str) -> Optional[str]:
    """Return the matter that is meant rather than the one in hand, where a message may mean both."""
    if utterance.matter_status != "ambiguous" or in_hand not in utterance.candidates:
        return None
    best = _best(utterance)
    turns = says(utterance.text, "turns_away")
    much_likelier = best and utterance.shares[best] >= TIMES * utterance.shares.get(in_hand, 0.0)
    return best if turns or much_likelier else None


def _surely(code: str, utterance: Utterance) -> bool:
    bar = SURE_ENOUGH if says(utterance.text, "turns_away") else SURE
    return utterance.shares.get(code, 1.0) >= bar


def offered(pending: Pending, utterance: Utterance) -> Optional[str]:
    """Return the matter on offer that a message is likest to mean, whatever else it was taken for."""
    best = _best(utterance)
    if best is None or utterance.elsewhere or utterance.shares[best] < OFFERED:
        return None
    return best if best in {choice.value for choice in pending.choices} else None


def _best(utterance: Utterance) -> Optional[str]:
    return next(iter(utterance.shares), None)
