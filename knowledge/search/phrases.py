"""What is compared with a sentence when a matter is published: every wording it is known by, encoded once."""

from __future__ import annotations

from typing import Iterator, Optional

from knowledge.language import encoder
from knowledge.language.normalize import simplify
from knowledge.values.guide import Matter
from knowledge.values.search import Phrase


def of(matter: Matter) -> tuple[Phrase, ...]:
    """Return the phrases of `matter` with their vectors."""
    wordings = list(dict.fromkeys(_wordings(matter)))
    vectors = encoder.encode([simplify(text) for _, text, _ in wordings])
    return tuple(
        Phrase(kind=kind, ref=ref, text=text, encoder=encoder.name(), vector=encoder.to_bytes(vector))
        for (kind, text, ref), vector in zip(wordings, vectors)
    )


def _wordings(matter: Matter) -> Iterator[tuple[str, str, Optional[str]]]:
    yield "name", matter.name, None
    yield "summary", matter.summary, None
    yield from (("alias", alias, None) for alias in matter.aliases)
    yield from (("question", question, None) for question in matter.questions)
    for guide in matter.guides:
        yield from (("item", item.name, item.id) for item in guide.items)
        for faq in guide.faqs:
            yield from (("faq", ask, faq.id) for ask in faq.asks)
        for line in guide.elsewhere:
            yield from (("elsewhere", ask, line.id) for ask in line.asks)
