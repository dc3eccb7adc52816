"""The desk for “办不成事”: sympathy, what is known already, a ticket, and how it goes on."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Optional

from knowledge.conversation import agreeing
from knowledge.conversation.context import Context
from knowledge.conversation.heard import Heard, Turned, reply_on_matter
from knowledge.conversation.status import Opener
from knowledge.conversation.ticket_words import described, known, opened_words, promised
from knowledge.tickets import numbers
from knowledge.tickets.service import Tickets, masked
from knowledge.values.answer import Answer
from knowledge.values.ticket import TicketKind
from knowledge.wording import page, phrase

AGAIN = "again"
PHONE = re.compile(r"1[3-9]\d{9}")
# What was said is carried until it is handed in, and no further.
MOST_CARRIED = 300
# What people do when they tell how it went.
ACTS = ("ask", "inform", "complain", "out_of_scope")


class TicketDesk:
    """Offers, opens and shows tickets; `opened` turns a holder's reference into the number that they typed."""

    def __init__(self, tickets: Tickets, *, opened: Opener) -> None:
        self._tickets = tickets
        self._opened = opened

    def find(self, heard: Heard) -> Optional[Turned]:
        """Return what a message about tickets comes to, whatever its act; None for every other message."""
        number = self._number(heard)
        if number:
            return self._one(heard, number)
        if _says(heard, "progress"):
            return self._all(heard)
        asked = agreeing.about(heard, "ticket")
        if asked and asked.endswith("contact"):
            return self._contact(heard, asked)
        wanted = _says(heard, "register") and not agreeing.refuses(heard)
        agreed = wanted or agreeing.agreed(heard, "ticket")
        if agreed is not None and (asked or wanted):
            return self._ask_contact(heard, _kind(asked)) if agreed else _declined(heard)
        more = asked == "stuck" and _tells_more(heard)
        return self.answer(heard) if more or _is_stuck(heard) else None

    def answer(self, heard: Heard) -> Turned:
        """Return sympathy, what is known already, and the offer; said otherwise the second time in a row."""
        again = agreeing.about(heard, "ticket") == "stuck"
        context = carrying(heard)
        head = (phrase("tickets", "sorry_again"),) if again else (phrase("tickets", "sorry"), *known(heard, context))
        context, answer = offer(heard, context, "stuck", again=again, said=(*heard.said, *head))
        official, sources = described(heard.context.region)
        return context, answer.but(said=(*answer.said, *official), sources=sources)

    def _number(self, heard: Heard) -> Optional[str]:
        reference = heard.utterance.application_no
        return numbers.written(self._opened(heard.holder, reference) or "") if reference else None

    def _one(self, heard: Heard, number: str) -> Turned:
        context = heard.context.but(application_no=None, pending=None, misses=0)
        ticket = self._tickets.find(heard.holder, number)
        if ticket is None:
            return context, reply_on_matter(heard, phrase("tickets", "not_found"), type="ticket", outcome="not_found")
        return context, reply_on_matter(heard, *opened_words(ticket, heard), type="ticket").but(ticket=ticket)

    def _all(self, heard: Heard) -> Turned:
        tickets = self._tickets.of(heard.holder)
        if not tickets:
            return heard.context.but(misses=0), reply_on_matter(heard, phrase("tickets", "none"), type="ticket", outcome="needs_detail")
        said = tuple(line for ticket in tickets for line in opened_words(ticket, heard))
        return heard.context.but(misses=0), reply_on_matter(heard, *said, type="ticket").but(ticket=tickets[0])

    def _ask_contact(self, heard: Heard, kind: TicketKind) -> Turned:
        if not heard.holder:
            return heard.context.but(pending=None), reply_on_matter(heard, phrase("tickets", "nobody"), type="ticket", outcome="hand_off")
        context = heard.context if heard.context.told else carrying(heard)
        return _asking_phone(heard, context, f"{kind}:contact", "contact")

    def _contact(self, heard: Heard, asked: str) -> Turned:
        """Take the phone where it was given; whatever else was said, the ticket that was agreed to is opened."""
        number = self._opened(heard.holder, heard.utterance.check) if heard.utterance.check else None
        if number:
            phone = number if PHONE.fullmatch(number) else None
            return self._open(heard, _kind(asked), contact=phone, said=() if phone else (phrase("tickets", "not_a_phone"),))
        agreed = agreeing.agreed(heard, "ticket")
        if agreed and AGAIN not in asked:
            return _asking_phone(heard, heard.context, f"{_kind(asked)}:{AGAIN}:contact", "contact_phone")
        if agreed is None and not agreeing.refuses(heard):
            return self._open(heard, _kind(asked), contact=None, said=(phrase("tickets", "added"),), context=carrying(heard))
        return self._open(heard, _kind(asked), contact=None)

    def _open(
        self, heard: Heard, kind: TicketKind, *, contact: Optional[str], said: tuple[str, ...] = (), context: Optional[Context] = None
    ) -> Turned:
        context = context or heard.context
        ticket = self._tickets.open(
            heard.holder,
            kind=kind,
            matter=context.matter,
            region=context.region,
            situation=context.situation(),
            told=context.told,
            contact=contact,
        )
        sentences, sources = promised(ticket, called=contact is not None)
        answer = reply_on_matter(heard, *said, *sentences, type="ticket").but(ticket=ticket, sources=sources)
        return context.but(pending=None, told="", misses=0), answer


