"""Circumstances mentioned in passing: “我们没领证”, “60平的小店” answer questions before they are asked."""

from __future__ import annotations

from typing import Iterator, Mapping, Optional

from knowledge.conversation import wordings
from knowledge.values.guide import Matter, SituationQuestion

# Whoever names the office that fined them has a penalty on record, whoever names a flue has a shop. Nothing else is concluded:
# a foreign degree may want filing as well as recognition, and who is old enough may still not have paid long enough.
CONCLUDED = ("record", "shop", "need")
# An option's text that is shorter says nothing by itself.
TELLING = 3


def mentioned(matter: Matter, text: str, *, replying: bool = False) -> Mapping[str, str]:
    """Return the answers to the matter's questions that `text` contains, by question."""
    found = ((question.key, option_in(question, text, replying=replying and _bare(question))) for question in matter.situations)
    return {key: value for key, value in found if value}


def _bare(question: SituationQuestion) -> bool:
    """Tell whether a bare number says an answer: “四个半月了” is nothing but the child's age."""
    return any(wordings.BARE_TIME.fullmatch(word) for option in question.options for word in option.words)


def implied(matter: Matter, given: Mapping[str, str]) -> Mapping[str, str]:
    """Return what surely follows from answers to questions that only some people are asked."""
    only = [question.when[0] for question in matter.situations if question.key in given and len(question.when) == 1]
    single = [alternative for alternative in only if len(alternative) == 1]
    return {key: values[0] for one in single for key, values in one.items() if key in CONCLUDED and len(values) == 1}


def option_in(question: SituationQuestion, text: str, *, replying: bool = False) -> Optional[str]:
    """Return the option whose longest wording stands in `text`; None where none does or two are equally long."""
    matches = sorted(_matches(question, text, replying), reverse=True)
    if not matches:
        return None
    longest = {value for length, value in matches if length == matches[0][0]}
    return longest.pop() if len(longest) == 1 else None


def _matches(question: SituationQuestion, text: str, replying: bool) -> Iterator[tuple[float, str]]:
    for option in question.options:
        # “没有” as an option means something only to those who see the question.
        shown = (option.text,) if replying or len(option.text) >= TELLING else ()
        length = max((wordings.fit(wording, text, replying=replying) for wording in (*shown, *option.words)), default=0.0)
        if length:
            yield length, option.value

