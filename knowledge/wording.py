"""Reviewed sentences for citizens, by name, from `content/wording/*.yml`."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any, Sequence

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent / "content" / "wording"


@cache
def page(name: str) -> Any:
    """Return one file of wording; raise FileNotFoundError where there is none."""
    return YAML(typ="safe").load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


def say(name: str, /, **values: object) -> str:
    """Return the sentence `name` of the page `answers`, its gaps filled."""
    return str(page("answers")[name]).format(**values)


def phrase(name: str, sentence: str, /, **gaps: object) -> str:
    """Return a sentence of the page `name`, its gaps filled."""
    return str(page(name)["said"][sentence]).format(**gaps)


def fault(name: str, /, **gaps: object) -> tuple[str, str]:
    """Return what is wrong with a content file and how to mend it, in the words of the page `faults`."""
    wrong, mend = page("faults")[name]
    return str(wrong).format(**gaps), str(mend).format(**gaps)


def tell(name: str, /, **gaps: object) -> str:
    """Return the sentence `name` for editors and staff, from the page `editing`, its gaps filled."""
    return phrase("editing", name, **gaps)


def label(kind: str, name: str) -> str:
    """Return how editors and staff call a thing of ours, from the page `editing`; the name itself where it has no label."""
    return str(page("editing")[kind].get(name, name))


def choices(name: str) -> Sequence[str]:
    """Return a list of short texts from the page `answers`."""
    return tuple(page("answers")[name])


def day(date: dt.date) -> str:
    """Return “11 月 7 日”."""
    return f"{date.month} 月 {date.day} 日"
