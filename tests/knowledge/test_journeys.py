"""A journey whose ends are named says whether it leaves the city or the province."""

from __future__ import annotations

from typing import Optional

import pytest

from knowledge.conversation import facts
from knowledge.editing import library
from knowledge.language import journeys
from knowledge.language.normalize import simplify

MATTERS = {matter.code: matter for matter in library.read_all(library.content_files())}


@pytest.mark.parametrize(
    ("said", "reach"),
    [
        ("公司要从长沙迁到合肥", "{出省}"),
        ("从洛阳搬到郑州，员工都跟着走", "{出市}"),
        ("由邵阳运往郴州", "{出市}"),
        ("从芙蓉区搬到雨花区", None),
        ("我在长沙，公司在合肥", None),
        ("从长沙来的，想问合肥的公司", None),
        ("从长沙开过来", None),
    ],
)
def test_a_journey_is_known_by_its_ends(said: str, reach: Optional[str]) -> None:
    assert journeys.reach(simplify(said)) == reach


@pytest.mark.parametrize(
    ("code", "said", "told"),
    [
        ("enterprise_relocation", "有限公司从长沙迁到合肥", {"where": "other_province"}),
        ("enterprise_relocation", "从洛阳搬到郑州", {"where": "same_province"}),
        ("oversize_transport", "变压器从邵阳运到韶关", {"route": "other_province"}),
    ],
)
def test_the_ends_of_a_move_answer_where_it_goes(code: str, said: str, told: dict[str, str]) -> None:
    assert told.items() <= facts.mentioned(MATTERS[code], simplify(said)).items()
