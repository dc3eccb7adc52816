"""An answer as text and buttons: complete without buttons, never silent about what is not on file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot.rendering import buttons, plain
from knowledge.values.answer import (
    Answer,
    ChecklistLine,
    CitedSource,
    FeeLine,
    LimitLine,
    NoteLine,
    OpenQuestion,
    StepLine,
)

LAW = CitedSource(title="户口登记条例", issuer=None, number=None, date="1958", url=None, verified_on=dt.date(2026, 7, 1))


def material(name: str = "结婚证", **changes: Any) -> ChecklistLine:
    facts: dict[str, Any] = {
        "id": name,
        "name": name,
        "kind": "both",
        "copies": 1,
        "issuer": None,
        "needed": "required",
        "later_days": None,
        "exempt": None,
        "reason": "证明你们是夫妻。",
        "where_to_get": "婚姻登记处",
        "note": None,
        "only_if": None,
        "ticked": False,
        "source": 0,
        "confidence": "regional",
    }
    return ChecklistLine(**{**facts, **changes})


def text(**answer: Any) -> str:
    facts = {"outcome": "answered", "matter": "newborn", "matter_name": "新生儿出生", "aspects": ("materials",)}
    return plain.text(Answer(**{**facts, **answer}).to_dict())


def test_a_material_says_what_in_which_form_why_and_where_with_the_number_of_its_source() -> None:
    shown = text(checklist=(material(),), sources=(LAW,))
    assert "1. 结婚证（原件和复印件，1 份）[1]" in shown
    assert "为什么要：证明你们是夫妻。" in shown and "哪里拿：婚姻登记处" in shown
    assert "[1] 户口登记条例（1958，2026-07-01 核对）" in shown


def test_what_is_not_on_file_about_a_material_is_not_made_up() -> None:
    assert "1. 结婚证[1]" in text(checklist=(material(kind=None, copies=None),))


@pytest.mark.parametrize(("changes", "words"), [({"confidence": "unverified"}, "结婚证（原件和复印件，1 份）[1]（未核实）"), ({"needed": "later", "later_days": 30}, "可以后补，30 天内补"), ({"ticked": True}, "✓ 结婚证")])
def test_the_marks_of_a_line_are_said_in_words(changes: dict[str, Any], words: str) -> None:
    assert words in text(checklist=(material(**changes),))


def test_what_needs_no_handing_in_is_one_line_and_not_numbered() -> None:
    shown = text(checklist=(material("身份证", exempt="data"), material("户口簿", exempt="e-licence")))
    assert "不用您交的（系统会核验或自动生成）：身份证、户口簿" in shown and "1." not in shown


def test_what_depends_on_an_answer_is_named_with_its_condition_and_without_detail() -> None:
    shown = text(checklist=(material(only_if="已领结婚证"),))
    assert "· 结婚证（只在“已领结婚证”时）[1]" in shown and "为什么要" not in shown


def test_borrowed_lines_stand_under_their_heading_and_own_lines_above_it() -> None:
    own = StepLine(n=1, channel="online", text="打开渝快办。", where=None, source=0, confidence="unverified")
    borrowed = material(borrowed=True, confidence="reference")
    shown = text(steps=(own,), checklist=(borrowed,), heading="以下是湖南省的做法，供参考")
    assert shown.index("打开渝快办") < shown.index("以下是湖南省的做法") < shown.index("结婚证")


def test_limit_and_fee_are_said_with_their_unit_and_start() -> None:
    limit = LimitLine(days=5, unit="working_day", starts="accepted", statutory_days=20, text=None, source=0, confidence="national")
    shown = text(time_limit=limit, fee=FeeLine(free=True, text="不收费。", source=0, confidence="national"))
    assert "要多久：5 个工作日，从窗口收下材料那天算起，法定最长 20 个工作日。[1]" in shown and "收费：不收费。[1]" in shown


def test_a_sentence_that_closes_the_way_comes_before_everything_else() -> None:
    note = NoteLine(aspect="eligibility", text="集体户办不了。", blocks=True, about=None, only_if=None, source=0, confidence="regional")
    shown = text(notes=(note,), checklist=(material(),))
    assert shown.index("※ 集体户办不了。") < shown.index("结婚证")


def test_an_open_question_is_numbered_in_the_text_and_its_options_are_the_buttons() -> None:
    question = OpenQuestion(key="parents", text="领证了吗？", options=("已领结婚证", "没领结婚证", "不清楚"))
    answer = Answer(outcome="answered", questions=(question,)).to_dict()
    assert "领证了吗？\n1. 已领结婚证\n2. 没领结婚证\n3. 不清楚" in plain.text(answer)
    assert buttons.of(answer)[1] == {"title": "没领结婚证", "payload": "没领结婚证"}


def test_without_an_open_question_the_buttons_offer_what_was_not_shown_yet() -> None:
    answer = Answer(outcome="answered", matter="newborn", aspects=("fee",)).to_dict()
    titles = [button["title"] for button in buttons.of(answer)]
    assert "要带什么" in titles and "多少钱" not in titles


def test_talk_has_no_buttons() -> None:
    assert buttons.of(Answer(type="talk", outcome="answered", said=("您好",)).to_dict()) == []
