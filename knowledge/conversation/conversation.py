"""One turn of a conversation, as one literal list: what comes first, what is heard, what is answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Callable, Mapping, Optional, Protocol, Sequence

from knowledge.conversation import listening, safety
from knowledge.conversation.asking import AskDesk
from knowledge.conversation.checklist import ChecklistDesk
from knowledge.conversation.context import Context
from knowledge.conversation.heard import Heard
from knowledge.conversation.status import StatusDesk
from knowledge.conversation.talk import TalkDesk
from knowledge.guidance.catalogue import Catalogues
from knowledge.values.answer import Answer
from knowledge.values.utterance import Utterance
from knowledge.wording import say


@dataclass(frozen=True)
class Turn:
    """What comes of one message: the answer, and what is remembered for the next."""

    context: Context
    answer: Answer


class Desk(Protocol):
    """Somebody who answers certain acts."""

    def answer(self, heard: Heard) -> tuple[Context, Answer]:
        """Return the new context and the answer."""


class Finder(Protocol):
    """Somebody who answers some messages whatever their act."""

    def find(self, heard: Heard) -> Optional[tuple[Context, Answer]]:
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
        listeners: Sequence[Listener] = (),
        today: Callable[[], dt.date],
    ) -> None:
        self._catalogues = catalogues
        self._finders = finders
        self._listeners = listeners
        self._today = today
        talk = TalkDesk()
        self._desks: Mapping[str, Desk] = {
            "ask": asking,
            "inform": asking,
            "check_status": status,
            "checklist": checklist,
            "complain": talk,
            "rate": talk,
            "human": talk,
            "greet": talk,
            "goodbye": talk,
            "thanks": talk,
            "affirm": talk,
            "deny": talk,
            "out_of_scope": talk,
        }

    def take(self, context: Context, utterance: Utterance, *, holder: str) -> Turn:
        """Return the answer to `utterance` and the context after it; `holder` is whose checklist it is."""
        warning = safety.warning(utterance.text)
        if warning:
            return self._finish(context, Answer(type="talk", outcome="hand_off", said=(warning,)), first=False)
        heard = listening.listen(context, utterance, self._catalogues.current(), holder=holder, today=self._today())
        found = next((found for finder in self._finders if (found := finder.find(heard))), None)
        after, answer = found or self._desk(heard).answer(heard)
        for listener in self._listeners:
            listener.after(context, heard, answer)
        return self._finish(after, answer, first=not context.greeted)

    def _desk(self, heard: Heard) -> Desk:
        """Return who answers: the desk whose question was just answered, else the one for the act."""
        if heard.resolved in ("application_no", "check"):
            return self._desks["check_status"]
        if heard.resolved == "rating":
            return self._desks["rate"]
        if heard.resolved or heard.changed and heard.utterance.act in ("affirm", "deny", "out_of_scope", "check_status"):
            return self._desks["ask"]
        return self._desks[heard.utterance.act]

    def _finish(self, context: Context, answer: Answer, *, first: bool) -> Turn:
        if not first:
            return Turn(context, answer)
        return Turn(context.but(greeted=True), _with_notice(answer))


def _with_notice(answer: Answer) -> Answer:
    return answer.but(notices=(say("first_notice"), *answer.notices))
