"""The content tested as data: what must hold for every matter on file."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from typing import Any, Optional, Sequence

import pytest

from knowledge.editing import checks, library, readability
from knowledge.guidance import layers, questions
from knowledge.guidance.layers import Laid, Layers
from knowledge.rules import conditions
from knowledge.values.guide import NATION, Line, Matter, SituationQuestion

MATTERS = {matter.code: matter for matter in library.read_all(library.content_files())}
CONTRACT_CODES = {
    *("enterprise_info_change", "transport_company", "restaurant", "utilities", "credit_repair", "ipo_compliance"),
    *("bankruptcy_check", "deregistration", "enterprise_relocation", "enterprise_data_reporting", "oversize_transport"),
    *("newborn", "school_enrolment", "social_security_card", "disability", "retirement", "medical_reimbursement"),
    *("public_rental_housing", "housing_fund_loan", "study_abroad", "veterans"),
}
every_matter = pytest.mark.parametrize("matter", MATTERS.values(), ids=MATTERS.keys())
DAY = dt.date(2026, 11, 22)
DECIDED = ("items", "requirements", "steps", "time_limits", "fees", "notes")
SINGLE = ("time_limits", "fees")


def test_exactly_the_matters_of_the_contract_are_on_file() -> None:
    assert set(MATTERS) == CONTRACT_CODES


@every_matter
def test_content_passes_the_checks_of_the_editors(matter: Matter) -> None:
    assert list(checks.faults(matter, library.shared_materials())) == []


@every_matter
def test_a_matter_can_be_recognised_by_many_wordings(matter: Matter) -> None:
    assert len(matter.questions) >= 20 and len(matter.aliases) >= 6


@every_matter
def test_official_links_lead_to_official_hosts_only(matter: Matter) -> None:
    links = [source.url for source in matter.sources if source.url]
    assert [link for link in links if not link.split("/")[2].endswith(".gov.cn")] == []


@every_matter
def test_a_matter_has_a_place_of_its_own_ten_common_questions_and_what_belongs_elsewhere(matter: Matter) -> None:
    assert {guide.region for guide in matter.guides} - {NATION}
    assert sum(len(guide.faqs) for guide in matter.guides) >= 10
    assert sum(len(guide.elsewhere) for guide in matter.guides) >= 3


@every_matter
@pytest.mark.parametrize("about", ["refusal", "delivery", "cross_region"])
def test_a_matter_says_why_people_are_sent_back_how_the_result_comes_and_how_it_is_done_from_afar(matter: Matter, about: str) -> None:
    assert [note for guide in matter.guides for note in guide.notes if note.about == about]


@every_matter
def test_no_line_is_without_a_source_unless_it_says_so_itself(matter: Matter) -> None:
    assert [(guide.region, block, line.id) for guide in matter.guides for block, line in checks.lines(guide) if not (line.source or line.unverified)] == []


@every_matter
def test_every_way_of_answering_ends_in_exactly_one_answer(matter: Matter) -> None:
    """Nothing undecided, one limit, one fee."""
    for tree in trees(matter.code):
        blocks = {block: tree.laid.block(block) for block in SINGLE}
        assert tree.ends
        for situation in tree.ends:
            undecided = [line.id for line in tree.lines if conditions.holds(line.when, situation) is None and is_asked(matter, line, situation)]
            assert not undecided, f"{situation}: {undecided}"
            for block in SINGLE:
                assert len(ruling(blocks[block], situation)) <= 1, f"{situation}: {block}"


@every_matter
def test_every_option_leads_to_another_answer_than_some_other_option(matter: Matter) -> None:
    """An option that never makes a difference is a question too many."""
    made: dict[tuple[str, str], bool] = {}
    for tree in trees(matter.code):
        for question, situation in tree.asked:
            if all(made.get((question.key, option.value)) for option in question.options):
                continue
            verdicts = {option.value: verdict(tree.lines, {**situation, question.key: option.value}) for option in question.options}
            for value, one in verdicts.items():
                differs = any(one != other for other in verdicts.values())
                made[question.key, value] = made.get((question.key, value), False) or differs
    assert [option for option, differs in made.items() if not differs] == []
    assert {key for key, _ in made} == {question.key for question in matter.situations}


@every_matter
def test_every_requirement_can_be_reached_and_every_conditional_one_can_be_absent(matter: Matter) -> None:
    for tree in trees(matter.code):
        for one in tree.laid.block("requirements"):
            verdicts = {conditions.holds(one.line.when, situation) for situation in tree.ends}
            assert True in verdicts, f"{one.line.id} is never needed"
            assert not one.line.when or False in verdicts, f"{one.line.id} is always needed"


@every_matter
def test_a_place_never_loses_a_national_requirement_unless_it_says_so(matter: Matter) -> None:
    national = {one.line.id for one in layers.lay(matter, NATION, DAY).alone().block("requirements")}
    for guide in matter.guides:
        laid = layers.lay(matter, guide.region, DAY)
        dropped = {name for own in laid.own for name in own.drops}
        assert national - dropped <= {one.line.id for one in laid.block("requirements")}


@every_matter
def test_no_province_is_passed_off_as_the_nation(matter: Matter) -> None:
    for guide in matter.guides:
        laid = layers.lay(matter, guide.region, guide.effective_from)
        for block in ("requirements", "items", "time_limits", "fees"):
            scopes = {one.line.source: laid.sources[one.line.source].scope for one in laid.block(block) if one.confidence == "national"}
            assert set(scopes.values()) <= {NATION}


@pytest.mark.parametrize(
    ("code", "line", "before", "after"),
    [
        ("retirement", "age", dt.date(2024, 12, 31), dt.date(2025, 1, 1)),
        ("credit_repair", "periods", dt.date(2026, 3, 31), dt.date(2026, 4, 1)),
    ],
)
def test_as_of_a_day_before_a_rule_changed_the_old_one_is_told(code: str, line: str, before: dt.date, after: dt.date) -> None:
    told = [note_on(MATTERS[code], line, day) for day in (before, after)]
    assert told[0] and told[1] and told[0] != told[1]


@every_matter
def test_our_sentences_can_be_read_by_everybody(matter: Matter) -> None:
    assert list(readability.hints(matter)) == []


def places(matter: Matter) -> list[str]:
    """Return every region that has a guide of `matter`, the nation among them."""
    return sorted({guide.region for guide in matter.guides} | {NATION})


@dataclass(frozen=True)
class Tree:
    """All ways of answering one place's questions: every question asked on the way, and every end."""

    laid: Layers
    lines: Sequence[Line]
    asked: Sequence[tuple[SituationQuestion, dict[str, str]]]
    ends: Sequence[dict[str, str]]


