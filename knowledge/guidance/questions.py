"""Which question comes next: only one whose answer still changes something."""

from __future__ import annotations

from typing import Mapping, Sequence

from knowledge.rules import conditions
from knowledge.values.guide import Line, SituationQuestion


def pending(
    asked: Sequence[SituationQuestion], lines: Sequence[Line], situation: Mapping[str, str]
) -> tuple[SituationQuestion, ...]:
    """Return the questions still worth asking, in the order of the file."""
    open_lines = [line for line in lines if conditions.holds(line.when, situation) is None]
    return tuple(question for question in asked if _decides(question, open_lines, situation))


def _decides(question: SituationQuestion, lines: Sequence[Line], situation: Mapping[str, str]) -> bool:
    if question.key in situation or conditions.holds(question.when, situation) is not True:
        return False
    outcomes = {_verdicts(lines, {**situation, question.key: option.value}) for option in question.options}
    return len(outcomes) > 1


def _verdicts(lines: Sequence[Line], situation: Mapping[str, str]) -> tuple[object, ...]:
    return tuple(conditions.holds(line.when, situation) for line in lines)


def in_words(line: Line, asked: Sequence[SituationQuestion], situation: Mapping[str, str]) -> str:
    """Return in words when an undecided line applies: “没领结婚证”."""
    texts = {(question.key, option.value): option.text for question in asked for option in question.options}
    alternatives = []
    for alternative in line.when:
        parts = [
            "或".join(texts.get((key, value), value) for value in values)
            for key, values in alternative.items()
            if key not in situation
        ]
        if parts and all(situation.get(key, values[0]) in values for key, values in alternative.items()):
            alternatives.append("，并且".join(parts))
    return "；或者".join(alternatives)
