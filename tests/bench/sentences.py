"""What is sent: the evaluation sentences, chosen by fixed rules, so that every run sends the same."""

from __future__ import annotations

from functools import cache
from typing import Any, Iterator, Mapping

from ruamel.yaml import YAML

from knowledge.settings import ROOT

DEV = ROOT / "nlu_data" / "evaluation" / "dev.yml"
PARSED = 200
STORY_LENGTH = 150
# Asked at message 1, 60 and 240: another matter than the sentences between, so that every time the whole answer is built.
PROBE, PROBE_MATTER = "新生儿出生一件事怎么办，要带什么材料", "newborn"
NO_MATTER = (None, "none", "ambiguous")

Line = Mapping[str, Any]


@cache
def lines() -> tuple[Line, ...]:
    """Return the evaluation lines for choosing; the ones for reporting accuracy are left alone."""
    return tuple(YAML(typ="safe").load(DEV.read_text(encoding="utf-8")))


def parsed() -> tuple[str, ...]:
    """Return `PARSED` sentences, spread evenly over all lines."""
    every = lines()
    return tuple(every[n * len(every) // PARSED]["text"] for n in range(PARSED))


def warming() -> tuple[str, ...]:
    """Return the sentences that `parsed` leaves out, to be sent first."""
    return tuple(line["text"] for line in lines() if line["text"] not in set(parsed()))


def stories() -> tuple[str, ...]:
    """Return every long line, drawn out to `STORY_LENGTH` characters by the one after it."""
    long = [line["text"] for line in lines() if line["variety"] == "long"]
    return tuple((text + after + text)[:STORY_LENGTH] for text, after in zip(long, [*long[1:], long[0]]))


def asked() -> tuple[Line, ...]:
    """Return the lines that ask about one known matter."""
    return tuple(line for line in lines() if line["intent"] == "ask" and line.get("matter") not in NO_MATTER)


def questions() -> tuple[str, ...]:
    """Return the sentences of `asked`, the matters in turn rather than one after the other."""
    return tuple(line["text"] for line in _dealt(asked()))


def wanting_lists() -> tuple[str, ...]:
    """Return the sentences of `asked` that are to be answered with a checklist, where the matter has one."""
    return tuple(line["text"] for line in _dealt(asked()) if {"materials", "overview"} & set(line["aspects"]))


def between() -> tuple[str, ...]:
    """Return what fills a long conversation: questions about every matter but the one of the probe."""
    return tuple(line["text"] for line in _dealt(asked()) if line["matter"] != PROBE_MATTER)


def _dealt(chosen: tuple[Line, ...]) -> Iterator[Line]:
    """Yield one line of each matter, then the next of each."""
    seen: dict[str, int] = {}
    rounds: list[tuple[int, int]] = []
    for place, line in enumerate(chosen):
        seen[line["matter"]] = seen.get(line["matter"], -1) + 1
        rounds.append((seen[line["matter"]], place))
    return (chosen[place] for _, place in sorted(rounds))