@functools.cache
def trees(code: str) -> tuple[Tree, ...]:
    """Return the tree of every place of a matter, of places that ask alike only one."""
    matter = MATTERS[code]
    laid = [layers.lay(matter, region, DAY) for region in places(matter)]
    different = {str([(line.id, line.when) for line in lines_of(one)]): one for one in laid}
    return tuple(_tree(matter, one) for one in different.values())


def _tree(matter: Matter, laid: Layers) -> Tree:
    lines, waiting, asked, ends = lines_of(laid), [dict[str, str]()], [], []
    while waiting:
        situation = waiting.pop()
        question = next(iter(questions.pending(matter.situations, lines, situation)), None)
        if question is None:
            ends.append(situation)
        else:
            asked.append((question, situation))
            waiting += [{**situation, question.key: option.value} for option in question.options]
    return Tree(laid, lines, asked, ends)


def lines_of(laid: Layers) -> list[Line]:
    """Return every line that an answer decides about."""
    return [one.line for block in DECIDED for one in laid.block(block)]


def is_asked(matter: Matter, line: Line, situation: dict[str, str]) -> bool:
    """Tell whether a line hangs on a question that this person is asked."""
    keys = {key for alternative in line.when for key in alternative} - set(situation)
    return any(question.key in keys and conditions.holds(question.when, situation) for question in matter.situations)


def ruling(block: Sequence[Laid[Any]], situation: dict[str, str]) -> list[str]:
    """Return the lines of a block that claim to be the one that counts: those for this case, of the place's own or of the borrowed."""
    holding = [one for one in block if conditions.holds(one.line.when, situation)]
    own = [one for one in holding if not one.borrowed] or holding
    return [one.line.id for one in own if one.line.when] or [one.line.id for one in own]


def verdict(lines: Sequence[Line], situation: dict[str, str]) -> tuple[Optional[bool], ...]:
    """Return for every line whether it applies."""
    return tuple(conditions.holds(line.when, situation) for line in lines)


def note_on(matter: Matter, line: str, day: dt.date) -> str:
    """Return the wording of a note, or of any line of that id, on a day."""
    laid = layers.lay(matter, "430000", day)
    return next(one.line.text for block in ("notes", "time_limits") for one in laid.block(block) if one.line.id == line)
