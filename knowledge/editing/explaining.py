"""Why the knowledge base takes a sentence for what it does: its words, every matter with what spoke for it, what belongs elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from knowledge.guidance.catalogue import Catalogue
from knowledge.language import encoder, entities
from knowledge.language.normalize import simplify
from knowledge.language.segment import Segmenter
from knowledge.search import reading
from knowledge.values.search import Candidate, Pointer
from knowledge.values.utterance import Utterance


@dataclass(frozen=True)
class Foreign:
    """What won because it belongs elsewhere: the matter in whose guide it stands, its nearest wording, and what is answered."""

    matter: str
    phrase: str
    text: str


@dataclass(frozen=True)
class Explained:
    """What is made of a sentence with no trained model, and of which pieces."""

    utterance: Utterance
    words: tuple[str, ...]
    ranked: tuple[Candidate, ...]
    elsewhere: Optional[Foreign]


def explain(text: str, catalogue: Catalogue) -> Explained:
    """Return what the knowledge base alone makes of `text`."""
    plain = simplify(text)
    vector = encoder.encode([plain])[0]
    understood = reading.understand_plain(plain, vector, catalogue.index)
    ranked = catalogue.index.rank(vector, text=plain)
    elsewhere = _foreign(understood.elsewhere, vector, catalogue) if understood.elsewhere else None
    return Explained(utterance=understood, words=words(plain, catalogue), ranked=ranked, elsewhere=elsewhere)


def words(plain: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return clean text in words, as understanding cuts it with the terms that are published."""
    return tuple(word for word in Segmenter(tuple(entities.terms(catalogue.documents()))).words(plain) if word.strip())


def _foreign(pointer: Pointer, vector: encoder.Vectors, catalogue: Catalogue) -> Foreign:
    index, lines = catalogue.index, (line for guide in catalogue.matters[pointer.matter].guides for line in guide.elsewhere)
    own = [row for row, phrase in enumerate(index.phrases) if (index.origins[row], phrase.kind, phrase.ref) == (pointer.matter, "elsewhere", pointer.line)]
    nearest = own[int(np.argmax(index.vectors[own] @ vector))]
    text = next(line.text for line in lines if line.id == pointer.line)
    return Foreign(matter=pointer.matter, phrase=index.phrases[nearest].text, text=text)
