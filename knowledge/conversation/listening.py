"""Listening: what a message answers, corrects and mentions, taken into the context before anything is said."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Mapping, Optional

from knowledge.conversation import alike, choosing, facts, turning
from knowledge.conversation.context import Context, Pending
from knowledge.conversation.heard import Heard
from knowledge.guidance.catalogue import Catalogue
from knowledge.language import regions, whereabouts
from knowledge.language.clauses import of_oneself
from knowledge.language.regions import Mention
from knowledge.language.words import says
from knowledge.values.answer import UNSURE
from knowledge.values.guide import Matter, SituationQuestion
from knowledge.values.utterance import Utterance
from knowledge.wording import say

CORRECTION = re.compile(r"不是(?:我|本人|我自己|给我|我本人)|(?:帮|替|给|是)我?(?:妹|姐|哥|弟|爸|妈|爷|奶|外公|外婆|朋友|同事|邻居)")
MOST_REGIONS = 5
# So short a message says little beside the number in it.
SHORT = 8
# An act less sure than this is a guess.
HARDLY = 0.5
# What tells a circumstance is a complaint only where it is one so surely: “钱当月就缴了，他们来复查也合格” sounds like one.
COMPLAINS = 0.9
# What people do when they answer; what is taken for small talk may be an answer too, likeness decides.
REPLIES = ("inform", "ask", "affirm", "deny", "out_of_scope")
# A complaint or thanks answers only what it is so like: “没加盟谁，全世界就这么一家” sounds like one.
RARELY = 0.45


def listen(context: Context, utterance: Utterance, catalogue: Catalogue, *, holder: str, today: dt.date) -> Heard:
    """Return everything `utterance` told us, as one literal list of steps."""
    heard = Heard(context=context, utterance=utterance, catalogue=catalogue, holder=holder, today=today)
    heard = _numbers(heard)
    heard = _answering(heard)
    heard = turning.to_matter_in_hand(heard)
    heard = _open_question(heard)
    heard = _matter(heard)
    heard = _person(heard)
    heard = _region(heard)
    return _circumstances(heard)


def _answering(heard: Heard) -> Heard:
    """Take for an answer what tells a circumstance while a question of ours is open, whatever else it sounded like."""
    utterance, pending = heard.utterance, heard.context.pending
    asked = pending is not None and pending.kind == "situation"
    may_tell = asked and _hardly_asks(utterance) and _mentioned(heard) or _hardly_complains(utterance) and _tells(heard)
    if not may_tell or utterance.asks_particular:
        return heard
    return dataclasses.replace(heard, utterance=dataclasses.replace(utterance, act="inform", elsewhere=None))


def _hardly_asks(utterance: Utterance) -> bool:
    return utterance.act == "out_of_scope" or utterance.act == "ask" and utterance.act_sure < HARDLY


def _hardly_complains(utterance: Utterance) -> bool:
    return utterance.act == "complain" and utterance.act_sure < COMPLAINS


def _tells(heard: Heard) -> bool:
    """Tell whether a message says anything of the case in hand, in whatever words."""
    matter, pending = _matter_in_hand(heard), heard.context.pending
    asked = _asked(heard)
    if matter is None:
        return False
    text = heard.utterance.words
    return bool(_mentioned(heard) or alike.mentioned(matter, of_oneself(text)) or pending and asked and alike.likest(asked, text, matter=matter))


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
    utterance, asked = heard.utterance, _asked(heard)
    value = choosing.chosen(pending, utterance.words, asked=asked, act=utterance.act, asks=utterance.asks) or _meant(heard, pending, asked)
    return _resolve(heard, pending, value) if value else heard


def _meant(heard: Heard, pending: Pending, asked: Optional[SituationQuestion]) -> Optional[str]:
    """Return the option that is meant though none is named: by place, by ranking, or by likeness to what it says."""
    if pending.kind == "region":
        place = _place(heard)
        return choosing.place_in(pending, (place.codes,)) if place else None
    if pending.kind == "matter":
        return turning.offered(pending, heard.utterance)
    matter = _matter_in_hand(heard)
    if asked is None or matter is None or heard.utterance.asks or _mentioned(heard):
        return None
    least = alike.LEAST if heard.utterance.act in REPLIES else RARELY
    return alike.likest(asked, heard.utterance.words, matter=matter, least=least)


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
    heard = dataclasses.replace(heard, context=context, said=(*heard.said, *said), changed=True)
    return dataclasses.replace(heard, resolved=pending.kind, key=pending.key, picked=value)


def _matter_in_hand(heard: Heard) -> Optional[Matter]:
    return heard.catalogue.matters.get(heard.context.matter or "")


def _mentioned(heard: Heard) -> Mapping[str, str]:
    matter = _matter_in_hand(heard)
    replying = heard.utterance.act == "inform" and len(heard.utterance.text) <= SHORT
    return facts.mentioned(matter, of_oneself(heard.utterance.words), replying=replying) if matter else {}


def _asked(heard: Heard) -> Optional[SituationQuestion]:
    matter = _matter_in_hand(heard)
    pending = heard.context.pending
    if matter is None or pending is None or pending.kind != "situation":
        return None
    return next((question for question in matter.situations if question.key == pending.key), None)


def _matter(heard: Heard) -> Heard:
    """Turn to the matter that was named; an answer to our question never turns away from the matter in hand."""
    context, code = heard.context, turning.named(heard)
    if heard.resolved or code is None or code == context.matter:
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
    """Take the place that is meant; of a name that several places have, the one that was on offer."""
    context, pending = heard.context, heard.context.pending
    if heard.resolved == "region" or not heard.utterance.regions:
        return heard
    place = _place(heard)
    if place is None:
        return heard
    offered = choosing.place_in(pending, (place.codes,)) if pending and pending.kind == "region" else None
    codes = (offered,) if offered else place.codes
    if len(codes) > 1:
        return dataclasses.replace(heard, unclear_regions=codes[:MOST_REGIONS], changed=True)
    if codes[0] == context.region and place.zone in (None, context.zone):
        return heard
    context = context.but(region=codes[0], zone=place.zone)
    if pending and pending.kind == "region":
        context = context.but(pending=None)
    return dataclasses.replace(heard, context=context, said=(*heard.said, _place_heard(context)), changed=True)


def _place(heard: Heard) -> Optional[Mention]:
    utterance, context = heard.utterance, heard.context
    return whereabouts.meant(utterance.text, named=utterance.regions, known=context.region, about=context.matter)


def _place_heard(context: Context) -> str:
    place = regions.name_of(str(context.region))
    return say("zone_heard", region=place, zone=context.zone) if context.zone else say("region_heard", region=place)


def _circumstances(heard: Heard) -> Heard:
    """Take what was mentioned in passing; a later statement corrects an earlier one."""
    matter = _matter_in_hand(heard)
    if matter is None:
        return heard
    before = heard.context.situation()
    said = _mentioned(heard)
    concluded = {**_told(heard, matter), **_taken_back(heard, matter)}
    meant = {key: value for key, value in concluded.items() if key not in said and before.get(key) != value}
    given = {key: value for key, value in {**meant, **said}.items() if heard.resolved != "situation" or key != heard.key}
    after = {**facts.implied(matter, given), **before, **given}
    if after == before:
        return heard
    context = heard.context.with_situation(after)
    if context.pending and context.pending.key in after:
        context = context.but(pending=None)
    return dataclasses.replace(heard, context=context, changed=True, meant=meant)


def _told(heard: Heard, matter: Matter) -> Mapping[str, str]:
    """Return what is told in words that nobody wrote down, of what is not known yet."""
    short_question = heard.utterance.asks and len(heard.utterance.text) <= SHORT
    if heard.utterance.act not in REPLIES or short_question:
        return {}
    found = alike.mentioned(matter, of_oneself(heard.utterance.words))
    return {key: value for key, value in found.items() if key not in heard.context.situation()}


def _taken_back(heard: Heard, matter: Matter) -> Mapping[str, str]:
    """Return what somebody says instead of an answer that they take back, in words that nobody wrote down."""
    text = heard.utterance.words
    if heard.resolved or heard.utterance.asks or not (says(text, "takes_back") or says(text, "changes_mind")):
        return {}
    known = [one for one in matter.situations if one.key in heard.context.situation()]
    found = {one.key: alike.likest(one, text, matter=matter) for one in known}
    return {key: value for key, value in found.items() if value}
