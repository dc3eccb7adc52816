"""What the buttons of a list do; they need the database alone, and work while Rasa does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Union

from bot.channels.telegram import answers, keyboards
from bot.channels.telegram.messages import Message, plain
from bot.rendering import calendar, paper
from knowledge import clock
from knowledge.assistant import Assistant
from knowledge.checklists import standing
from knowledge.values.answer import Answer, Question
from knowledge.values.checklist import Checklist
from knowledge.values.guide import Aspect
from knowledge.wording import day, page, say

WHY: tuple[Aspect, ...] = ("materials",)


@dataclass(frozen=True)
class File:
    """A document to send."""

    content: bytes
    name: str
    caption: str


class Lists:
    """A person's lists; a list or matter is named by the key that its buttons carry."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def all(self, holder: str) -> tuple[Message, ...]:
        """Return every list as a button, the only one as itself."""
        summaries = self._assistant.checklists.of(holder)
        if len(summaries) == 1:
            return self.open(holder, keyboards.key(summaries[0].matter))
        return answers.lists([vars(one) for one in summaries]) if summaries else answers.menu(say("checklist_empty"))

    def open(self, holder: str, key: str) -> tuple[Message, ...]:
        """Return one list."""
        matter = self.matter(key)
        found = self._assistant.checklists.open(holder, matter) if matter else None
        return answers.checklist(found.answer.to_dict()) if found else plain(say("telegram_list_gone"))

    def tick(self, holder: str, key: str, requirement: str, *, ticked: bool) -> Optional[Checklist]:
        """Tick or untick a line and return the list after it; None where that cannot be."""
        found = self._look(holder, key)
        if found is None:
            return None
        line = keyboards.named(requirement, (line.id for line in found.answer.checklist))
        return self._assistant.checklists.tick(holder, found.matter, line, ticked=ticked) if line else None

    def file(self, holder: str, key: str, kind: str) -> Union[File, tuple[Message, ...]]:
        """Return the list on paper (`pdf`) or in the calendar (`ics`), or what is said where there is none."""
        found = self._look(holder, key)
        if found is None:
            return plain(say("telegram_list_gone"))
        if kind == "ics" and not calendar.has_days(found):
            return plain(say("telegram_no_dates"))
        words = page("answers")
        content = self._pdf(holder, found) if kind == "pdf" else calendar.ics(found, at=clock.now(self._assistant.settings))
        return File(content, words["telegram_files"][kind].format(matter=found.name), words["telegram_captions"][kind])

    def share(self, holder: str, key: str) -> tuple[Message, ...]:
        """Return a code with which family may look."""
        found = self._look(holder, key)
        share = self._assistant.checklists.share(holder, found.matter, role="reader") if found else None
        if found is None:
            return plain(say("telegram_list_gone"))
        if share is None:
            return plain(say("list_not_yours", matter=found.name))
        return plain(say("list_shared_reader", matter=found.name, code=share.code, day=day(share.expires_on)))

    def why(self, holder: str, key: str) -> tuple[Message, ...]:
        """Return the reasons and the sources of what a matter asks for, in the person's case where it is known."""
        answer = self.guide(holder, key, WHY)
        return answers.why(answer.to_dict()) if answer else plain(say("telegram_stale"))

    def guide(self, holder: str, key: str, aspects: tuple[Aspect, ...]) -> Optional[Answer]:
        """Return the answer on these aspects for the person's own case; None where the matter is not published any more."""
        matter = self.matter(key)
        if matter is None:
            return None
        kept = self._assistant.checklists.kept(holder, matter)
        on = clock.now(self._assistant.settings).date()
        question = standing.question(kept, aspects, on) if kept else Question(matter=matter, on=on, aspects=aspects)
        return self._assistant.guidance.answer(question).but(questions=())

    def matter(self, key: str) -> Optional[str]:
        """Return the code of the published matter that a button names."""
        return keyboards.named(key, self._assistant.catalogues.current().matters)

    def name(self, matter: str) -> str:
        """Return what a published matter is called."""
        return self._assistant.catalogues.current().names[matter]

    def _look(self, holder: str, key: str) -> Optional[Checklist]:
        matter = self.matter(key)
        return self._assistant.checklists.look(holder, matter) if matter else None

    def _pdf(self, holder: str, checklist: Checklist) -> bytes:
        # Whoever finds the sheet may look at the list, and no more.
        share = self._assistant.checklists.share(holder, checklist.matter, role="reader")
        return paper.pdf(checklist, code=share.code if share else None)
