"""The desk for everything that is no business: courtesy, yes and no to nothing, nonsense."""

from __future__ import annotations

from typing import Callable, Mapping

from knowledge.conversation.heard import Heard, Turned, reply
from knowledge.language.words import says
from knowledge.values.answer import Outcome
from knowledge.wording import say

Handler = Callable[[Heard], Turned]


class TalkDesk:
    """Answers with reviewed sentences alone."""

    def __init__(self) -> None:
        self._handlers: Mapping[str, Handler] = {
            "greet": _greet,
            "goodbye": lambda heard: _talk(heard, "goodbye"),
            "thanks": lambda heard: _talk(heard, "thanks"),
            "affirm": _affirm,
            "deny": _deny,
            "out_of_scope": _out_of_scope,
        }

    def answer(self, heard: Heard) -> Turned:
        """Return the sentence for the act."""
        return self._handlers[heard.utterance.act](heard)


def _talk(heard: Heard, name: str, *, outcome: Outcome = "answered", **gaps: object) -> Turned:
    return heard.context.but(misses=0), reply(heard, say(name, **gaps), outcome=outcome)


def _greet(heard: Heard) -> Turned:
    name = heard.catalogue.names.get(heard.context.matter or "")
    return _talk(heard, "greet_again", matter=name) if name else _talk(heard, "greet")


def _affirm(heard: Heard) -> Turned:
    """Go on where something is in hand; a yes to nothing at all (“就是那个”) says that something is wanted, not what."""
    if heard.context.pending or heard.context.matter:
        return _talk(heard, "choose_listed" if heard.context.pending else "affirm_nothing")
    return _talk(heard, "no_matter", outcome="needs_detail")


def _deny(heard: Heard) -> Turned:
    context, answer = _talk(heard, "deny_nothing")
    return context.but(pending=None), answer


def _out_of_scope(heard: Heard) -> Turned:
    """Say that it is not on file; the second time offer what is, after that a person: never the same sentence twice."""
    if says(heard.utterance.text, "insults"):
        name = "insulted_again" if heard.context.last == "insulted" else "insulted"
        context, answer = _talk(heard, name, outcome="out_of_scope")
        return context.but(last=name), answer
    misses = heard.context.misses
    topic = "out_of_scope" if heard.utterance.aspects else "chit_chat"
    name = (topic, f"{topic}_again", "hand_off")[min(misses, 2)]
    outcome: Outcome = "hand_off" if misses >= 2 else "out_of_scope"
    return heard.context.but(misses=misses + 1), reply(heard, say(name, **heard.catalogue.listed()), outcome=outcome)
