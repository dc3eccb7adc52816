"""Bounds on what is learned from: valid labels, no copies, nothing of the evaluation sets."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, Sequence

import pytest
from ruamel.yaml import YAML

from bot.evaluation import lines as evaluation
from knowledge.language.normalize import simplify
from knowledge.settings import ROOT

INTENTS = ROOT / "nlu_data" / "intents"
ACTS = set(YAML(typ="safe").load((ROOT / "bot/domain/acts.yml").read_text(encoding="utf-8"))["intents"])
ASPECTS = {"overview", "materials", "process", "eligibility", "time_limit", "fee", "location", "online", "result"}
MATTERS = {
    "enterprise_info_change", "transport_company", "restaurant", "utilities", "credit_repair", "ipo_compliance", "bankruptcy_check",
    "deregistration", "enterprise_relocation", "enterprise_data_reporting", "oversize_transport", "newborn", "school_enrolment",
    "social_security_card", "disability", "retirement", "medical_reimbursement", "public_rental_housing", "housing_fund_loan",
    "study_abroad", "veterans",
}  # fmt: skip
NEAR = 0.6
# “你好”, “转人工”, “那费用呢”: nobody says such things otherwise, so a set without them would not be one.
SHORT = 6


@dataclass(frozen=True)
class Line:
    """One training line with its labels."""

    text: str
    file: str
    intent: str
    metadata: dict[str, Any]


@pytest.fixture(scope="module")
def training() -> tuple[Line, ...]:
    return tuple(_lines())


def test_every_label_is_one_of_the_contract(training: Sequence[Line]) -> None:
    for line in training:
        named = line.metadata.get("matter")
        matters = set(named) if isinstance(named, list) else {named} - {None}
        assert line.intent in ACTS, line
        assert set(line.metadata.get("aspects") or ()) <= ASPECTS, line
        assert matters <= MATTERS, line


def test_who_asks_asks_something_and_who_does_not_asks_nothing(training: Sequence[Line]) -> None:
    assert not [line for line in training if (line.intent == "ask") != bool(line.metadata.get("aspects"))]


def test_no_line_stands_twice(training: Sequence[Line]) -> None:
    assert not [text for text, count in Counter(line.text for line in training).items() if count > 1]


def test_every_line_says_something(training: Sequence[Line]) -> None:
    assert not [line for line in training if not simplify(line.text)]


def test_every_matter_has_lines_enough(training: Sequence[Line]) -> None:
    counted = Counter(line.metadata.get("matter") for line in training if isinstance(line.metadata.get("matter"), str))
    assert set(counted) == MATTERS and min(counted.values()) >= 150


def test_near_copies_are_rare(training: Sequence[Line]) -> None:
    near = {right for _, right in _near([line.text for line in training])}
    assert len(near) <= 0.02 * len(training)


def test_nothing_of_the_evaluation_sets_is_learned_from(training: Sequence[Line]) -> None:
    learned = [line.text for line in training]
    asked = [line.text for name in ("dev", "test") for line in evaluation.read(name)]
    pairs = [(left, right) for left, right in _near([*learned, *asked]) if left < len(learned) <= right]
    texts = [*learned, *asked]
    assert not [(texts[left], texts[right]) for left, right in pairs if len(_letters(texts[right])) > SHORT]


def _lines() -> Iterator[Line]:
    for path in sorted(Path(INTENTS).glob("*.yml")):
        for block in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["nlu"]:
            for row in block["examples"].splitlines():
                yield Line(row.strip().removeprefix("- "), path.name, block["intent"], block.get("metadata") or {})


def _letters(text: str) -> str:
    return "".join(char for char in simplify(text) if char.isalnum())


def _near(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs whose character 3-grams have a Jaccard likeness of `NEAR`; only pairs that share one are looked at."""
    having: dict[str, list[int]] = defaultdict(list)
    grams: list[set[str]] = []
    for row, text in enumerate(texts):
        letters = _letters(text)
        own = {letters[start : start + 3] for start in range(max(1, len(letters) - 2))}
        shared = Counter(other for gram in own for other in having[gram])
        yield from ((other, row) for other, count in shared.items() if count >= NEAR * (len(own) + len(grams[other]) - count))
        for gram in own:
            having[gram].append(row)
        grams.append(own)
