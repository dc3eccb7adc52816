"""Words, and the documents and people among them, by jieba and a spaCy ruler fed with our own terms."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Iterable, Mapping, Optional, Sequence

import jieba
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from knowledge.language.normalize import simplify

SURE_WORD = 2_000_000  # a term of ours beats any way of cutting through it


@dataclass(frozen=True)
class Term:
    """A wording to be recognised, of which kind it is, and what it stands for."""

    kind: str
    text: str
    value: str


@dataclass(frozen=True)
class Found:
    """A term in a text."""

    start: int
    end: int
    kind: str
    value: str


class Segmenter:
    """Cuts Chinese with a dictionary of its own (jieba's `load_userdict` would change that of the whole process)."""

    def __init__(self, terms: Sequence[Term], *, dictionary: Optional[jieba.Tokenizer] = None) -> None:
        self._dictionary = dictionary or new_dictionary()
        wordings = {simplify(term.text): term for term in terms if len(term.text) > 1}
        for wording in wordings:
            self._dictionary.add_word(wording, SURE_WORD)
        self._language = spacy.blank("zh")
        self._language.tokenizer = _Tokenizer(self._language.vocab, self._dictionary)
        self._values = {f"{term.kind}:{wording}": term for wording, term in wordings.items()}
        _rule(self._language, wordings)

    @property
    def dictionary(self) -> jieba.Tokenizer:
        """Return the dictionary, to be handed to the segmenter that replaces this one."""
        return self._dictionary

    def words(self, text: str) -> tuple[str, ...]:
        """Return the words of clean `text`."""
        return tuple(self._dictionary.cut(text, HMM=False))

    def find(self, text: str) -> tuple[Found, ...]:
        """Return the known terms in clean `text`, in order, the longest where two overlap."""
        return tuple(self._found(span.start_char, span.end_char, span.ent_id_) for span in self._language(text).ents)

    def _found(self, start: int, end: int, key: str) -> Found:
        term = self._values[key]
        return Found(start=start, end=end, kind=term.kind, value=term.value)


def new_dictionary() -> jieba.Tokenizer:
    """Return jieba's own dictionary, loaded; its chatter stays out of our logs."""
    jieba.setLogLevel(logging.WARNING)
    dictionary = jieba.Tokenizer()
    dictionary.initialize()
    return dictionary


class _Tokenizer:
    """What spaCy calls to cut a text."""

    def __init__(self, vocab: Vocab, dictionary: jieba.Tokenizer) -> None:
        self._vocab = vocab
        self._dictionary = dictionary

    def __call__(self, text: str) -> Doc:
        words = [word for word in self._dictionary.cut(text, HMM=False) if word]
        return Doc(self._vocab, words=words, spaces=[False] * len(words))


def _rule(language: Language, wordings: Mapping[str, Term]) -> None:
    ruler = language.add_pipe("entity_ruler")
    ruler.add_patterns(list(_patterns(wordings)))  # type: ignore[attr-defined]


def _patterns(wordings: Mapping[str, Term]) -> Iterable[dict[str, str]]:
    for wording, term in wordings.items():
        yield {"label": term.kind, "pattern": wording, "id": f"{term.kind}:{wording}"}
