"""One sentence more by which a matter is understood: a draft like any other."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Mapping

from knowledge.editing import drafts
from knowledge.errors import Refused
from knowledge.language import masks
from knowledge.language.normalize import simplify
from knowledge.store import drafts as store
from knowledge.store import matters as versions
from knowledge.store.engine import Engine
from knowledge.values.guide import Matter
from knowledge.wording import tell


def add(engine: Engine, published: Mapping[str, Matter], code: str, *, text: str, author: str, why: str, at: dt.datetime) -> int:
    """Hand in the matter with `text` among its sample questions; return the number of the draft.

    Raise Refused where the sentence is known already, or has a number in it that identifies somebody.
    """
    sentence = text.strip()
    if masks.read(sentence).numbers:
        raise Refused(tell("sample_number"))
    base = _base(engine, published[code], author)
    for matter in (*published.values(), base):
        if simplify(sentence) in map(simplify, (matter.name, *matter.aliases, *matter.questions)):
            raise Refused(tell("sample_known", text=sentence, name=matter.name))
    changed = dataclasses.replace(base, questions=(*base.questions, sentence))
    (number,) = drafts.submit(engine, (changed,), author=author, why=why, at=at)
    return number


def _base(engine: Engine, matter: Matter, author: str) -> Matter:
    """Return what the sentence is added to: the author's own waiting draft, which the new one takes the place of, or what is in force."""
    own = next((one for one in store.waiting(engine) if (one.matter.code, one.author) == (matter.code, author)), None)
    if own is None:
        return matter
    if own.base_version != versions.versions(engine, matter.code)[0].version:
        raise Refused(tell("sample_old_draft", number=own.number, name=matter.name))
    return own.matter
