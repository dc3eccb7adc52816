"""One turn of a conversation, as one literal list: what comes first, what is heard, what is answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Callable, Mapping, Optional, Protocol, Sequence

from knowledge.conversation import listening, safety
from knowledge.conversation.asking import AskDesk
from knowledge.conversation.checklist import ChecklistDesk
from knowledge.conversation.context import Context, Pending
from knowledge.conversation.heard import Heard, Turned
from knowledge.conversation.heralds import Herald
from knowledge.conversation.status import StatusDesk
from knowledge.conversation.talk import TalkDesk
from knowledge.guidance.catalogue import Catalogues
from knowledge.values.answer import Answer
from knowledge.values.utterance import Utterance
from knowledge.wording import page, phrase, say

# Questions that are open for one turn: what is agreed to must be what was just offered.
PASSING = ("ticket", "forget", "reminder", "rating")


@dataclass(frozen=True)
class Turn:
    """What comes of one message: the answer, and what is remembered for the next."""

    context: Context
    answer: Answer


class Desk(Protocol):
    """Somebody who answers certain acts."""

    def answer(self, heard: Heard) -> Turned:
        """Return the new context and the answer."""


class Finder(Protocol):
    """Somebody who answers some messages whatever their act."""

    def find(self, heard: Heard) -> Optional[Turned]:
        """Return the new context and the answer, None where the message is not theirs."""


class Listener(Protocol):
    """Somebody who is told how a turn went, and changes nothing of it."""

    def after(self, before: Context, heard: Heard, answer: Answer) -> None:
        """Take notice of a turn: the context before it, what was heard and the answer."""


class Conversation:
    """Takes turns; knows nothing of channels or of Rasa."""

    def __init__(
        self,
        *,
        catalogues: Catalogues,
        asking: AskDesk,
        status: StatusDesk,
        checklist: ChecklistDesk,
        finders: Sequence[Finder],
        desks: Mapping[str, Desk],
        listeners: Sequence[Listener] = (),
        heralds: Sequence[Herald] = (),
        today: Callable[[], dt.date],
    ) -> None:
        self._catalogues = catalogues
        self._finders = finders
        self._listeners = listeners
        self._heralds = heralds
        self._today = today
        talk = TalkDesk()
        self._desks: Mapping[str, Desk] = {
            "ask": asking,
            "inform": asking,
            "check_status": status,
            "checklist": checklist,
            "greet": talk,
            "goodbye": talk,
            "thanks": talk,
            "affirm": talk,
            "deny": talk,
            "out_of_scope": talk,
            **desks,
        }

    def take(self, context: Context, utterance: Utterance, *, holder: str) -> Turn:
        """Return the answer to `utterance` and the context after it; `holder` is whose checklist it is."""
        if context.forgotten:
            context = Context()
        warning = safety.warning(utterance.text)
        if warning:
            return Turn(context, Answer(type="talk", outcome="hand_off", said=(warning,)))
        heard = listening.listen(context, utterance, self._catalogues.current(), holder=holder, today=self._today())
        found = next((found for finder in self._finders if (found := finder.find(heard))), None)
        after, answer = found or self._desk(heard).answer(heard)
        for listener in self._listeners:
            listener.after(context, heard, answer)
        return self._finish(_without_passing(after, context.pending, answer), answer, heard)

    def _desk(self, heard: Heard) -> Desk:
        """Return who answers: the desk whose question was just answered, else the one for the act."""
        if heard.resolved in ("application_no", "check"):
            return self._desks["check_status"]
        if heard.resolved == "rating":
            return self._desks["rate"]
        if heard.resolved or heard.changed and heard.utterance.act in ("affirm", "deny", "out_of_scope", "check_status"):
            return self._desks["ask"]
        return self._desks[heard.utterance.act]

    def _finish(self, context: Context, answer: Answer, heard: Heard) -> Turn:
        """Return the turn with what has to be said before the answer; whoever was just forgotten is told nothing more."""
        if context.forgotten:
            return Turn(context, answer)
        notices = (*self._first(context), *self._masked(context, heard), *self._news(heard))
        told = context.masking_told or bool(heard.utterance.masked)
        return Turn(context.but(greeted=True, masking_told=told), answer.but(notices=(*notices, *answer.notices)))

    def _first(self, context: Context) -> Sequence[str]:
        return () if context.greeted else (say("first_notice"),)

    def _masked(self, context: Context, heard: Heard) -> Sequence[str]:
        """Say, once a conversation, that a number of the person's own was masked."""
        if context.masking_told or not heard.utterance.masked:
            return ()
        kinds = page("privacy")["kinds"]
        return (phrase("privacy", "masked", kinds="、".join(kinds[kind] for kind in heard.utterance.masked)),)

    def _news(self, heard: Heard) -> Sequence[str]:
        return [text for herald in self._heralds for text in herald.news(heard.holder)] if heard.holder else ()


def _without_passing(context: Context, before: Optional[Pending], answer: Answer) -> Context:
    """Return the context without a question that was open for this turn alone: a “好的” later on answers something else."""
    pending = context.pending
    if pending is None or pending is not before or pending.kind not in PASSING:
        return context
    shown = answer.questions and answer.questions[0].options == tuple(choice.text for choice in pending.choices)
    return context if shown else context.but(pending=None)
