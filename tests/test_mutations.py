"""The faults of tests/mutations fit the code, and every failure is listed with its test in docs/design/failures.md."""

from __future__ import annotations

import re

import pytest

from knowledge.settings import ROOT
from tests.mutations.table import Mutation, read

FAILURES = ROOT / "docs" / "design" / "failures.md"


@pytest.mark.parametrize("mutation", read(), ids=lambda mutation: mutation.name)
def test_a_fault_still_has_its_line_and_its_test(mutation: Mutation) -> None:
    assert mutation.applied() != (ROOT / mutation.file).read_text(encoding="utf-8")
    file, _, test = mutation.test.partition("::")
    assert re.search(rf"^(?:async )?def {re.escape(test.partition('[')[0])}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_failure_is_listed_with_its_test_and_its_fault() -> None:
    listed = FAILURES.read_text(encoding="utf-8")
    assert [one.name for one in read() if f"`{one.name}`" not in listed or one.test.partition("::")[2].partition("[")[0] not in listed] == []


def test_no_two_faults_have_the_same_name() -> None:
    names = [one.name for one in read()]
    assert len(names) == len(set(names)) > 0
