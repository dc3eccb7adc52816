"""The desk for a person's own lists: what they have, what is missing, sharing, and giving up."""

from __future__ import annotations

import dataclasses
from typing import Callable, Iterator, Mapping, Optional, Sequence

from knowledge.checklists.service import Checklists
from knowledge.checklists.standing import left
from knowledge.conversation import alike, choosing, facts, having
from knowledge.conversation.context import Context
from knowledge.conversation.having import Having
from knowledge.conversation.heard import Heard, Turned, reply
from knowledge.values.checklist import Checklist, Role
from knowledge.wording import day, page, say

MOST_NAMED = 6
# Who does this tells of no document, whatever is named.
TELLS_OTHERS = ("complain", "human", "rate")


class ChecklistDesk:
    """Shows, ticks, shares and clears lists; without a matter in hand it finds the list that is meant."""

    def __init__(self, lists: Checklists) -> None:
        self._lists = lists
        self._does: Mapping[str, Callable[[Heard, Checklist], Turned]] = {
            "clear": self._clear,
            "drop": self._drop,
            "revoke": self._revoke,
            "carry_on": lambda heard, checklist: self._share(heard, checklist, role="companion"),
            "share": lambda heard, checklist: self._share(heard, checklist, role="reader"),
        }

    def find(self, heard: Heard) -> Optional[Turned]:
        """Return what a message about the lists themselves comes to, whatever its act; None for every other message."""
        text = heard.utterance.text
        if _means(text, "all") and not heard.resolved:
            return self._all(heard)
        if any(_means(text, wish) for wish in ("revoke", "carry_on", "share", "drop")):
            return self.answer(heard)
        return self._told_of_things(heard)

    def _told_of_things(self, heard: Heard) -> Optional[Turned]:
        """Return the list after what somebody says they have or lack of it; what changes the case or answers us is told instead."""
        if heard.utterance.act in TELLS_OTHERS or heard.resolved not in (None, "situation") or not having.may_tell(heard.utterance.words):
            return None
        told = next(self._told(heard), None)
        if told is None:
            return None
        checklist, things = told
        said = self._tick(heard, checklist, things)
        if checklist.matter == heard.context.matter and _tells_case(heard, checklist, things):
            return None  # the list that is shown with the case has the ticks
        heard = _back(heard) if _turns(heard) else dataclasses.replace(heard, changed=False)
        return self._open(heard, checklist, (*heard.said, *said))

    def _told(self, heard: Heard) -> Iterator[tuple[Checklist, Having]]:
        """Yield what is told of the list in hand, else of any list of which nothing but that is told."""
        turns, in_hand = _turns(heard), heard.context.matter
        checklist = self._lists.look(heard.holder, in_hand) if in_hand and not turns else None
        if checklist and (things := _things(heard, checklist)) and not _asks_else(heard, things):
            yield checklist, things
        if not in_hand or turns or heard.utterance.act == "checklist" and not heard.changed:
            found = ((one, _things(heard, one)) for one in self._lists.all(heard.holder))
            yield from ((one, things) for one, things in found if things.there and things.only)

    def answer(self, heard: Heard) -> Turned:
        """Return the list after what was said of it."""
        checklist = self._meant(heard)
        if checklist is None:
            return self._all(heard)
        wish = next((wish for wish in self._does if _means(heard.utterance.text, wish)), None)
        if wish:
            return self._does[wish](heard, checklist)
        things = _things(heard, checklist)
        said = (say("checklist_unknown"),) if things.unknown and not things else self._tick(heard, checklist, things)
        return self._open(heard, checklist, (*heard.said, *said))

    def _open(self, heard: Heard, checklist: Checklist, said: Sequence[str]) -> Turned:
        """Return the list as it is by now; what was published in it is told here, where somebody sees it."""
        return shown(heard, self._lists.open(heard.holder, checklist.matter) or checklist, said)

    def _meant(self, heard: Heard) -> Optional[Checklist]:
        """Return the list of the matter in hand, else the one that has what was named, else the only or latest one."""
        if heard.context.matter:
            return self._lists.look(heard.holder, heard.context.matter)
        lists = self._lists.all(heard.holder)
        named = [one for one in lists if _things(heard, one)]
        return next(iter((*named, *lists)), None)

    def _tick(self, heard: Heard, checklist: Checklist, things: Having) -> Sequence[str]:
        """Tick what is there, untick what is not, and return what is said of it."""
        if checklist.role == "reader" and things:
            return (say("list_only_to_read"),)
        for lines, ticked in ((things.there, True), (things.missing, False)):
            for line in lines:
                self._lists.tick(heard.holder, checklist.matter, line.id, ticked=ticked)
        # One document may stand in two lines, each for another case: it is ticked in both and told once.
        ticks = [say("checklist_ticked", material=name) for name in dict.fromkeys(line.name for line in things.there)]
        return (*ticks, *(say("checklist_unticked", material=name) for name in dict.fromkeys(line.name for line in things.missing)))

    def _clear(self, heard: Heard, checklist: Checklist) -> Turned:
        self._lists.clear(heard.holder, checklist.matter)
        return self._open(heard, checklist, (say("checklist_cleared", matter=checklist.name),))

    def _drop(self, heard: Heard, checklist: Checklist) -> Turned:
        self._lists.drop(heard.holder, checklist.matter)
        sentence = "list_dropped" if checklist.role == "owner" else "list_left"
        context = heard.context.but(situations={code: case for code, case in heard.context.situations.items() if code != checklist.matter})
        return context, reply(heard, say(sentence, matter=checklist.name))

    def _share(self, heard: Heard, checklist: Checklist, *, role: Role) -> Turned:
        share = self._lists.share(heard.holder, checklist.matter, role=role)
        if share is None:
            return heard.context, reply(heard, say("list_not_yours", matter=checklist.name))
        said = say(f"list_shared_{role}", matter=checklist.name, code=share.code, day=day(share.expires_on))
        return heard.context, reply(heard, said, type="checklist").but(matter=checklist.matter, share=share)

    def _revoke(self, heard: Heard, checklist: Checklist) -> Turned:
        revoked = self._lists.revoke(heard.holder, checklist.matter)
        return heard.context, reply(heard, say("list_revoked" if revoked else "list_none_shared", matter=checklist.name))

    def _all(self, heard: Heard) -> Turned:
        lists = self._lists.of(heard.holder)[:MOST_NAMED]
        if not lists:
            return heard.context, reply(heard, say("checklist_empty"), type="checklist", outcome="needs_detail")
        if len(lists) == 1 and (only := self._lists.open(heard.holder, lists[0].matter)):
            return shown(heard, only, heard.said)
        rows = tuple(say("list_row", name=row.name, region=row.region_name or "", left=left(row)) for row in lists)
        answer = reply(heard, say("list_head", count=len(lists)), *rows, say("list_open"), type="checklist")
        return heard.context, answer.but(lists=lists)


