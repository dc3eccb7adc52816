"""`yjs tickets`: what people could not get done, and what staff answer them; `yjs ratings` and `yjs privacy` beside it."""

from __future__ import annotations

from typing import Iterator

import click

from bot.channels.terminal import asked
from bot.channels.terminal.opening import assistant_here
from knowledge import ratings as grades
from knowledge.assistant import Assistant
from knowledge.language import regions
from knowledge.privacy.told import told
from knowledge.ratings import Counts
from knowledge.tickets.service import state_name
from knowledge.values.rating import BEST, WORST
from knowledge.values.ticket import Ticket, TicketState
from knowledge.wording import page, phrase


@click.group(help="工单：看哪些要答复、看一张、答复。")
def tickets() -> None:
    """Hold the commands."""


@tickets.command("list", help="要答复的工单，先到期的在前")
def listed() -> None:
    """Print one line a ticket."""
    here = assistant_here()
    waiting = here.tickets.waiting()
    for ticket in waiting:
        click.echo(_row(here, ticket))
    if not waiting:
        click.echo(phrase("tickets", "staff_empty"))


@tickets.command("show", help="看一张工单：yjs tickets show GD261122-7KQ2MX")
@click.argument("number")
def show(number: str) -> None:
    """Print a ticket with what was said and the contact."""
    here = assistant_here()
    for line in _whole(here, here.tickets.whole(number)):
        click.echo(line)


@tickets.command("answer", help="答复工单，本人下次来就会看到：yjs tickets answer 号码 --as 名字 --state answered --text 说什么")
@click.argument("number")
@click.option("--state", type=click.Choice(["handling", "answered", "closed"]), default="answered", help="handling 处理中、answered 已答复、closed 已办结（同时删掉电话）")
@click.option("--text", required=True, help="给本人看的话")
@click.option("--as", "by", required=True, help="谁答复的")
def answer(number: str, state: TicketState, text: str, by: str) -> None:
    """Write an answer down."""
    here = assistant_here()
    ticket = here.tickets.answer(number, by=asked.signed(here, by), text=text, state=state)
    click.echo(phrase("tickets", "staff_answered", number=ticket.number, state=ticket.state_name))


@click.command("ratings", help="好差评：每件事各有几个，差评为什么")
def ratings() -> None:
    """Print counts by matter and grade."""
    here = assistant_here()
    names = here.catalogues.current().names
    counted = here.ratings.counts()
    for one in counted:
        click.echo(_counted(one, names.get(one.matter, one.matter or str(page("ratings")["whole"]))))
    if not counted:
        click.echo(phrase("ratings", "none"))


@click.command("privacy", help="存了人们的什么、为什么、多久")
def privacy() -> None:
    """Print the page about privacy."""
    text = told(assistant_here().settings.keep)
    click.echo("\n".join((text["title"], text["lead"], "", text["kept_title"])))
    for entry in text["kept"]:
        click.echo(f"· {entry['what']}：{entry['why']}")
    click.echo("\n".join(("", text["masked_title"], *(f"· {line}" for line in text["masked"]), "", text["person"])))


def _row(here: Assistant, ticket: Ticket) -> str:
    due = phrase("tickets", "staff_due", day=ticket.promised_by) if ticket.promised_by else phrase("tickets", "staff_no_due")
    return phrase(
        "tickets",
        "staff_row",
        number=ticket.number,
        kind=page("tickets")["kinds"][ticket.kind],
        state=state_name(ticket.state),
        day=ticket.opened_at.date(),
        due=due,
        matter=here.catalogues.current().names.get(ticket.matter or "", ""),
        region=regions.name_of(ticket.region) if ticket.region else "",
    ).rstrip()


def _whole(here: Assistant, ticket: Ticket) -> Iterator[str]:
    yield _row(here, ticket)
    yield phrase("tickets", "staff_told", told=ticket.told)
    if case := _case(here, ticket):
        yield phrase("tickets", "staff_situation", situation=case)
    yield phrase("tickets", "staff_contact", contact=ticket.contact) if ticket.contact else phrase("tickets", "staff_no_contact")
    for event in ticket.events:
        yield phrase("tickets", "event", day=event.on, state=state_name(event.state), text=event.text)


def _case(here: Assistant, ticket: Ticket) -> str:
    matter = here.catalogues.current().matters.get(ticket.matter or "")
    texts = {(question.key, option.value): option.text for question in (matter.situations if matter else ()) for option in question.options}
    return "，".join(texts.get((key, value), value) for key, value in ticket.situation.items())


def _counted(one: Counts, name: str) -> str:
    counts = "，".join(
        phrase("ratings", "count", grade=grades.name_of(grade), count=one.grades[grade])
        for grade in range(BEST, WORST - 1, -1)
        if one.grades.get(grade)
    )
    reasons = "，".join(phrase("ratings", "count", grade=reason, count=count) for reason, count in one.reasons.items())
    return phrase("ratings", "row", matter=name, counts=counts, low=one.low, reasons=phrase("ratings", "reasons", reasons=reasons) if reasons else "")


COMMANDS = (tickets, ratings, privacy)
