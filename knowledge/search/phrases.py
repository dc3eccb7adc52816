"""What is compared with a sentence when a matter is published: every wording it is known by, encoded once."""

from __future__ import annotations

from typing import Iterator, NamedTuple, Optional

from knowledge.language import encoder
from knowledge.language.normalize import simplify
from knowledge.values.guide import Matter
from knowledge.values.search import Phrase


def of(matter: Matter) -> tuple[Phrase, ...]:
    """Return the phrases of `matter` with their vectors."""
    wordings = list(dict.fromkeys(_wordings(matter)))
    vectors = encoder.encode([simplify(wording.text) for wording in wordings])
    return tuple(
        Phrase(**wording._asdict(), encoder=encoder.name(), vector=encoder.to_bytes(vector))
        for wording, vector in zip(wordings, vectors)
    )


class _Wording(NamedTuple):
    kind: str
    text: str
    ref: Optional[str] = None
    to: Optional[str] = None


def _wordings(matter: Matter) -> Iterator[_Wording]:
    yield _Wording("name", matter.name)
    yield _Wording("summary", matter.summary)
    yield from (_Wording("alias", alias) for alias in matter.aliases)
    yield from (_Wording("question", question) for question in matter.questions)
    for guide in matter.guides:
        yield from (_Wording("item", item.name, item.id) for item in guide.items)
        for faq in guide.faqs:
            yield from (_Wording("faq", ask, faq.id) for ask in faq.asks)
        for line in guide.elsewhere:
            yield from (_Wording("elsewhere", ask, line.id, line.to) for ask in line.asks)
