"""The desk for questions about a matter, and for circumstances that change the answer."""

from __future__ import annotations

import dataclasses
from typing import Mapping, Optional, Protocol

from knowledge.conversation import choosing
from knowledge.conversation.context import Choice, Pending
from knowledge.conversation.heard import Heard, Turned
from knowledge.guidance.service import GuidanceService
from knowledge.language import regions
from knowledge.language.words import says
from knowledge.values.answer import Answer, OpenQuestion, Outcome, Question, decided, unsure
from knowledge.values.checklist import Kept
from knowledge.values.guide import Aspect, Matter
from knowledge.wording import say

WHOLE: tuple[Aspect, ...] = ("overview", "materials", "process")
MOST_CHOICES = 3
# With a matter in hand, two others must be so likely together to be asked about: “换地址要啥” (.70), not “要填什么表” (.46).
CLEARLY_OTHERS = 0.6
# A common question this like a sentence is that sentence, whatever aspects it was taken to ask about.
SAME_WORDS = 0.92


class Lists(Protocol):
    """Where people's lists are kept."""

    def kept(self, holder: str, matter: str) -> Optional[Kept]:
        """Return what is on file of a list."""

    def keep(self, holder: str, question: Question, answer: Answer, *, person: Optional[str]) -> Answer:
        """Keep the list that an answer shows."""


class AskDesk:
    """Finds which matter is meant, answers, and puts the next question that decides something."""

    def __init__(self, guidance: GuidanceService, *, lists: Lists) -> None:
        self._guidance = guidance
        self._lists = lists

    def answer(self, heard: Heard) -> Turned:
        """Return the context with the question now open, and the answer."""
        if heard.unclear_regions:
            return _which_region(heard)
        if heard.utterance.matter_status == "ambiguous" and not heard.resolved and not _means_matter_in_hand(heard):
            return _which_matter(heard)
        if heard.context.matter not in heard.catalogue.matters:
            return _no_matter(heard)
        if _brings_nothing_new(heard):
            return _nothing_new(heard)
        return self._guide(heard)

    def _guide(self, heard: Heard) -> Turned:
        kept = self._lists.kept(heard.holder, str(heard.context.matter))
        heard = _resumed(heard, kept) if kept else heard
        context, aspects = heard.context, _shown(heard)
        matter = heard.catalogue.matters[str(context.matter)]
        question = self._question(heard, aspects, ticked=kept.ticked if kept else frozenset())
        answer = self._lists.keep(heard.holder, question, self._guidance.answer(question), person=context.person)
        answer = answer.but(said=(*heard.said, *_understood(matter, heard.meant), *answer.said), situation=dict(context.situation()))
        answer = _region_first(answer.but(aspects=_asked(heard) or aspects), aspects)
        return context.but(aspects=aspects, pending=choosing.pending(answer.questions, matter) or context.pending, misses=0), answer

    def _question(self, heard: Heard, aspects: tuple[Aspect, ...], *, ticked: frozenset[str]) -> Question:
        return Question(
            matter=str(heard.context.matter),
            on=heard.today,
            aspects=aspects,
            region=heard.context.region,
            zone=heard.context.zone,
            situation=decided(heard.context.situation()),
            unsure=unsure(heard.context.situation()),
            faq=_faq(heard),
            ticked=ticked,
        )


def _resumed(heard: Heard, kept: Kept) -> Heard:
    """Return what was heard with the case of the list that is on file, where this conversation begins to speak of it."""
    context, case = heard.context, kept.case
    if not heard.new_matter or kept.role == "reader" or context.person not in (None, case.person):
        return heard
    known = {**case.situation, **context.situation()}
    context = context.but(region=context.region or case.region, zone=context.zone or case.zone, person=context.person or case.person)
    said = (say("list_resumed"),) if case.situation or kept.ticked else ()
    return dataclasses.replace(heard, context=context.with_situation(known), said=(*heard.said, *said))


def _understood(matter: Matter, meant: Mapping[str, str]) -> tuple[str, ...]:
    """Say what was only concluded, so that it can be put right."""
    texts = [option.text for question in matter.situations for option in question.options if meant.get(question.key) == option.value]
    return (say("case_heard", case="；".join(texts)),) if texts else ()


def _faq(heard: Heard) -> Optional[str]:
    """Return the common question that was asked: in its own words, or in like words and on the same aspect."""
    near, asked = heard.utterance.faq, heard.utterance.aspects
    if near is None or heard.utterance.act not in ("ask", "inform"):
        return None
    lines = [line for guide in heard.catalogue.matters[str(heard.context.matter)].guides for line in guide.faqs if line.id == near.id]
    fits = not asked or any(line.aspect in (None, "overview", *asked) for line in lines)
    return near.id if fits or near.likeness >= SAME_WORDS else None


