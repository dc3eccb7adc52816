"""The desk for a person's own list: what they have, what is missing, and clearing it."""

from __future__ import annotations

from typing import Mapping, Optional, Protocol

from knowledge.conversation.context import Context
from knowledge.conversation.heard import Heard
from knowledge.guidance.service import GuidanceService
from knowledge.language.normalize import simplify
from knowledge.values.answer import UNSURE, Answer, ChecklistLine, Question
from knowledge.values.guide import Material
from knowledge.wording import page, say


class Ticks(Protocol):
    """Where ticks are kept."""

    def of(self, holder: str, matter: str) -> frozenset[str]:
        """Return what is ticked."""

    def put(self, holder: str, matter: str, requirement: str, *, ticked: bool) -> None:
        """Tick or untick."""

    def clear(self, holder: str, matter: str) -> None:
        """Untick everything."""


class ChecklistDesk:
    """Shows, ticks and clears the list of the matter in hand."""

    def __init__(self, guidance: GuidanceService, ticks: Ticks) -> None:
        self._guidance = guidance
        self._ticks = ticks

    def answer(self, heard: Heard) -> tuple[Context, Answer]:
        """Return the list after what was said of it."""
        code = heard.context.matter or ""
        if code not in heard.catalogue.matters:
            return heard.context, Answer(type="checklist", outcome="needs_detail", said=(say("checklist_empty"),))
        if any(word in heard.utterance.text for word in page("checklist")["clear"]):
            self._ticks.clear(heard.holder, code)
            return heard.context, self._list(heard, code, say("checklist_cleared", matter=heard.catalogue.names[code]))
        return heard.context, self._list(heard, code, *self._tick(heard, code))

    def _tick(self, heard: Heard, code: str) -> tuple[str, ...]:
        text = heard.utterance.text
        named = _named(text, self._lines(heard, code), heard.catalogue.materials(code))
        ticked = not any(word in text for word in page("checklist")["not_yet"])
        for line in named:
            self._ticks.put(heard.holder, code, line.id, ticked=ticked)
        if not named and any(word in text for word in page("checklist")["have"]):
            return (say("checklist_unknown"),)
        sentence = "checklist_ticked" if ticked else "checklist_unticked"
        return tuple(say(sentence, material=line.name) for line in named)

    def _list(self, heard: Heard, code: str, *said: str) -> Answer:
        answer = self._guidance.answer(self._question(heard, code))
        missing = [line for line in answer.checklist if _to_bring(line) and not line.ticked]
        count = say("checklist_left", count=len(missing)) if missing else say("checklist_done")
        return answer_as_list(answer, (*said, count) if answer.checklist else said)

    def _lines(self, heard: Heard, code: str) -> tuple[ChecklistLine, ...]:
        return self._guidance.answer(self._question(heard, code)).checklist

    def _question(self, heard: Heard, code: str) -> Question:
        situation = {key: value for key, value in heard.context.situation(code).items() if value != UNSURE}
        return Question(
            matter=code,
            on=heard.today,
            aspects=("materials",),
            region=heard.context.region,
            situation=situation,
            ticked=self._ticks.of(heard.holder, code),
        )


def answer_as_list(answer: Answer, said: tuple[str, ...]) -> Answer:
    """Return `answer` as the person's own list: nothing is asked, what is said comes first."""
    return answer.but(type="checklist", said=said, questions=(), notes=())


def _to_bring(line: ChecklistLine) -> bool:
    return line.exempt is None and line.only_if is None and line.needed == "required"


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

