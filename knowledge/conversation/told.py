"""Sentences that people say of a matter, each with the circumstances that it tells: `told/<code>.tsv`, written by hand.

A line: the sentence, a tab, `question=option` joined with `;`. `?question=option` is likely, not sure; a sentence that tells nothing
has nothing behind the tab, and is there so that others like it are not taken to tell something.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Mapping

LIKELY = 0.5
Label = tuple[str, str]


@dataclass(frozen=True)
class Told:
    """A sentence, and how surely it tells which answer to which question: 1 or `LIKELY`."""

    say: str
    tells: Mapping[Label, float]


@lru_cache(maxsize=64)
def of(code: str) -> tuple[Told, ...]:
    """Return the sentences of the matter `code`, none where nobody has written any."""
    table = files("knowledge.conversation").joinpath("told").joinpath(f"{code}.tsv")
    return tuple(_read(line) for line in table.read_text(encoding="utf-8").splitlines()) if table.is_file() else ()


def _read(line: str) -> Told:
    say, _, labels = line.partition("\t")
    return Told(say=say, tells=dict(_label(label) for label in labels.split(";") if label))


def _label(label: str) -> tuple[Label, float]:
    key, _, value = label.partition("=")
    return (key.lstrip("?"), value), LIKELY if key.startswith("?") else 1.0
