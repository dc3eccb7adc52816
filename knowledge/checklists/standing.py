"""An answer as a list: how far it is, and what can be made of it."""

from __future__ import annotations

import datetime as dt
from typing import Union

from knowledge.checklists import differences
from knowledge.values.answer import Answer, Question, decided, unsure
from knowledge.values.checklist import Checklist, Kept, ListSummary, Progress, Role
from knowledge.values.guide import Aspect
from knowledge.wording import say


def question(kept: Kept, aspects: tuple[Aspect, ...], on: dt.date) -> Question:
    """Return what is to be answered for the case and the ticks of a list that is kept."""
    case = kept.case
    return Question(
        matter=kept.matter,
        on=on,
        aspects=aspects,
        region=case.region,
        zone=case.zone,
        situation=decided(case.situation),
        unsure=unsure(case.situation),
        ticked=kept.ticked,
    )


def checklist(answer: Answer, role: Role) -> Checklist:
    """Return the list that a whole answer is."""
    far = progress(answer, role)
    whole = answer.but(type="checklist", questions=(), progress=far, files=files(answer))
    return Checklist(
        matter=str(answer.matter),
        name=str(answer.matter_name),
        role=role,
        answer=whole,
        left=far.left,
        total=far.total,
        maybe=far.maybe,
        asks=answer.questions,
    )


def progress(answer: Answer, role: Role) -> Progress:
    """Return how much is still missing, and how much more depends on answers not given yet."""
    lines = differences.to_bring(answer)
    maybe = {line.name for line in answer.checklist if line.only_if and line.exempt is None}
    return Progress(left=sum(not line.ticked for line in lines), total=len(lines), maybe=len(maybe), role=role)


def files(answer: Answer) -> tuple[str, ...]:
    """Return which documents can be made: a calendar only where a day is on file."""
    dated = bool(answer.time_limit and answer.time_limit.done_by) or any(line.later_days for line in answer.checklist)
    return ("pdf", "ics") if dated else ("pdf",)


def left(of: Union[Checklist, ListSummary, Progress]) -> str:
    """Return in words how far it is; nobody hears that all is there while something may still be wanted."""
    sentence = ("checklist_left" if of.left else "checklist_done") if of.total else "checklist_nothing"
    return say(f"{sentence}_maybe" if of.maybe else sentence, count=of.left, maybe=of.maybe)
