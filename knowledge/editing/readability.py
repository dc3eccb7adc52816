"""Whether a 70-year-old understands our sentences: their length, and official words with a plainer one at hand."""

from __future__ import annotations

import re
from typing import Iterator

from knowledge.editing.checks import lines
from knowledge.values.guide import Matter
from knowledge.wording import page, tell

LONGEST = 60
# The fields of lines that citizens read as sentences; names of documents and departments are official as they are.
SENTENCES = ("text", "reason", "note", "answer")
SENTENCE = re.compile(r"[^。！？；\n]+")
# What is quoted or explained in brackets is a name or already has its explanation.
NAMED = re.compile(r"[“《（(][^”》）)]*[”》）)]")


def hints(matter: Matter) -> tuple[str, ...]:
    """Return, for everything in `matter` that could be said more plainly, what and how; its own names are not."""
    own = "".join((matter.name, *matter.aliases, *(material.name for material in matter.materials)))
    return tuple(f"{where} {hint}" for where, text in _texts(matter) for hint in in_text(text, own=own))


def in_text(text: str, *, own: str = "") -> Iterator[str]:
    """Yield what could be plainer in one text; words that stand in `own` are known to whoever reads it."""
    for sentence in SENTENCE.findall(text):
        bare = NAMED.sub("", sentence)
        if len(bare) > LONGEST:
            yield tell("long_sentence", length=len(bare), text=sentence)
    bare = NAMED.sub("", text)
    for term, plain in page("terms").items():
        if term in bare and term not in own and f"{term}（" not in text:
            yield tell("hard_word", term=term, plain=plain)


def _texts(matter: Matter) -> Iterator[tuple[str, str]]:
    yield "summary", matter.summary
    for question in matter.situations:
        yield f"situations.{question.key}", question.ask
    for guide in matter.guides:
        for block, line in lines(guide):
            for field in SENTENCES:
                if text := getattr(line, field, None):
                    yield f"{guide.region} {block}.{line.id}", text
