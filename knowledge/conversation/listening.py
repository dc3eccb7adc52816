"""Listening: what a message answers, corrects and mentions, taken into the context before anything is said."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Optional

from knowledge.conversation import choosing, facts
from knowledge.conversation.context import Context, Pending
from knowledge.conversation.heard import Heard
from knowledge.guidance.catalogue import Catalogue
from knowledge.language import regions
from knowledge.values.answer import UNSURE
from knowledge.values.guide import Matter, SituationQuestion
from knowledge.values.utterance import Utterance
from knowledge.wording import say

CORRECTION = re.compile(r"不是(?:我|本人|我自己|给我|我本人)|(?:帮|替|给|是)我?(?:妹|姐|哥|弟|爸|妈|爷|奶|外公|外婆|朋友|同事|邻居)")
MOST_REGIONS = 5


def listen(context: Context, utterance: Utterance, catalogue: Catalogue, *, holder: str, today: dt.date) -> Heard:
    """Return everything `utterance` told us, as one literal list of steps."""
    heard = Heard(context=context, utterance=utterance, catalogue=catalogue, holder=holder, today=today)
    heard = _numbers(heard)
    heard = _open_question(heard)
    heard = _matter(heard)
    heard = _person(heard)
    heard = _region(heard)
    return _circumstances(heard)


def _numbers(heard: Heard) -> Heard:
    """Take an application number or check digits, where they are given for that or were asked for."""
    context, utterance = heard.context, heard.utterance
    asked = context.pending.kind if context.pending else None
    if utterance.application_no:
        meant = asked in ("application_no", "check") or utterance.act == "check_status" or _is_number_alone(utterance)
        context = context.but(application_no=utterance.application_no)
        return dataclasses.replace(heard, context=context, resolved="application_no" if meant else None)
    if utterance.check and asked == "check":
        return dataclasses.replace(heard, resolved="check")
    return heard


def _is_number_alone(utterance: Utterance) -> bool:
    return utterance.act in ("inform", "out_of_scope") and not utterance.matter


def _open_question(heard: Heard) -> Heard:
    pending = heard.context.pending
    if heard.resolved or pending is None or pending.kind in ("application_no", "check", "correction"):
        return heard
    value = choosing.chosen(pending, heard.utterance.words, asked=_asked(heard), act=heard.utterance.act)
    if value is None:
        return heard
    return _resolve(heard, pending, value)


def _resolve(heard: Heard, pending: Pending, value: str) -> Heard:
    context = heard.context.but(pending=None)
    said: tuple[str, ...] = ()
    if pending.kind == "situation":
        context = context.with_situation({**context.situation(), pending.key: value})
        said = (say("unsure_heard"),) if value == UNSURE else ()
    elif pending.kind == "region":
        context = context.but(region=value, zone=None)
        said = (say("region_heard", region=regions.name_of(value)),)
    elif pending.kind == "matter":
        context = context.but(matter=value)
    return dataclasses.replace(heard, context=context, said=(*heard.said, *said), resolved=pending.kind, picked=value, changed=True)


def _asked(heard: Heard) -> Optional[SituationQuestion]:
    matter = heard.catalogue.matters.get(heard.context.matter or "")
    pending = heard.context.pending
    if matter is None or pending is None or pending.kind != "situation":
        return None
    return next((question for question in matter.situations if question.key == pending.key), None)


def _matter(heard: Heard) -> Heard:
    """Turn to the matter that was named; an answer to our question never turns away from the matter in hand."""
    utterance, context, code = heard.utterance, heard.context, heard.utterance.matter or ""
    if heard.resolved or utterance.matter_status != "clear" or code not in heard.catalogue.matters:
        return heard
    if utterance.act == "inform" and context.matter or code == context.matter:
        return heard
    known = code in context.situations
    said = (say("resumed", matter=heard.catalogue.names[code]),) if known and context.matter else ()
    moved = context.but(matter=code, pending=None, situations={code: {}, **context.situations})
    return dataclasses.replace(heard, context=moved, said=(*heard.said, *said), new_matter=not known)


def _person(heard: Heard) -> Heard:
    """Start the case anew where it turns out to be somebody else's."""
    relation, context = heard.utterance.relation, heard.context
    if not relation or relation == context.person:
        return heard
    corrected = context.matter and not heard.new_matter and CORRECTION.search(heard.utterance.text)
    context = context.but(person=relation)
    if not corrected:
        return dataclasses.replace(heard, context=context)
    person = relation.replace("我", "您", 1)
    context = context.with_situation({}).but(pending=None)
    return dataclasses.replace(heard, context=context, said=(*heard.said, say("person_changed", person=person)), changed=True)


def _region(heard: Heard) -> Heard:
    if heard.resolved == "region" or not heard.utterance.regions:
        return heard
    codes = heard.utterance.regions[-1]
    inside = tuple(code for code in codes if heard.context.region in regions.parents(code)[1:])
    codes = inside if len(inside) == 1 else codes
    if len(codes) > 1:
        return dataclasses.replace(heard, unclear_regions=codes[:MOST_REGIONS], changed=True)
    zone = next((mention.zone for mention in regions.mentions(heard.utterance.text) if codes[0] in mention.codes), None)
    if codes[0] == heard.context.region and zone in (None, heard.context.zone):
        return heard
    context = heard.context.but(region=codes[0], zone=zone)
    if context.pending and context.pending.kind == "region":
        context = context.but(pending=None)
    return dataclasses.replace(heard, context=context, said=(*heard.said, _place_heard(context)), changed=True)


def _place_heard(context: Context) -> str:
    place = regions.name_of(str(context.region))
    return say("zone_heard", region=place, zone=context.zone) if context.zone else say("region_heard", region=place)


def _circumstances(heard: Heard) -> Heard:
    """Take what was mentioned in passing; a later statement corrects an earlier one."""
    matter: Optional[Matter] = heard.catalogue.matters.get(heard.context.matter or "")
    if matter is None or heard.resolved == "situation":
        return heard
    before = heard.context.situation()
    after = {**before, **facts.mentioned(matter, heard.utterance.words)}
    if after == before:
        return heard
    context = heard.context.with_situation(after)
    if context.pending and context.pending.key in after:
        context = context.but(pending=None)
    return dataclasses.replace(heard, context=context, changed=True)


