"""The desk for somebody who wants a person: who is there, and when; what was said goes along as a ticket."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Callable, Optional

from knowledge import clock
from knowledge.conversation import agreeing
from knowledge.conversation.heard import Heard, Turned
from knowledge.conversation.ticket_words import known
from knowledge.conversation.tickets import carrying, offer
from knowledge.guidance.service import GuidanceService
from knowledge.tickets import hours
from knowledge.values.answer import Answer, CitedSource, PlaceLine, Question, decided
from knowledge.wording import day, phrase

# Up to this length a message asks for a person and says nothing more.
ONLY_ASKS = 10


class PersonDesk:
    """Hands over; nobody sits behind this assistant, and it does not pretend so."""

    def __init__(self, guidance: GuidanceService, *, now: Callable[[], dt.datetime]) -> None:
        self._guidance = guidance
        self._now = now

    def answer(self, heard: Heard) -> Turned:
        """Return the ways to a person, and the offer to write down what was said; otherwise worded the second time in a row."""
        carried = carrying(heard) if len(heard.utterance.text) > ONLY_ASKS else heard.context
        if agreeing.about(heard, "ticket") == "person":
            return offer(heard, carried, "person", again=True, said=(*heard.said, phrase("tickets", "person_again")))
        guide = self._windows(heard)
        places, sources = _with_hours(guide) if guide else ((), ())
        said = (*heard.said, phrase("tickets", "person"), *known(heard, carried), *self._opening(places))
        context, answer = offer(heard, carried, "person", again=False, said=said)
        return context, answer.but(places=places, sources=sources, review=guide.review if guide and places else None)

    def _windows(self, heard: Heard) -> Optional[Answer]:
        """Return what is on file of the places of the matter in hand, where it is known which."""
        context = heard.context
        if context.matter not in heard.catalogue.matters or not context.region:
            return None
        situation = decided(context.situation())
        question = Question(matter=str(context.matter), on=heard.today, aspects=("location",), region=context.region, situation=situation)
        return self._guidance.answer(question)

    def _opening(self, places: tuple[PlaceLine, ...]) -> tuple[str, ...]:
        if not places:
            return (phrase("tickets", "no_windows"),)
        written, now = [str(place.hours) for place in places], clock.local(self._now())
        opens = hours.opens_on(now, written[0])
        if opens is None:
            return (phrase("tickets", "windows"),)
        if all(hours.shut_on(now.date(), one) for one in written):
            return (phrase("tickets", "windows"), phrase("tickets", "closed_today", day=day(opens)))
        if all(hours.shut_at(now, one) for one in written):
            return (phrase("tickets", "windows"), phrase("tickets", "closed_now", day=day(opens)))
        return (phrase("tickets", "windows"),)


def _with_hours(guide: Answer) -> tuple[tuple[PlaceLine, ...], tuple[CitedSource, ...]]:
    """Return the places of which it is on file when they are open, and their sources alone."""
    open_at = [place for place in guide.places if place.hours]
    cited = sorted({place.source for place in open_at if place.source is not None})
    places = (dataclasses.replace(place, source=cited.index(place.source) if place.source is not None else None) for place in open_at)
    return tuple(places), tuple(guide.sources[number] for number in cited)