def offer(heard: Heard, context: Context, kind: TicketKind, *, again: bool, said: tuple[str, ...]) -> Turned:
    """Return the offer of a ticket after what is said; `again` in other words."""
    stem = "offer" if kind == "stuck" else "person_offer"
    text, about = phrase("tickets", f"{stem}_{AGAIN}" if again else stem), f"{kind}:{AGAIN}" if again else kind
    words = page("tickets")
    context, question = agreeing.ask(context.but(misses=0), "ticket", about, text=text, yes=words["yes"], no=words["no"])
    answer = Answer(type="ticket", outcome="hand_off", matter=context.matter, said=said, questions=(question,), as_of=heard.today)
    return context, answer


def carrying(heard: Heard, *, said: str = "", context: Optional[Context] = None) -> Context:
    """Return the context with what was said now put to what is to be handed in."""
    context, words = context or heard.context, masked(said or heard.utterance.text)
    before = context.told
    return context.but(told=before if words in before else f"{before}。{words}".strip("。")[-MOST_CARRIED:])


def _asking_phone(heard: Heard, context: Context, about: str, sentence: str) -> Turned:
    context, question = agreeing.ask(context, "ticket", about, text=phrase("tickets", sentence), no=page("tickets")["no_call"])
    return context, reply_on_matter(heard, type="ticket", outcome="needs_detail").but(questions=(question,))


def _declined(heard: Heard) -> Turned:
    return heard.context.but(pending=None, told=""), reply_on_matter(heard, phrase("tickets", "declined"), type="ticket")


def _kind(asked: Optional[str]) -> TicketKind:
    return "person" if asked and asked.startswith("person") else "stuck"


def _says(heard: Heard, cues: str) -> bool:
    return any(cue in heard.utterance.text for cue in page("tickets")[cues])


def _is_stuck(heard: Heard) -> bool:
    """Tell whether the facts say that it did not work out; a narrow question is answered first, whatever stands beside it."""
    if _says(heard, "window"):
        return True
    utterance, pending = heard.utterance, heard.context.pending
    asks = utterance.asks and re.search(page("tickets")["question"], utterance.text)
    if asks or heard.resolved or utterance.act not in ACTS or pending and pending.kind == "correction":
        return False
    return any(pattern.search(utterance.text) for pattern in _patterns())


def _tells_more(heard: Heard) -> bool:
    """Tell whether somebody goes on about what did not work out, and nothing of it is for another desk."""
    return heard.utterance.act == "inform" and not (heard.changed or heard.resolved or heard.new_matter)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in page("tickets")["stuck"])
