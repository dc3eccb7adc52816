"""The desk for 好差评: five grades when asked for, a reason and a ticket for the two lowest, one quiet offer at the end."""

from __future__ import annotations

from typing import Optional

from knowledge.conversation.context import Choice, Pending
from knowledge.conversation.conversation import Desk
from knowledge.conversation.heard import Heard, Turned, reply_on_matter
from knowledge.conversation.tickets import carrying, offer
from knowledge.ratings import Ratings, grade_of
from knowledge.values.answer import Answer, OpenQuestion
from knowledge.values.rating import LOW
from knowledge.wording import choices, page, phrase, say

REASON = "reason:"


class RatingDesk:
    """Takes a grade, then a reason where it is low."""

    def __init__(self, ratings: Ratings) -> None:
        self._ratings = ratings

    def answer(self, heard: Heard) -> Turned:
        """Return the thanks for a grade or a reason, else the question for the grade."""
        picked = str(heard.picked) if heard.resolved == "rating" else _grade(heard.utterance.text)
        if picked is None:
            return _ask(heard, "rating", say("rate_ask"), {grade: grade for grade in choices("rating_grades")})
        if picked.startswith(REASON):
            return self._explained(heard, picked.removeprefix(REASON))
        return self._rated(heard, picked)

    def _rated(self, heard: Heard, name: str) -> Turned:
        grade = grade_of(name)
        self._ratings.rate(heard.holder, heard.context.matter or "", grade=grade, region=heard.context.region)
        context = heard.context.but(pending=None, misses=0)
        if grade > LOW:
            return context, reply_on_matter(heard, say("rate_thanks", grade=name), type="rating")
        # The last one is the ticket desk's: it opens a ticket at once.
        reasons = {reason: f"{REASON}{reason}" for reason in (*page("ratings")["reasons"], page("ratings")["ticket"])}
        context, answer = _ask(heard, "reason", phrase("ratings", "why"), reasons)
        said = (*heard.said, phrase("ratings", "noted", grade=name), say("rate_low"))
        return carrying(heard, said=name, context=context), answer.but(outcome="answered", said=said)

    def _explained(self, heard: Heard, reason: str) -> Turned:
        self._ratings.explain(heard.holder, heard.context.matter or "", reason=reason)
        said = (*heard.said, phrase("ratings", "thanks_reason", reason=reason))
        context, answer = offer(heard, carrying(heard, said=reason), "stuck", again=False, said=said)
        return context, answer.but(type="rating", outcome="answered")


class PartingDesk:
    """Says goodbye and you are welcome; once, after an answered matter that was not rated yet, with a quiet word about rating."""

    def __init__(self, ratings: Ratings, courtesy: Desk) -> None:
        self._ratings = ratings
        self._courtesy = courtesy

    def answer(self, heard: Heard) -> Turned:
        """Return the courtesy, with the offer where it is due."""
        context, answer = self._courtesy.answer(heard)
        matter = context.matter
        answered = matter is not None and bool(context.aspects)
        if not answered or context.rating_offered or not heard.holder or self._ratings.of(heard.holder, str(matter)):
            return context, answer
        return context.but(rating_offered=True), answer.but(said=(*answer.said, phrase("ratings", "offer")))


def _grade(text: str) -> Optional[str]:
    """Return the grade that `text` names, the longest first: “非常不满意” before “满意”."""
    return next((grade for grade in sorted(choices("rating_grades"), key=len, reverse=True) if grade in text), None)


def _ask(heard: Heard, key: str, text: str, options: dict[str, str]) -> Turned:
    pending = Pending(kind="rating", key=key, choices=tuple(Choice(text=text, value=value) for text, value in options.items()))
    question = OpenQuestion(key=key, text=text, options=tuple(options))
    return heard.context.but(pending=pending), Answer(type="rating", outcome="needs_detail", questions=(question,), as_of=heard.today)
