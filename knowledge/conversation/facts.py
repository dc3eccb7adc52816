"""Circumstances mentioned in passing: “我们没领证”, “60平的小店” answer questions before they are asked."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import Iterator, Mapping, Optional

from knowledge.language.normalize import simplify
from knowledge.values.guide import Matter, Option, SituationQuestion

NEGATIONS = "没不未非无别"
NEGATED = (*NEGATIONS, "不是", "没有", "并非", "不算")
SHARED = 0.6


def mentioned(matter: Matter, text: str) -> Mapping[str, str]:
    """Return the answers to the matter's questions that `text` contains, by question."""
    found = ((question.key, option_in(question, text)) for question in matter.situations)
    given = {key: value for key, value in found if value}
    return {**_implied(matter, given), **given}


def _implied(matter: Matter, given: Mapping[str, str]) -> Mapping[str, str]:
    """Return what follows from answers to questions that only some people are asked: who names the degree wants it recognised."""
    only = [question.when[0] for question in matter.situations if question.key in given and len(question.when) == 1]
    return {key: values[0] for alternative in only for key, values in alternative.items() if len(values) == 1}


def option_in(question: SituationQuestion, text: str) -> Optional[str]:
    """Return the option whose longest wording stands in `text`; None where none does or two are equally long."""
    matches = sorted(_matches(question, text), reverse=True)
    if not matches:
        return None
    longest = {value for length, value in matches if length == matches[0][0]}
    return longest.pop() if len(longest) == 1 else None


def nearest_option(question: SituationQuestion, text: str) -> Optional[str]:
    """Return the one option that shares most of `text` word for word, for a short reply to this very question."""
    shares = sorted(((_share(option, text), option.value) for option in question.options), reverse=True)
    (best, value), (second, _) = shares[0], shares[1] if len(shares) > 1 else (0.0, "")
    return value if best >= SHARED and best > second else None


def _share(option: Option, text: str) -> float:
    """Return how much of `text` stands in the option's likest wording; nothing where only one of them negates."""
    shares = [0.0]
    for wording in map(_plain, (option.text, *option.words)):
        if _negates(wording) == _negates(text):
            match = SequenceMatcher(None, wording, text, autojunk=False).find_longest_match()
            shares.append(match.size / len(text) if match.size > 1 else 0.0)
    return max(shares)


@lru_cache(maxsize=8192)
def _plain(wording: str) -> str:
    """Return a wording as messages are cleaned; kept, since every message is held against all of them."""
    return simplify(wording)


def _negates(text: str) -> bool:
    return any(char in NEGATIONS for char in text)


def _matches(question: SituationQuestion, text: str) -> Iterator[tuple[int, str]]:
    for option in question.options:
        for wording in (option.text, *option.words):
            plain = _plain(wording)
            if plain and _stands(plain, text):
                yield len(plain), option.value


def _stands(wording: str, text: str) -> bool:
    """Tell whether `wording` stands in `text` un-negated: “领证了” does not stand in “没领证了”."""
    at = text.find(wording)
    while at >= 0:
        if wording[0] in NEGATIONS or not text[:at].endswith(NEGATED):
            return True
        at = text.find(wording, at + 1)
    return False
