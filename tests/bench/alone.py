"""How long `knowledge` takes for an answer, with no Rasa, no HTTP and no understanding before it."""

from __future__ import annotations

import time
from typing import Sequence

from knowledge import assistant
from knowledge.conversation.context import Context
from knowledge.conversation.conversation import Conversation
from knowledge.settings import Settings
from knowledge.values.utterance import Utterance
from tests.bench import sentences
from tests.bench.figures import Figure, Figures, percentile, void

ROUNDS = 3
NAMES = ("alone_p50", "alone_p95")


def figures(settings: Settings) -> Figures:
    """Return the time from an understood sentence to its answer as plain values; what is built once is built before."""
    opened = assistant.build(settings)
    utterances = [_utterance(line) for line in sentences.asked()]
    _times(opened.conversation, utterances)
    times = [ms for _ in range(ROUNDS) for ms in _times(opened.conversation, utterances)]
    opened.engine.dispose()
    if min(times) < 0:
        return void("a question about a known matter was not answered", *NAMES)
    return {name: Figure(percentile(times, share)) for name, share in zip(NAMES, (50, 95))}


def _times(conversation: Conversation, utterances: Sequence[Utterance]) -> list[float]:
    return [_time(conversation, utterance) for utterance in utterances]


def _time(conversation: Conversation, utterance: Utterance) -> float:
    """Return the milliseconds of one first turn; less than nothing where it was no answer."""
    began = time.perf_counter()
    answer = conversation.take(Context(), utterance, holder="bench").answer.to_dict()
    took = 1000 * (time.perf_counter() - began)
    return took if answer["outcome"] in ("answered", "needs_detail") else -1.0


def _utterance(line: sentences.Line) -> Utterance:
    return Utterance(
        text=line["text"],
        act="ask",
        aspects=tuple(line["aspects"]),
        matter=line["matter"],
        matter_status="clear",
        candidates=(line["matter"],),
    )