def shown(heard: Heard, checklist: Checklist, said: Sequence[str]) -> Turned:
    """Return the list itself after what is said of it, with what would still decide something; the conversation turns to it."""
    context = _turned(heard, checklist)
    asks = tuple(question for question in checklist.asks if question.key not in context.situation())[:1]
    asks = asks if checklist.maybe and checklist.role != "reader" else ()
    answer = checklist.answer
    far = (left(checklist),) if answer.checklist else ()
    brief = answer.but(
        aspects=("materials",), said=(*said, *answer.said, *far), questions=asks, items=(), steps=(), time_limit=None, fee=None, places=(), notes=()
    )
    open_now = choosing.pending(asks, heard.catalogue.matters[checklist.matter])
    return context.but(pending=open_now), brief


def _turned(heard: Heard, checklist: Checklist) -> Context:
    """Return the context with the case of the list, and with what was told of it just now."""
    context = heard.context
    told = context.situation() if heard.changed and context.matter == checklist.matter else {}
    situations = {**context.situations, checklist.matter: {**checklist.answer.situation, **told}}
    region = context.region or checklist.answer.region
    return dataclasses.replace(context, matter=checklist.matter, region=region, situations=situations, misses=0)


def _means(text: str, wish: str) -> bool:
    return any(word in text for word in page("checklist")[wish])


def _things(heard: Heard, checklist: Checklist) -> Having:
    return having.told(heard.utterance.words, checklist.answer.checklist, heard.catalogue.materials(checklist.matter))


def _asks_else(heard: Heard, things: Having) -> bool:
    """Tell whether something else is asked: in so many words, or surely heard where more is said than what is there."""
    return things.asks or not things.only and heard.utterance.asks and "materials" not in heard.utterance.aspects


def _tells_case(heard: Heard, checklist: Checklist, things: Having) -> bool:
    """Tell whether the case was changed or a question of ours answered, not only by words that sound a little like that."""
    if not heard.changed:
        return False
    matter, text = heard.catalogue.matters[checklist.matter], heard.utterance.words
    written = facts.mentioned(matter, text)
    if any(checklist.answer.situation.get(key) != value for key, value in written.items()):
        return True
    if heard.resolved is None:
        return bool(heard.utterance.regions) or not things.only
    asked = next(question for question in matter.situations if question.key == heard.key)
    words = (asked.ask, *(word for option in asked.options for word in (option.text, *option.words)))
    named = having.names(things, "，".join(words), heard.catalogue.materials(matter.code))
    return named or asked.key in {**alike.mentioned(matter, text), **written}


def _turns(heard: Heard) -> bool:
    """Tell whether another matter than the one in hand was heard."""
    name = heard.catalogue.names.get(heard.context.matter or "")
    return heard.new_matter or say("resumed", matter=name) in heard.said


def _back(heard: Heard) -> Heard:
    """Return what was heard without the matter that was not meant."""
    empty = {code for code, case in heard.context.situations.items() if code == heard.context.matter and not case}
    situations = {code: case for code, case in heard.context.situations.items() if code not in empty}
    return dataclasses.replace(heard, said=(), context=heard.context.but(situations=situations))
