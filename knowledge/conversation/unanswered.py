"""Noticing that a question got no answer, so that editors learn what is missing."""

from __future__ import annotations

import logging
from typing import Callable, Optional, Sequence

from knowledge.conversation.context import Context
from knowledge.conversation.heard import Heard
from knowledge.language.words import says
from knowledge.values.answer import Answer

logger = logging.getLogger(__name__)

Keep = Callable[[str, Sequence[str], Optional[str]], None]
# `hand_off`: somebody who asks a third time for what is not on file is sent to a person.
WITHOUT_ANSWER = ("out_of_scope", "not_found", "needs_detail", "hand_off")


class UnansweredQuestions:
    """Listens to turns; `keep` gets the words, the aspects and the place of what got no answer."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep

    def after(self, before: Context, heard: Heard, answer: Answer) -> None:
        """Take down the question of a turn that ended without an answer; whatever goes wrong, the turn goes on."""
        if not (_is_question(before, heard) and _is_unanswered(answer)):
            return
        try:
            self._keep(heard.utterance.text, heard.utterance.aspects, heard.context.region)
        except Exception as error:
            # Nothing of the error itself: a database's message may quote what the person wrote.
            logger.error("an unanswered question was not kept: %s. Run `bin/yjs doctor`.", type(error).__name__)


def _is_question(before: Context, heard: Heard) -> bool:
    """Tell whether somebody asked for something: no small talk, no abuse, no answer to a question of ours, no number."""
    utterance, pending = heard.utterance, before.pending
    asks = utterance.act == "ask" or utterance.act == "out_of_scope" and bool(utterance.aspects)
    gives_number = pending is not None and pending.kind in ("application_no", "check")
    return asks and not gives_number and not heard.resolved and not says(utterance.text, "insults")


def _is_unanswered(answer: Answer) -> bool:
    """Tell whether nothing was said but that it is not on file; where it belongs, or a question back, is an answer."""
    if answer.outcome in WITHOUT_ANSWER:
        return not (answer.elsewhere or answer.questions or answer.places)
    # One sentence in `missing` for every aspect of which nothing is on file; an overview (with items) has always something.
    asks_where = any(question.key == "region" for question in answer.questions)
    return len(answer.missing) >= max(1, len(answer.aspects)) and not (answer.items or asks_where or "overview" in answer.aspects)
