"""Everything that `knowledge` offers, put together from the settings: what every door opens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Mapping, Optional, Sequence

from knowledge import clock
from knowledge.checklists.service import Checklists
from knowledge.conversation.asking import AskDesk
from knowledge.conversation.checklist import ChecklistDesk
from knowledge.conversation.codes import CodeDesk
from knowledge.conversation.conversation import Conversation
from knowledge.conversation.correcting import CorrectionDesk, Keep
from knowledge.conversation.elsewhere import ElsewhereDesk
from knowledge.conversation.heralds import ReminderHerald, TicketHerald
from knowledge.conversation.person import PersonDesk
from knowledge.conversation.privacy import PrivacyDesk
from knowledge.conversation.rating import PartingDesk, RatingDesk
from knowledge.conversation.reminders import ReminderDesk
from knowledge.conversation.status import Opener, StatusDesk
from knowledge.conversation.talk import TalkDesk
from knowledge.conversation.tickets import TicketDesk
from knowledge.conversation.unanswered import Keep as KeepUnanswered
from knowledge.conversation.unanswered import UnansweredQuestions
from knowledge.editing import unanswered
from knowledge.guidance.catalogue import CatalogueSource
from knowledge.guidance.service import GuidanceService
from knowledge.items.catalogue import ItemCatalogue
from knowledge.privacy.service import Privacy
from knowledge.ratings import Ratings
from knowledge.reminders.service import Reminders
from knowledge.settings import Settings
from knowledge.status import service as status
from knowledge.store import corrections
from knowledge.store.addresses import Addresses
from knowledge.store.engine import Engine, open_engine
from knowledge.store.references import References
from knowledge.tickets.service import Tickets


@dataclass(frozen=True)
class Assistant:
    """The services of one process."""

    settings: Settings
    engine: Engine
    catalogues: CatalogueSource
    guidance: GuidanceService
    items: ItemCatalogue
    statuses: status.StatusService
    checklists: Checklists
    tickets: Tickets
    ratings: Ratings
    reminders: Reminders
    privacy: Privacy
    conversation: Conversation


def build(settings: Settings, *, opened: Optional[Opener] = None) -> Assistant:
    """Return the services on the database of `settings`.

    `opened` turns a holder's reference into what it stands for; the sealed references of the database where not given.
    """
    engine, secret = open_engine(settings.database_url), settings.secret()

    def now() -> dt.datetime:
        return clock.now(settings)

    opened = opened or References(engine, secret, now=now).open
    catalogues = CatalogueSource(engine, now=now)
    guidance = GuidanceService(catalogues)
    items = ItemCatalogue(engine)
    statuses = status.build(settings, engine)
    lists = Checklists(engine, guidance=guidance, catalogues=catalogues, secret=secret, now=now)
    tickets = Tickets(engine, secret=secret, now=now)
    ratings = Ratings(engine, now=now)
    reminders = Reminders(engine, lists=lists, names=lambda: catalogues.current().names, now=now)
    privacy = Privacy(engine, secret=secret, now=now, names=lambda: catalogues.current().names)
    checklist, ticket = ChecklistDesk(lists), TicketDesk(tickets, opened=opened)
    rating, parting = RatingDesk(ratings), PartingDesk(ratings, TalkDesk())
    conversation = Conversation(
        catalogues=catalogues,
        asking=AskDesk(guidance, lists=lists),
        status=StatusDesk(statuses, opened=opened),
        checklist=checklist,
        finders=(
            ticket,
            PrivacyDesk(privacy),
            ReminderDesk(reminders, lists=lists, addresses=Addresses(engine, secret), now=now),
            CodeDesk(lists, opened=opened),
            checklist,
            CorrectionDesk(_keeping(engine, settings)),
            ElsewhereDesk(guidance, items),
        ),
        desks={"complain": ticket, "human": PersonDesk(guidance, now=now), "rate": rating, "goodbye": parting, "thanks": parting},
        listeners=(UnansweredQuestions(_keeping_unanswered(engine, settings)),),
        heralds=(TicketHerald(tickets), ReminderHerald(reminders, now=now)),
        today=lambda: now().date(),
    )
    return Assistant(
        settings=settings,
        engine=engine,
        catalogues=catalogues,
        guidance=guidance,
        items=items,
        statuses=statuses,
        checklists=lists,
        tickets=tickets,
        ratings=ratings,
        reminders=reminders,
        privacy=privacy,
        conversation=conversation,
    )


def _keeping(engine: Engine, settings: Settings) -> Keep:
    """Return what writes a correction down."""

    def keep(matter: str, region: Optional[str], situation: Mapping[str, str], told: str) -> None:
        corrections.put(engine, matter=matter, region=region, situation=situation, told=told, at=clock.now(settings))

    return keep


def _keeping_unanswered(engine: Engine, settings: Settings) -> KeepUnanswered:
    """Return what keeps a question that nobody answered."""

    def keep(text: str, aspects: Sequence[str], region: Optional[str]) -> None:
        unanswered.keep(engine, text, aspects=aspects, region=region, at=clock.now(settings))

    return keep


def in_clear(holder: str, number: str) -> Optional[str]:
    """Return the number itself: for doors where it is typed in clear and stored nowhere."""
    return number
