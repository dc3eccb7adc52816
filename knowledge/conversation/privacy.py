"""The desk for “我的数据” and “删除我的数据”: tells, asks once, then really deletes."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, Iterator, Mapping, Optional

from knowledge.conversation import agreeing
from knowledge.conversation.context import Context
from knowledge.conversation.heard import Heard, Turned, reply
from knowledge.privacy.service import Privacy
from knowledge.values.answer import Answer
from knowledge.wording import page, phrase

# Of what is kept, what people know by name: where they find it in the file, and what of an entry names it.
NAMED = {"checklists": "matter", "reminders": "matter", "tickets": "number", "ratings": "matter"}


class PrivacyDesk:
    """Answers what is kept, and forgets people."""

    def __init__(self, privacy: Privacy) -> None:
        self._privacy = privacy

    def find(self, heard: Heard) -> Optional[Turned]:
        """Return the answer to a message about one's own data, None for every other message."""
        agreed = agreeing.agreed(heard, "forget")
        if agreed is not None:
            return self._forget(heard) if agreed else (heard.context.but(pending=None), reply(heard, phrase("privacy", "kept")))
        if heard.new_matter:
            # “删除我的数据” sounds like the business of some matter, and is none.
            heard = dataclasses.replace(heard, context=heard.context.but(matter=None), new_matter=False)
        if _means(heard, "wants_deletion"):
            return _ask(heard)
        return self._mine(heard) if _means(heard, "wants_export") else None

    def _forget(self, heard: Heard) -> Turned:
        if heard.holder:
            self._privacy.forget(heard.holder)
        # Whoever keeps this conversation has to drop it: what is written after this turn would be the first of what is kept.
        return Context(forgotten=True), Answer(type="talk", outcome="answered", said=(phrase("privacy", "deleted"),))

    def _mine(self, heard: Heard) -> Turned:
        kept = tuple(_kept(self._privacy.export(heard.holder))) if heard.holder else ()
        head = phrase("privacy", "mine") if kept else phrase("privacy", "nothing")
        return heard.context.but(misses=0), reply(heard, head, *kept, phrase("privacy", "how"))


def _ask(heard: Heard) -> Turned:
    if not heard.holder:
        return heard.context, reply(heard, phrase("privacy", "nobody"))
    words = page("privacy")
    context, question = agreeing.ask(heard.context, "forget", "everything", text=phrase("privacy", "ask"), yes=words["delete"], no=words["keep"])
    return context, reply(heard).but(outcome="needs_choice", questions=(question,))


def _kept(exported: Mapping[str, Any]) -> Iterator[str]:
    labels = page("privacy")["labels"]
    for key, name in NAMED.items():
        entries = exported[labels[key]]
        if entries:
            names = "、".join(dict.fromkeys(entry[labels[name]] for entry in entries))
            yield phrase("privacy", "entry", what=labels[key], names=names)
    said = exported[labels["conversation"]][labels["said"]]
    if said:
        yield phrase("privacy", "entry", what=labels["conversation"], names=phrase("privacy", "sentences", count=len(said)))


def _means(heard: Heard, wish: str) -> bool:
    return not heard.resolved and re.search(page("privacy")[wish], heard.utterance.text) is not None
