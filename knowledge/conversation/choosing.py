"""The open question and what answers it: a number, an option's text, other words for it."""

from __future__ import annotations

import re
from typing import Optional

from knowledge.conversation import facts
from knowledge.conversation.context import Choice, Pending
from knowledge.language.normalize import simplify
from knowledge.values.answer import UNSURE, OpenQuestion
from knowledge.values.guide import SituationQuestion
from knowledge.wording import say

NUMBER = re.compile(r"(?:选|第|回复)?\s*([1-9一二三四五六七八九])\s*(?:个|项|号|\.|、|吧|那个)*[。.!]?")
SHORT = 12
CHINESE_DIGITS = "一二三四五六七八九"
UNSURE_WORDS = ("不清楚", "不知道", "不晓得", "不确定", "说不好", "搞不清")
YES_NO_ENDINGS = ("吗", "没有", "不是", "是否", "是不是", "有没有")


def chosen(pending: Pending, text: str, *, asked: Optional[SituationQuestion] = None, act: str = "") -> Optional[str]:
    """Return the value that `text` picks from the open question, None where it picks nothing."""
    number = NUMBER.fullmatch(text.strip())
    if number:
        return _by_number(pending, number.group(1))
    exact = next((choice.value for choice in pending.choices if simplify(choice.text) == text.strip(" 。.!")), None)
    if exact:
        return exact
    if asked is not None:
        found = facts.option_in(asked, text) or _unsure(text) or _yes_no(pending, asked, act)
        return found or (facts.nearest_option(asked, text) if len(text) <= SHORT else None)
    return _contained(pending, text)


def situation(question: OpenQuestion, asked: SituationQuestion) -> Pending:
    """Return a situation question as the open question."""
    choices = [Choice(text=option.text, value=option.value) for option in asked.options]
    return Pending(kind="situation", key=question.key, choices=(*choices, Choice(text=say("unsure_option"), value=UNSURE)))


def _by_number(pending: Pending, digit: str) -> Optional[str]:
    n = CHINESE_DIGITS.index(digit) + 1 if digit in CHINESE_DIGITS else int(digit)
    return pending.choices[n - 1].value if n <= len(pending.choices) else None


def _unsure(text: str) -> Optional[str]:
    return UNSURE if any(word in text for word in UNSURE_WORDS) else None


def _yes_no(pending: Pending, asked: SituationQuestion, act: str) -> Optional[str]:
    """Return the first option for a yes and the second for a no, where the question is one of yes or no."""
    if len(asked.options) != 2 or not any(ending in asked.ask for ending in YES_NO_ENDINGS):
        return None
    return {"affirm": asked.options[0].value, "deny": asked.options[1].value}.get(act)


def _contained(pending: Pending, text: str) -> Optional[str]:
    named = [choice.value for choice in pending.choices if simplify(choice.text) in text]
    return named[0] if len(named) == 1 else None
