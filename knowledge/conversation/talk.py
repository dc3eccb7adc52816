"""The desk for everything that is not a question about a matter: courtesy, complaint, rating, a person, nonsense."""

from __future__ import annotations

from typing import Callable, Mapping, Optional

from knowledge.conversation.context import Choice, Context, Pending
from knowledge.conversation.heard import Heard
from knowledge.language.words import says
from knowledge.values.answer import Answer, Kind, OpenQuestion, Outcome
from knowledge.wording import choices, say

LOW_GRADES = ("不满意", "非常不满意")
Handler = Callable[[Heard], tuple[Context, Answer]]


class TalkDesk:
    """Answers with reviewed sentences alone."""

    def __init__(self) -> None:
        self._handlers: Mapping[str, Handler] = {
            "complain": _complain,
            "rate": _rate,
            "human": lambda heard: _talk(heard, "hand_off", outcome="hand_off"),
            "greet": _greet,
            "goodbye": lambda heard: _talk(heard, "goodbye"),
            "thanks": lambda heard: _talk(heard, "thanks"),
            "affirm": _affirm,
            "deny": _deny,
            "out_of_scope": _out_of_scope,
        }

    def answer(self, heard: Heard) -> tuple[Context, Answer]:
        """Return the sentence for the act; a grade that was asked for counts as a rating, however it was said."""
        return self._handlers["rate" if heard.resolved == "rating" else heard.utterance.act](heard)


def _talk(heard: Heard, name: str, *, outcome: Outcome = "answered", kind: Kind = "talk", **gaps: object) -> tuple[Context, Answer]:
    return heard.context.but(misses=0), Answer(type=kind, outcome=outcome, said=(*heard.said, say(name, **gaps)), as_of=heard.today)


def _greet(heard: Heard) -> tuple[Context, Answer]:
    name = heard.catalogue.names.get(heard.context.matter or "")
    return _talk(heard, "greet_again", matter=name) if name else _talk(heard, "greet")


def _affirm(heard: Heard) -> tuple[Context, Answer]:
    return _talk(heard, "choose_listed" if heard.context.pending else "affirm_nothing")


def _deny(heard: Heard) -> tuple[Context, Answer]:
    context, answer = _talk(heard, "deny_nothing")
    return context.but(pending=None), answer


def _complain(heard: Heard) -> tuple[Context, Answer]:
    context, answer = _talk(heard, "complain", outcome="hand_off", kind="ticket")
    return context, answer.but(said=(*answer.said, say("complain_offer")))


def _rate(heard: Heard) -> tuple[Context, Answer]:
    grade = heard.picked if heard.resolved == "rating" else _grade(heard.utterance.text)
    if grade is None:
        return _ask_grade(heard)
    context, answer = _talk(heard, "rate_thanks", kind="rating", grade=grade)
    return context.but(pending=None), answer.but(said=(*answer.said, say("rate_low"))) if grade in LOW_GRADES else answer


def _grade(text: str) -> Optional[str]:
    """Return the grade that `text` names, the longest first: “非常不满意” before “满意”."""
    return next((grade for grade in sorted(choices("rating_grades"), key=len, reverse=True) if grade in text), None)


def _ask_grade(heard: Heard) -> tuple[Context, Answer]:
    grades = tuple(choices("rating_grades"))
    pending = Pending(kind="rating", key="rating", choices=tuple(Choice(text=grade, value=grade) for grade in grades))
    question = OpenQuestion(key="rating", text=say("rate_ask"), options=grades)
    return heard.context.but(pending=pending), Answer(type="rating", outcome="needs_detail", questions=(question,))


def _out_of_scope(heard: Heard) -> tuple[Context, Answer]:
    """Say that it is not on file; the second time offer what is, after that a person: never the same sentence twice."""
    if says(heard.utterance.text, "insults"):
        return _talk(heard, "insulted", outcome="out_of_scope")
    misses = heard.context.misses
    topic = "out_of_scope" if heard.utterance.aspects else "chit_chat"
    name = (topic, f"{topic}_again", "hand_off")[min(misses, 2)]
    outcome: Outcome = "hand_off" if misses >= 2 else "out_of_scope"
    answer = Answer(type="talk", outcome=outcome, said=(*heard.said, say(name, **heard.catalogue.listed())), as_of=heard.today)
    return heard.context.but(misses=misses + 1), answer
