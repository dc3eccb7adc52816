"""The desk for a person's own lists: what they have, what is missing, sharing, and giving up."""

from __future__ import annotations

import dataclasses
from typing import Callable, Mapping, Optional, Sequence

from knowledge.checklists.service import Checklists
from knowledge.checklists.standing import left
from knowledge.conversation import choosing
from knowledge.conversation.context import Context
from knowledge.conversation.heard import Heard, Turned, reply
from knowledge.language.normalize import simplify
from knowledge.values.answer import ChecklistLine
from knowledge.values.checklist import Checklist, Role
from knowledge.values.guide import Material
from knowledge.wording import day, page, say

MOST_NAMED = 6
# Telling of a document may be taken for telling of a circumstance, or for a yes or no.
TELLS = ("inform", "affirm", "deny", "out_of_scope")


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
        if any(_means(text, wish) for wish in ("revoke", "carry_on", "share", "drop")) or self._tells_of_things(heard):
            return self.answer(heard)
        return None

    def _tells_of_things(self, heard: Heard) -> bool:
        """Tell whether somebody says what they have or lack of a list that is kept; what changes the case is told first."""
        tells = heard.utterance.act in TELLS and any(_means(heard.utterance.text, wish) for wish in ("have", "not_yet"))
        if not tells or heard.resolved or heard.changed or heard.context.matter is None:
            return False
        checklist = self._lists.look(heard.holder, heard.context.matter)
        return checklist is not None and bool(self._named(heard, checklist))

    def answer(self, heard: Heard) -> Turned:
        """Return the list after what was said of it."""
        checklist = self._meant(heard)
        if checklist is None:
            return self._all(heard)
        wish = next((wish for wish in self._does if _means(heard.utterance.text, wish)), None)
        if wish:
            return self._does[wish](heard, checklist)
        return self._open(heard, checklist, (*heard.said, *self._tick(heard, checklist)))

    def _open(self, heard: Heard, checklist: Checklist, said: Sequence[str]) -> Turned:
        """Return the list as it is by now; what was published in it is told here, where somebody sees it."""
        return shown(heard, self._lists.open(heard.holder, checklist.matter) or checklist, said)

    def _meant(self, heard: Heard) -> Optional[Checklist]:
        """Return the list of the matter in hand, else the one that has what was named, else the only or latest one."""
        if heard.context.matter:
            return self._lists.look(heard.holder, heard.context.matter)
        lists = self._lists.all(heard.holder)
        having = [one for one in lists if self._named(heard, one)]
        return next(iter((*having, *lists)), None)

    def _named(self, heard: Heard, checklist: Checklist) -> tuple[ChecklistLine, ...]:
        return _named(heard.utterance.text, checklist.answer.checklist, heard.catalogue.materials(checklist.matter))

    def _tick(self, heard: Heard, checklist: Checklist) -> Sequence[str]:
        """Tick or untick what is named and return what is said of it."""
        text, named = heard.utterance.text, self._named(heard, checklist)
        ticked = not _means(text, "not_yet")
        if checklist.role == "reader" and named:
            return (say("list_only_to_read"),)
        for line in named:
            self._lists.tick(heard.holder, checklist.matter, line.id, ticked=ticked)
        if not named and _means(text, "have"):
            return (say("checklist_unknown"),)
        sentence = "checklist_ticked" if ticked else "checklist_unticked"
        # One document may stand in two lines, each for another case: it is ticked in both and told once.
        return [say(sentence, material=name) for name in dict.fromkeys(line.name for line in named)]

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
    answer, asks = checklist.answer, checklist.asks[:1] if checklist.maybe and checklist.role != "reader" else ()
    far = (left(checklist),) if answer.checklist else ()
    brief = answer.but(
        aspects=("materials",), said=(*said, *answer.said, *far), questions=asks, items=(), steps=(), time_limit=None, fee=None, places=(), notes=()
    )
    open_now = choosing.pending(asks, heard.catalogue.matters[checklist.matter])
    return _turned(heard.context, checklist).but(pending=open_now), brief


def _turned(context: Context, checklist: Checklist) -> Context:
    situations = {**context.situations, checklist.matter: dict(checklist.answer.situation)}
    region = context.region or checklist.answer.region
    return dataclasses.replace(context, matter=checklist.matter, region=region, situations=situations, misses=0)


def _means(text: str, wish: str) -> bool:
    return any(word in text for word in page("checklist")[wish])


def _named(text: str, lines: tuple[ChecklistLine, ...], materials: Mapping[str, Material]) -> tuple[ChecklistLine, ...]:
    """Return the lines whose material `text` names; of nested names (身份证, 领证人身份证) only the longest."""
    words = {line: _longest(text, line, materials) for line in lines}
    found = {line: word for line, word in words.items() if word}
    return tuple(
        line for line, word in found.items() if not any(word != other and word in other for other in found.values())
    )


def _longest(text: str, line: ChecklistLine, materials: Mapping[str, Material]) -> Optional[str]:
    by_name = next((material for material in materials.values() if material.name == line.name), None)
    wordings = (line.name, *(by_name.words if by_name else ()))
    standing = [plain for plain in map(simplify, wordings) if plain in text]
    return max(standing, key=len, default=None)