def _asked(heard: Heard) -> tuple[Aspect, ...]:
    return heard.utterance.aspects if heard.utterance.act == "ask" else ()


def _shown(heard: Heard) -> tuple[Aspect, ...]:
    """Return what to answer: with the list the whole on first meeting a matter, the list after an answer of ours, else what is asked."""
    asked = _asked(heard)
    if heard.resolved == "situation":
        return asked if heard.utterance.asks else ("materials",)
    if heard.new_matter or heard.resolved in ("region", "matter") or not asked and heard.changed and not heard.context.aspects:
        return ("overview", *(aspect for aspect in asked if aspect != "overview")) if not asked or set(asked) & set(WHOLE) else asked
    if asked:
        return asked
    return ("overview",) if heard.said or not heard.changed else ("materials",)


def _brings_nothing_new(heard: Heard) -> bool:
    """A circumstance that changes nothing must not bring the same answer once more."""
    return heard.utterance.act == "inform" and not (heard.changed or heard.resolved or heard.new_matter)


def _nothing_new(heard: Heard) -> Turned:
    context, pending = heard.context, heard.context.pending
    if pending and pending.choices and pending.kind != "region":
        question = OpenQuestion(key=pending.key, text=say("choose_listed"), options=tuple(choice.text for choice in pending.choices))
        return context, _in_hand(heard).but(type="choice", outcome="needs_choice", questions=(question,))
    said = (*heard.said, say("nothing_new", matter=heard.catalogue.names[str(context.matter)]))
    return context, _in_hand(heard).but(said=said)


def _in_hand(heard: Heard) -> Answer:
    """Return an answer that brings nothing yet but says which matter, place and case it is about."""
    context = heard.context
    known = {"matter": context.matter, "region": context.region, "situation": dict(context.situation())}
    return Answer(type="talk", outcome="answered", as_of=heard.today).but(**known)


def _means_matter_in_hand(heard: Heard) -> bool:
    """Tell whether what may mean several matters is about the one in hand: always, but where it turns away or clearly means others."""
    in_hand, utterance = heard.context.matter, heard.utterance
    others = sum(sorted(utterance.shares.values(), reverse=True)[:2]) >= CLEARLY_OTHERS or says(utterance.text, "turns_away")
    return in_hand in utterance.candidates or in_hand in heard.catalogue.matters and not others


def _which_matter(heard: Heard) -> Turned:
    codes = [code for code in heard.utterance.candidates if code in heard.catalogue.matters][:MOST_CHOICES]
    if not codes:
        return _no_matter(heard)
    listed = tuple(Choice(text=heard.catalogue.names[code], value=code) for code in codes)
    said = tuple(f"{heard.catalogue.names[code]}：{heard.catalogue.matters[code].summary}" for code in codes)
    return _choose(heard, Pending(kind="matter", key="matter", choices=listed), text=say("which_matter"), said=said)


def _which_region(heard: Heard) -> Turned:
    listed = tuple(Choice(text=regions.name_of(code), value=code) for code in heard.unclear_regions)
    return _choose(heard, Pending(kind="region", key="region", choices=listed), text=say("which_of_regions"))


def _choose(heard: Heard, pending: Pending, *, text: str, said: tuple[str, ...] = ()) -> Turned:
    question = OpenQuestion(key=pending.key, text=text, options=tuple(choice.text for choice in pending.choices))
    answer = Answer(type="choice", outcome="needs_choice", said=(*heard.said, *said), questions=(question,), as_of=heard.today, aspects=heard.utterance.aspects)
    return heard.context.but(pending=pending, aspects=heard.utterance.aspects, misses=0), answer


def _no_matter(heard: Heard) -> Turned:
    pending = heard.context.pending
    if pending and pending.kind == "matter" and heard.utterance.act == "inform":  # a place, said in between
        return _choose(heard, pending, text=say("which_matter"))
    general = heard.utterance.act == "ask" and (not heard.utterance.aspects or "overview" in heard.utterance.aspects)
    said = say("capabilities", **heard.catalogue.listed()) if general else say("no_matter")
    outcome: Outcome = "answered" if general else "needs_detail"
    return heard.context, Answer(type="talk", outcome=outcome, said=(*heard.said, said), as_of=heard.today)


def _region_first(answer: Answer, aspects: tuple[Aspect, ...]) -> Answer:
    """Ask for the place before anything else where only the place decides: where to go."""
    if "location" not in aspects or "overview" in aspects or answer.region or answer.faq or answer.outcome != "answered":
        return answer
    question = OpenQuestion(key="region", text=say("which_region"), options=())
    return answer.but(outcome="answered" if answer.places or answer.notes else "needs_detail", questions=(question,))
