"""The policy cases under tests/situations: tables that an editor can read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Iterator

import pytest
from ruamel.yaml import YAML

from knowledge.guidance.catalogue import CatalogueSource
from knowledge.guidance.service import GuidanceService
from knowledge.language import regions
from knowledge.store.engine import Engine
from knowledge.values.answer import Answer, Question

TABLES = Path(__file__).parent.parent / "situations"


def cases() -> Iterator[Any]:
    """Yield every case of every table, named after the sentence that describes it."""
    for path in sorted(TABLES.glob("*.yml")):
        for case in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
            yield pytest.param(path.stem, case, id=f"{path.stem}: {case['case']}")


@pytest.fixture(scope="module")
def guidance(content: Engine) -> GuidanceService:
    """Return the guidance on the content folder."""
    return GuidanceService(CatalogueSource(content))


@pytest.mark.parametrize(("matter", "case"), cases())
def test_case_gets_the_list_that_the_table_expects(guidance: GuidanceService, matter: str, case: dict[str, Any]) -> None:
    answer = guidance.answer(question(matter, case))
    expect = dict(case["expect"])
    assert expect, "a case without expectations proves nothing"
    for key, wanted in expect.items():
        CHECKS[key](answer, wanted)


def question(matter: str, case: dict[str, Any]) -> Question:
    """Return the question that a case describes."""
    codes = regions.find(str(case["region"])) if case.get("region") else (None,)
    assert len(codes) == 1, f"the region {case['region']} is not one place: {codes}"
    on = case.get("on", dt.date(2026, 11, 22))
    given = {key: str(value) for key, value in (case.get("given") or {}).items()}
    return Question(matter=matter, on=on, aspects=("overview", "time_limit", "result"), region=codes[0], situation=given)


def needed(answer: Answer) -> set[str]:
    """Return the ids of what surely has to be handed in."""
    return {line.id for line in answer.checklist if line.only_if is None and line.exempt is None and line.needed == "required"}


def _bring(answer: Answer, wanted: list[str]) -> None:
    assert set(wanted) <= needed(answer)


def _bring_exactly(answer: Answer, wanted: list[str]) -> None:
    assert set(wanted) == needed(answer)


def _not_listed(answer: Answer, wanted: list[str]) -> None:
    assert not set(wanted) & {line.id for line in answer.checklist}


def _exempt(answer: Answer, wanted: list[str]) -> None:
    assert set(wanted) <= {line.id for line in answer.checklist if line.exempt}


def _days(answer: Answer, wanted: int) -> None:
    assert answer.time_limit is not None and answer.time_limit.days == wanted


def _blocked(answer: Answer, wanted: bool) -> None:
    assert any(note.blocks for note in answer.notes) is wanted


def _asks(answer: Answer, wanted: list[str]) -> None:
    assert [entry.key for entry in answer.questions if entry.key != "region"] == wanted


def _reference(answer: Answer, wanted: Any) -> None:
    assert answer.reference_region == (None if wanted is None else regions.find(str(wanted))[0])


def _confidence(answer: Answer, wanted: dict[str, str]) -> None:
    found = {line.id: line.confidence for line in answer.checklist}
    assert {key: found.get(key) for key in wanted} == wanted


def _outcome(answer: Answer, wanted: str) -> None:
    assert answer.outcome == wanted


def _says(answer: Answer, wanted: list[str]) -> None:
    spoken = " ".join([*answer.said, *(note.text for note in answer.notes), *(step.text for step in answer.steps)])
    assert [part for part in wanted if part not in spoken] == []


CHECKS = {
    "bring": _bring,
    "bring_exactly": _bring_exactly,
    "not_listed": _not_listed,
    "exempt": _exempt,
    "days": _days,
    "blocked": _blocked,
    "asks": _asks,
    "reference": _reference,
    "confidence": _confidence,
    "outcome": _outcome,
    "says": _says,
}
