"""What is said about a ticket: what is known before it, what is promised with it, how it goes on."""

from __future__ import annotations

import datetime as dt
from typing import Iterator, Optional

from knowledge.conversation.context import Context
from knowledge.conversation.heard import Heard
from knowledge.language import regions
from knowledge.tickets import promises
from knowledge.tickets.promises import Rule
from knowledge.tickets.service import state_name
from knowledge.values.answer import CitedSource
from knowledge.values.ticket import OPEN, TicketView
from knowledge.wording import day, phrase

Sources = tuple[CitedSource, ...]


def known(heard: Heard, context: Context) -> tuple[str, ...]:
    """Return what is known already, so that nothing has to be told twice: matter, place, case and the person's words."""
    told = (phrase("tickets", "known_told", told=context.told),) if context.told else ()
    if context.matter or context.region:
        return (phrase("tickets", "known", facts="，".join((*_facts(heard), *told))),)
    return (phrase("tickets", "unknown"),)


def described(region: Optional[str]) -> tuple[tuple[str, ...], Sources]:
    """Return what the official way is, with the rule of the place where one is on file."""
    rule = promises.hotline(region)
    if rule is None:
        return (phrase("tickets", "official"),), ()
    return (phrase("tickets", "official"), phrase("tickets", "hotline", rule=_cited(rule))), (rule.cited(),)


def promised(ticket: TicketView, *, called: bool) -> tuple[tuple[str, ...], Sources]:
    """Return that a ticket is there, who handles it, and by when, with the rule that says so."""
    opened = phrase("tickets", "opened_call" if called else "opened", number=ticket.number)
    rule = promises.window(ticket.region)
    if rule is None or ticket.promised_by is None:
        return (opened, phrase("tickets", "no_promise"), phrase("tickets", "handled")), ()
    due = phrase("tickets", "promise", rule=_cited(rule), day=day(ticket.promised_by))
    assumed = phrase("tickets", "promise_assumed") if promises.promise(rule, on=ticket.opened_on).assumed else ""
    return (opened, due + assumed, phrase("tickets", "handled")), (rule.cited(),)


def opened_words(ticket: TicketView, heard: Heard) -> Iterator[str]:
    """Yield how far a ticket has got, line by line."""
    name = heard.catalogue.names.get(ticket.matter or "")
    row = {"number": ticket.number, "state": ticket.state_name, "day": day(ticket.opened_on)}
    yield phrase("tickets", "row", matter=name, **row) if name else phrase("tickets", "row_bare", **row)
    for event in ticket.events:
        yield phrase("tickets", "event", day=day(event.on), state=state_name(event.state), text=event.text)
    if ticket.state in OPEN:
        yield from _still_open(ticket, heard.today)


def _still_open(ticket: TicketView, today: dt.date) -> Iterator[str]:
    if not ticket.events:
        yield phrase("tickets", "waiting")
    if ticket.promised_by:
        yield phrase("tickets", "overdue" if ticket.promised_by < today else "due", day=day(ticket.promised_by))


def _facts(heard: Heard) -> Iterator[str]:
    context = heard.context
    if context.matter in heard.catalogue.names:
        yield heard.catalogue.names[str(context.matter)]
    if context.region:
        yield regions.name_of(context.region)
    yield from _case(heard)


def _case(heard: Heard) -> Iterator[str]:
    """Yield the answers that were given, in the options' words."""
    matter = heard.catalogue.matters.get(heard.context.matter or "")
    answers = heard.context.situation()
    for question in matter.situations if matter else ():
        yield from (option.text for option in question.options if option.value == answers.get(question.key))


def _cited(rule: Rule) -> str:
    return f"{rule.text}[1]{phrase('tickets', 'unverified') if rule.level == 'B' else ''}"
