"""Answers without Rasa: what the knowledge base has under a person's keywords, or a menu; it says that it is limited."""

from __future__ import annotations

from typing import Optional

from bot.door.cleaning import clean
from bot.door.door import LONGEST
from knowledge import clock
from knowledge.assistant import Assistant
from knowledge.conversation import safety
from knowledge.language import regions
from knowledge.language.normalize import simplify
from knowledge.search.finder import Finder, Found
from knowledge.values.answer import Answer, OpenQuestion, Question
from knowledge.values.guide import Aspect
from knowledge.wording import page, say

# On the finder's scale: less is no match, a name typed in full leaves no doubt, and what is about as likely as the best is asked about.
LEAST = 0.45
WHOLE = 1.0
CLOSE = 0.1
MOST_CHOICES = 4


def answer(assistant: Assistant, text: str) -> Answer:
    """Return the best answer that keywords find; raise StoreUnavailable where the database is silent as well."""
    if len(text) > LONGEST:
        return Answer(type="talk", outcome="needs_detail", said=(say("too_long", limit=LONGEST),))
    plain = simplify(clean(text))
    warning = safety.warning(plain)
    if warning:
        return Answer(type="talk", outcome="hand_off", said=(warning,))
    found = _likely(assistant, plain)
    if len(found) == 1:
        return _guide(assistant, found[0].code, plain)
    if found:
        return _menu(tuple(one.name for one in found), "degraded_which")
    return _menu(_names(assistant), "degraded_nothing")


def _likely(assistant: Assistant, plain: str) -> tuple[Found, ...]:
    """Return the matters that are meant, one where it is clear."""
    finder = Finder(assistant.catalogues.current(), assistant.items.current())
    matters = [one for one in finder.find(plain) if one.kind == "matter" and one.score >= LEAST]
    if matters and matters[0].score >= WHOLE:
        return (matters[0],)
    return tuple(one for one in matters if one.score >= matters[0].score - CLOSE)[:MOST_CHOICES]


def _names(assistant: Assistant) -> tuple[str, ...]:
    """Return the names of everything published, what people do for themselves first."""
    matters = assistant.catalogues.current().matters.values()
    return tuple(matter.name for matter in sorted(matters, key=lambda matter: matter.audience == "business"))


def _guide(assistant: Assistant, code: str, plain: str) -> Answer:
    on = clock.now(assistant.settings).date()
    question = Question(matter=code, on=on, aspects=_aspects(plain), region=_region(plain))
    # Nobody would remember what is answered to a question.
    return assistant.guidance.answer(question).but(notices=_notices(), questions=())


def _aspects(plain: str) -> tuple[Aspect, ...]:
    words = page("answers")["degraded_aspects"]
    return tuple(aspect for aspect, some in words.items() if any(word in plain for word in some)) or ("overview",)


def _region(plain: str) -> Optional[str]:
    codes = regions.find(plain)
    return codes[0] if len(codes) == 1 else None


def _menu(names: tuple[str, ...], sentence: str) -> Answer:
    question = OpenQuestion(key="matter", text=say(sentence), options=names)
    return Answer(type="choice", outcome="needs_choice", notices=_notices(), questions=(question,))


def _notices() -> tuple[str, ...]:
    return (say("degraded_notice"), say("degraded_list_goes_on"))
