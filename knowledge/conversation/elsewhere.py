"""The desk for what no matter on file covers but something is known about: another office's business, national lists, single items."""

from __future__ import annotations

from typing import Optional

from knowledge.conversation.heard import Heard, Turned
from knowledge.guidance import national_lists
from knowledge.guidance.service import GuidanceService
from knowledge.items import answering
from knowledge.items.catalogue import ItemCatalogue
from knowledge.values.answer import Answer


class ElsewhereDesk:
    """Says where something belongs, before anybody says that it is not on file."""

    def __init__(self, guidance: GuidanceService, items: ItemCatalogue) -> None:
        self._guidance = guidance
        self._items = items

    def find(self, heard: Heard) -> Optional[Turned]:
        """Return what is known of a message that is no matter's, None where nothing is."""
        if heard.resolved or heard.utterance.act not in ("ask", "out_of_scope"):
            return None
        answer = self._answer(heard)
        return (heard.context.but(misses=0), answer.but(said=(*heard.said, *answer.said))) if answer else None

    def _answer(self, heard: Heard) -> Optional[Answer]:
        utterance = heard.utterance
        if national_lists.asked(utterance.text):
            return national_lists.answer(utterance.text, heard.today)
        if utterance.matter_status == "none" and (item := self._item(heard)):
            return item
        if utterance.elsewhere:
            return self._guidance.elsewhere(utterance.elsewhere, on=heard.today, region=heard.context.region)
        return None

    def _item(self, heard: Heard) -> Optional[Answer]:
        """Return the single item of the person's place that they clearly ask for."""
        text = heard.utterance.text
        found = self._items.current().asked(text, heard.context.region)
        whole = self._items.whole(found.listing, found.code) if found else None
        return answering.answer(whole, on=heard.today, aspects=heard.utterance.aspects, text=text) if whole else None
