"""The open question and what answers it: a number, an option's text, other words for it."""

from __future__ import annotations

import re
from typing import Optional, Sequence

from knowledge.conversation import facts
from knowledge.conversation.context import Choice, Pending
from knowledge.language import regions
from knowledge.language.normalize import simplify
from knowledge.values.answer import UNSURE, OpenQuestion
from knowledge.values.guide import Matter, SituationQuestion
from knowledge.wording import say

NUMBER = re.compile(
    r"(?:我|就|那|应该|是|要|选择|选|回复|属于)*\s*第?\s*([1-9一二两三四五六七八九])\s*(?:个|项|条|种|类|号|\.|、|吧|啊|的|那个|这个|那种|这种|情况|选项)*[。.!]?"
)
CHINESE_DIGITS = "一二三四五六七八九"
TWO = "两"
UNSURE_WORDS = ("不清楚", "不知道", "不晓得", "不确定", "说不好", "搞不清")
YES_NO_ENDINGS = ("吗", "没有", "不是", "是否", "是不是", "有没有")


def chosen(pending: Pending, text: str, *, asked: Optional[SituationQuestion] = None, act: str = "", asks: bool = False) -> Optional[str]:
    """Return the value that `text` picks from the open question, None where it picks nothing.

    A text that `asks` something itself (“要几天”) answers only what it names.
    """
    number = NUMBER.fullmatch(text.strip())
    if number:
        return _by_number(pending, number.group(1))
    exact = next((choice.value for choice in pending.choices if simplify(choice.text) == text.strip(" 。.!")), None)
    if exact:
        return exact
    if asked is not None:
        return facts.option_in(asked, text, replying=not asks) or (None if asks else _unsure(text) or _yes_no(pending, asked, act))
    return _contained(pending, text)


def place_in(pending: Pending, named: Sequence[Sequence[str]]) -> Optional[str]:
    """Return the one place offered that lies in a place that was named: Jiangbei of Chongqing for “重庆的”."""
    codes = {code for group in named for code in group}
    inside = [choice.value for choice in pending.choices if codes & set(regions.parents(choice.value))]
    return inside[0] if len(inside) == 1 else None


def pending(questions: Sequence[OpenQuestion], matter: Matter) -> Optional[Pending]:
    """Return the first of `questions` about `matter` as the open one, None where nothing is asked."""
    if not questions:
        return None
    question = questions[0]
    if question.key == "region":
        choices = tuple(Choice(text=option, value=codes[0]) for option in question.options if (codes := regions.find(option)))
        return Pending(kind="region", key="region", choices=choices)
    asked = next(entry for entry in matter.situations if entry.key == question.key)
    return _situation(question, asked)


def _situation(question: OpenQuestion, asked: SituationQuestion) -> Pending:
    """Return a situation question as the open question."""
    choices = [Choice(text=option.text, value=option.value) for option in asked.options]
    return Pending(kind="situation", key=question.key, choices=(*choices, Choice(text=say("unsure_option"), value=UNSURE)))


def _by_number(pending: Pending, digit: str) -> Optional[str]:
    digit = digit.replace(TWO, "二")
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
