"""The desk for reminders: “提醒我周五”, “取消提醒”, and where they will come."""

from __future__ import annotations

import datetime as dt
import re
from typing import Callable, Optional

from knowledge import clock
from knowledge.checklists.service import Checklists
from knowledge.conversation.context import Choice, Pending
from knowledge.conversation.heard import Heard, Turned, reply_on_matter
from knowledge.reminders import when
from knowledge.reminders.service import Reminders
from knowledge.store.addresses import Addresses
from knowledge.values.answer import OpenQuestion
from knowledge.wording import day, page, phrase


class ReminderDesk:
    """Sets and takes back reminders, and says honestly where they come."""

    def __init__(self, reminders: Reminders, *, lists: Checklists, addresses: Addresses, now: Callable[[], dt.datetime]) -> None:
        self._reminders = reminders
        self._lists = lists
        self._addresses = addresses
        self._now = now

    def find(self, heard: Heard) -> Optional[Turned]:
        """Return what a message about reminders comes to, None for every other message."""
        text, pending = heard.utterance.text, heard.context.pending
        asked = heard.resolved == "reminder" or pending is not None and pending.kind == "reminder"
        if _matches(text, "cancel"):
            return self._cancel(heard)
        if any(words in text for words in page("reminders")["mine"]):
            return self._mine(heard)
        wish = _matches(text, "wish")
        moment = self._moment(heard) if wish or asked else None
        # “能提醒我吗” asks whether we do; “周五能提醒我吗” wants it.
        if moment is not None or wish and not _matches(text, "question"):
            return self._set(heard, moment)
        return None

    def _moment(self, heard: Heard) -> Optional[dt.datetime]:
        return when.asked(heard.picked if heard.resolved == "reminder" and heard.picked else heard.utterance.text, now=clock.local(self._now()))

    def _set(self, heard: Heard, moment: Optional[dt.datetime]) -> Turned:
        matter = self._matter(heard)
        if not heard.holder:
            return heard.context, reply_on_matter(heard, phrase("reminders", "nobody"))
        if matter is None:
            return heard.context.but(pending=None), reply_on_matter(heard, phrase("reminders", "which"))
        if moment is None:
            return _ask_when(heard, matter)
        reminder = self._reminders.add(heard.holder, matter, on=moment.date(), hour=moment.hour)
        name = heard.catalogue.names[matter]
        said = [phrase("reminders", "set", matter=name, day=day(reminder.due_at.date()), hour=reminder.due_at.hour)]
        said += [phrase("reminders", "quiet")] if when.in_quiet_hours(heard.utterance.text) else []
        said += [phrase("reminders", "by_telegram" if self._addresses.channel(heard.holder) == "telegram" else "by_return")]
        return heard.context.but(pending=None, misses=0), reply_on_matter(heard, *said).but(matter=matter, matter_name=name)

    def _matter(self, heard: Heard) -> Optional[str]:
        """Return the matter in hand, else that of the list touched last."""
        if heard.context.matter in heard.catalogue.matters:
            return heard.context.matter
        return next((row.matter for row in self._lists.of(heard.holder)), None) if heard.holder else None

    def _cancel(self, heard: Heard) -> Turned:
        matter, context = heard.context.matter, heard.context.but(pending=None)
        if matter in heard.catalogue.names and self._reminders.cancel(heard.holder, matter):
            return context, reply_on_matter(heard, phrase("reminders", "cancelled", matter=heard.catalogue.names[str(matter)]))
        return context, reply_on_matter(heard, phrase("reminders", "cancelled_all" if self._reminders.cancel(heard.holder) else "none"))

    def _mine(self, heard: Heard) -> Turned:
        kept = self._reminders.of(heard.holder)
        if not kept:
            return heard.context, reply_on_matter(heard, phrase("reminders", "none"))
        names = heard.catalogue.names
        rows = [
            phrase("reminders", "row", day=day(one.due_at.date()), hour=one.due_at.hour, matter=names.get(one.matter, one.matter)) for one in kept
        ]
        return heard.context, reply_on_matter(heard, phrase("reminders", "head"), *rows, phrase("reminders", "how_to_cancel"))


def _ask_when(heard: Heard, matter: str) -> Turned:
    offered = tuple(page("reminders")["offered"])
    pending = Pending(kind="reminder", key="when", choices=tuple(Choice(text=text, value=text) for text in offered))
    tried = heard.context.pending is not None and heard.context.pending.kind == "reminder"
    text = phrase("reminders", "not_understood" if tried or _names_a_day(heard) else "when")
    question = OpenQuestion(key="reminder", text=text, options=offered)
    answer = reply_on_matter(heard).but(outcome="needs_detail", matter=matter, questions=(question,))
    return heard.context.but(matter=matter, pending=pending), answer


def _names_a_day(heard: Heard) -> bool:
    """Tell whether a day was named that we cannot remind on: one that is over, or too far."""
    text = heard.utterance.text
    return when.later(text, today=heard.today) is not None or when.named(text, today=heard.today) is not None


def _matches(text: str, wish: str) -> bool:
    return re.search(page("reminders")[wish], text) is not None
