"""Which option of the open question a reply is most like, by meaning: “户口想跟他爸” is like “户口跟爸爸”."""

from __future__ import annotations

from functools import lru_cache
from typing import Iterable, Optional, Sequence

from knowledge.conversation import wordings
from knowledge.language import encoder
from knowledge.language.normalize import simplify
from knowledge.values.guide import Option, SituationQuestion

# Of 49 hand-written replies, 37 of them answers: 13 taken rightly, one wrongly (it named another answer, which goes first).
LIKE = 0.6
BEFORE_SECOND = 0.1
SHORTEST = 2


def likest(question: SituationQuestion, text: str, *, others: Iterable[SituationQuestion] = ()) -> Optional[str]:
    """Return the option whose wording is surely nearest to `text`, None where none is; only for a reply to this very question.

    What is more like an answer to one of the `others` answers neither.
    """
    if len(text) < SHORTEST:
        return None
    vector = encoder.encode([text])[0]
    found = _ranked(question, text, vector)
    (best, value), (second, _) = (*found, (0.0, ""))[:2]
    if best < LIKE or best - second < BEFORE_SECOND:
        return None
    return value if all(_ranked(other, text, vector)[0][0] < best for other in others if other.key != question.key) else None


def _ranked(question: SituationQuestion, text: str, vector: encoder.Vectors) -> Sequence[tuple[float, str]]:
    return sorted(((_likeness(option, text, vector), option.value) for option in question.options), reverse=True)


def _likeness(option: Option, text: str, vector: encoder.Vectors) -> float:
    """Return the likeness of the option's nearest wording, of those that negate as `text` does: vectors hardly know a “not”."""
    fitting = tuple(one for one in map(simplify, _written(option)) if wordings.negates(one) == wordings.negates(text))
    return float((_vectors(fitting) @ vector).max()) if fitting else 0.0


def _written(option: Option) -> Sequence[str]:
    return [wording for wording in (option.text, *option.words) if not wordings.GAP.search(wording)]


@lru_cache(maxsize=512)
def _vectors(texts: tuple[str, ...]) -> encoder.Vectors:
    return encoder.encode(texts)
