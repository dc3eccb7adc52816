"""Two matters that nobody trained for: published while everything runs, one from its file, one from a spreadsheet, and taken back."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any, Iterator, Mapping
from uuid import uuid4

import pytest
from ruamel.yaml import YAML

from tests.installation import Installation
from tests.test_dialogues import complaints, within

pytestmark = pytest.mark.model

HERE = Path(__file__).parent
TABLE = YAML(typ="safe").load((HERE / "phrases" / "published_at_noon.yml").read_text(encoding="utf-8"))
MATTERS = ("new_home", "unemployment_support")
SECONDS = 5.0


def test_both_are_answered_within_seconds_of_their_publication(noon: Noon) -> None:
    assert noon.late == {}


def test_a_matter_from_a_sheet_is_the_matter_of_its_file(noon: Noon) -> None:
    assert "没有不同" in ran(noon.assistant, "kb", "diff", str(guide("unemployment_support")))


def test_most_ways_of_asking_find_the_matter(noon: Noon) -> None:
    found = {(code, text): heard(noon.assistant, text) for code in MATTERS for text in TABLE[code]}
    wrong = {text: matters for (code, text), matters in found.items() if matters != (code, code)}
    assert len(wrong) <= (1 - TABLE["least"]) * len(found), wrong


def test_what_is_near_stays_with_its_own_matter(noon: Noon) -> None:
    after = heard_near(noon.assistant)
    lost = [f"{text}: {noon.before[text]} → {after[text]}" for text, code in TABLE["near"].items() if after[text] != (code, code)]
    assert len(lost) <= TABLE["lost"], lost


# The last one: it takes the matters back.


@pytest.mark.parametrize("code", MATTERS)
def test_taken_back_and_restored_count_within_seconds(noon: Noon, code: str) -> None:
    ran(noon.assistant, "kb", "retire", code, "--as", "小王", "--reason", "发错了")
    assert within(SECONDS, lambda: code not in heard(noon.assistant, TABLE["answers"][code]["say"]))
    ran(noon.assistant, "kb", "restore", code, "--as", "小王", "--reason", "没有错")
    assert within(SECONDS, lambda: answered(noon.assistant, code))
    ran(noon.assistant, "kb", "retire", code, "--as", "小王", "--reason", "试完了")
    assert within(SECONDS, lambda: code not in heard(noon.assistant, TABLE["answers"][code]["say"]))


@dataclasses.dataclass(frozen=True)
class Noon:
    """The running assistant with both matters in force: what was heard before, and what is wrong with answers that did not come."""

    assistant: Installation
    before: Mapping[str, tuple[Any, Any]]
    late: Mapping[str, list[str]]


@pytest.fixture(scope="module")
def noon(assistant: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Noon]:
    """Publish both, and leave the installation without them."""
    before = heard_near(assistant)
    try:
        publish_file(assistant, "new_home")
        late = complained(assistant, "new_home")
        publish_sheet(assistant, "unemployment_support", folder=tmp_path_factory.mktemp("office"))
        late |= complained(assistant, "unemployment_support")
        yield Noon(assistant, before, late)
    finally:
        for code in MATTERS:  # refused where a test has taken it back
            assistant.yjs("kb", "retire", code, "--as", "小王", "--reason", "试完了")
        assert within(SECONDS, lambda: not any(code in heard(assistant, TABLE["answers"][code]["say"]) for code in MATTERS))


def publish_file(assistant: Installation, code: str) -> None:
    ran(assistant, "kb", "publish", str(guide(code)), "--as", "小王", "--reviewed-by", "老李")


def publish_sheet(assistant: Installation, code: str, *, folder: Path) -> None:
    """Export the matter from an installation of another office, and hand it in, review and publish it here."""
    office = dataclasses.replace(assistant, data=folder, environ={**assistant.environ, "YJS_DATA_DIR": str(folder)})
    publish_file(office, code)
    sheet = str(folder / f"{code}.xlsx")
    ran(office, "kb", "export", code, sheet)
    told = ran(assistant, "kb", "import", sheet, "--submit", "--as", "小王", "--why", "新开")
    (number,) = re.findall(r"第 (\d+) 号稿子", told)
    ran(assistant, "kb", "review", number, "--as", "老李")
    ran(assistant, "kb", "publish", number, "--as", "陈姐")


def complained(assistant: Installation, code: str) -> dict[str, list[str]]:
    """Return what is wrong with the answer on a matter once its time is over; nothing where the answer came."""
    return {} if within(SECONDS, lambda: answered(assistant, code)) else {code: wrong_with(assistant, code)}


def answered(assistant: Installation, code: str) -> bool:
    understood = assistant.understand(TABLE["answers"][code]["say"])["matter"]["code"]
    return understood == code and not wrong_with(assistant, code)


def wrong_with(assistant: Installation, code: str) -> list[str]:
    turn = TABLE["answers"][code]
    return complaints(turn, assistant.say(turn["say"], sender=stranger()))


def heard_near(assistant: Installation) -> dict[str, tuple[Any, Any]]:
    return {text: heard(assistant, text) for text in TABLE["near"]}


def heard(assistant: Installation, text: str) -> tuple[Any, Any]:
    """Return the matter that a sentence is understood as, and the one that is answered."""
    return assistant.understand(text)["matter"]["code"], assistant.say(text, sender=stranger())["custom"]["matter"]


def stranger() -> str:
    """Return somebody who has said nothing yet."""
    return f"noon-{uuid4()}"


def guide(code: str) -> Path:
    return HERE / "guides" / f"{code}.yml"


def ran(assistant: Installation, *arguments: str) -> str:
    """Return what a command said; it must not fail."""
    done = assistant.yjs(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout
