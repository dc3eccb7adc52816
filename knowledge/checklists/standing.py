"""An answer as a list: how far it is, and what can be made of it."""

from __future__ import annotations

from knowledge.checklists import differences
from knowledge.values.answer import Answer
from knowledge.values.checklist import Checklist, Progress, Role


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
