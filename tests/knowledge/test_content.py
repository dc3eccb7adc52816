"""The content tested as data: what must hold for every matter on file."""

from __future__ import annotations

import itertools

import pytest

from knowledge.editing import checks, library
from knowledge.guidance import layers
from knowledge.rules import conditions
from knowledge.values.guide import NATION, Line, Matter

MATTERS = {matter.code: matter for matter in library.read_all(library.content_files())}
CONTRACT_CODES = {
    *("enterprise_info_change", "transport_company", "restaurant", "utilities", "credit_repair", "ipo_compliance"),
    *("bankruptcy_check", "deregistration", "enterprise_relocation", "enterprise_data_reporting", "oversize_transport"),
    *("newborn", "school_enrolment", "social_security_card", "disability", "retirement", "medical_reimbursement"),
    *("public_rental_housing", "housing_fund_loan", "study_abroad", "veterans"),
}
IN_DEPTH = ("newborn", "restaurant", "deregistration", "public_rental_housing")
every_matter = pytest.mark.parametrize("matter", MATTERS.values(), ids=MATTERS.keys())
every_deep_matter = pytest.mark.parametrize("matter", [MATTERS[code] for code in IN_DEPTH], ids=IN_DEPTH)


def test_exactly_the_matters_of_the_contract_are_on_file() -> None:
    assert set(MATTERS) == CONTRACT_CODES


@every_matter
def test_content_passes_the_checks_of_the_editors(matter: Matter) -> None:
    assert list(checks.faults(matter, library.shared_materials())) == []


@every_matter
def test_a_matter_can_be_recognised_by_many_wordings(matter: Matter) -> None:
    assert len(matter.questions) >= 12 and len(matter.aliases) >= 6


@every_matter
def test_official_links_lead_to_official_hosts_only(matter: Matter) -> None:
    links = [source.url for source in matter.sources if source.url]
    assert [link for link in links if not link.split("/")[2].endswith(".gov.cn")] == []


@every_deep_matter
def test_a_matter_in_depth_has_two_places_and_eight_common_questions(matter: Matter) -> None:
    assert len({guide.region for guide in matter.guides} - {NATION}) >= 2
    assert sum(len(guide.faqs) for guide in matter.guides) >= 8


@every_deep_matter
def test_every_requirement_can_be_reached_and_every_conditional_one_can_be_absent(matter: Matter) -> None:
    everywhere = list(combinations(matter))
    for guide in matter.guides:
        for requirement in guide.requirements:
            verdicts = {conditions.holds(requirement.when, situation) for situation in everywhere}
            assert True in verdicts, f"{guide.region} {requirement.id} is never needed"
            assert not requirement.when or False in verdicts, f"{guide.region} {requirement.id} is always needed"


@every_deep_matter
def test_with_every_answer_given_nothing_is_left_undecided(matter: Matter) -> None:
    for situation in combinations(matter):
        for line in all_lines(matter):
            assert conditions.holds(line.when, situation) is not None


@every_deep_matter
def test_no_province_is_passed_off_as_the_nation(matter: Matter) -> None:
    for guide in matter.guides:
        laid = layers.lay(matter, guide.region, guide.effective_from)
        for block in ("requirements", "items", "time_limits", "fees"):
            scopes = {one.line.source: laid.sources[one.line.source].scope for one in laid.block(block) if one.confidence == "national"}
            assert set(scopes.values()) <= {NATION}


def combinations(matter: Matter) -> list[dict[str, str]]:
    """Return every combination of answers to the questions of `matter`."""
    keys = [question.key for question in matter.situations]
    values = [[option.value for option in question.options] for question in matter.situations]
    return [dict(zip(keys, picked)) for picked in itertools.product(*values)]


def all_lines(matter: Matter) -> list[Line]:
    """Return every line of every guide of `matter`."""
    return [line for guide in matter.guides for _, line in checks.lines(guide)]
