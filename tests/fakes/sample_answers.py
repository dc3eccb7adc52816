"""Answers as `actions` sends them, with something in every part that a channel has to show."""

from __future__ import annotations

import datetime as dt
from typing import Any

from knowledge.values.answer import (
    Answer,
    ChecklistLine,
    CitedSource,
    FeeLine,
    ItemLine,
    LimitLine,
    NoteLine,
    OpenQuestion,
    PlaceLine,
    StepLine,
)
from knowledge.wording import choices, say

READ_ON = dt.date(2026, 7, 1)
CERTIFICATE = "出生医学证明"
MARRIED = "已领结婚证"
BORROWED: dict[str, Any] = {"source": 0, "confidence": "reference", "verified_on": READ_ON, "borrowed": True}


def newborn() -> dict[str, Any]:
    """Return the whole of “新生儿出生”, borrowed from another province, with a question open."""
    return Answer(
        outcome="answered",
        matter="newborn",
        matter_name="新生儿出生",
        summary="孩子出生后，出生证、户口、医保、社保卡等一次申请、一起办好。",
        region="500105",
        region_name="重庆市江北区",
        reference_region="430000",
        reference_name="湖南省",
        heading=say("reference_heading", place="湖南省"),
        entry="湘易办 APP",
        as_of=dt.date(2026, 11, 22),
        aspects=("overview",),
        notices=(say("first_notice"),),
        said=("好的，按重庆市江北区说。",),
        review=say("not_reviewed"),
        faq="出生后一个月内申报户口。",
        checklist=_checklist(False),
        items=(
            ItemLine(
                name="出生登记（报户口）",
                department="公安",
                limit={"days": 10, "unit": "working_day"},
                statutory_days=None,
                result="居民户口簿",
                **BORROWED,
            ),
            ItemLine(name="生育医疗待遇支付", department="医保", limit=None, statutory_days=None, result=None),
        ),
        steps=(
            StepLine(n=1, channel="online", text="妈妈登录，找到“新生儿出生”，填表。", where="湘易办 APP", **BORROWED),
            StepLine(n=2, channel="window", text="到派出所领户口簿。", where=None, **BORROWED),
        ),
        time_limit=LimitLine(
            days=5,
            unit="working_day",
            starts="accepted",
            statutory_days=30,
            text=None,
            source=0,
            confidence="unverified",
            borrowed=True,
        ),
        fee=FeeLine(free=True, text="办理不收费；选邮寄的，邮寄费自己付。", **BORROWED),
        places=(
            PlaceLine(
                name="江北区政务服务中心", address="金港新区 16 号", phone="023-67567000", hours="工作日 9:00—17:00"
            ),
            PlaceLine(name="孩子出生的医院", address=None, phone=None, hours=None),
        ),
        notes=(
            NoteLine(aspect="overview", text="由卫生健康部门牵头。", blocks=False, about=None, only_if=None),
            NoteLine(aspect="eligibility", text="在国外生的，不能走“一件事”，要分开办。", blocks=True, about=None, only_if=None),
        ),
        missing=(say("missing_notes"),),
        questions=(
            OpenQuestion(key="parents", text="孩子的爸爸妈妈领结婚证了吗？", options=(MARRIED, "没领结婚证", "不清楚")),
        ),
        sources=(
            CitedSource(
                title="湖南省“新生儿出生”一件事办事指南",
                issuer="湖南政务服务网",
                number=None,
                date="2026-07",
                url=None,
                verified_on=READ_ON,
            ),
            CitedSource(
                title="国务院的指导意见",
                issuer="国务院",
                number="国发〔2024〕3号",
                date="2024-01-09",
                url="https://www.gov.cn/zhengce/",
                verified_on=None,
            ),
        ),
    ).to_dict()


def tick(*, on: bool) -> dict[str, Any]:
    """Return what comes back when a material is said to be at hand, or not to be after all."""
    said = (say("checklist_ticked" if on else "checklist_unticked", material=CERTIFICATE),)
    return Answer(type="checklist", outcome="answered", matter="newborn", said=said, checklist=_checklist(on)).to_dict()


def rating() -> dict[str, Any]:
    """Return an answer that only asks."""
    question = OpenQuestion(key="rating", text=say("rate_ask"), options=tuple(choices("rating_grades")))
    return Answer(type="rating", outcome="needs_detail", questions=(question,)).to_dict()


def talk(sentence: str) -> dict[str, Any]:
    """Return an answer that only says something."""
    return Answer(type="talk", outcome="answered", said=(sentence,)).to_dict()


def status() -> dict[str, Any]:
    """Return how far an application has got."""
    found = {
        "application_no": "XSEC****0001",
        "matter_name": "新生儿出生",
        "items": [
            {
                "name": "出生登记",
                "department": "公安",
                "state": "processing",
                "state_name": "办理中",
                "since": "2026-11-18",
                "sentence": "正在审核，您等着就行。",
                "limit_days": 10,
                "left_days": 6,
                "clock": "承诺 10 个工作日，已用 4 个，还剩 6 个，最晚 2026-12-01。",
                "timeline": [
                    {"state": "accepted", "state_name": "已受理", "on": "2026-11-17", "note": None},
                    {"state": "processing", "state_name": "办理中", "on": "2026-11-18", "note": "材料齐全"},
                ],
            },
            {
                "name": "社保卡",
                "department": "人社",
                "state": "accepted",
                "state_name": "已受理",
                "since": None,
                "sentence": None,
                "limit_days": None,
                "left_days": -2,
                "clock": None,
                "timeline": [],
            },
        ],
    }
    return Answer(type="status", outcome="answered", said=("查到了。",), status=found).to_dict()


def _checklist(certificate_ticked: bool) -> tuple[ChecklistLine, ...]:
    return (
        _line(
            "birth_certificate",
            CERTIFICATE,
            kind="original",
            copies=1,
            ticked=certificate_ticked,
            where_to_get="找孩子出生的医院办",
        ),
        _line("photo", "个人照片", needed="later", later_days=5),
        _line("household", "居民户口簿", kind="both", exempt="data"),
        _line("marriage", "结婚证", kind="both", copies=1, only_if=MARRIED, confidence="unverified"),
    )


def _line(name_id: str, name: str, **given: Any) -> ChecklistLine:
    fields: dict[str, Any] = {
        "kind": None,
        "copies": None,
        "issuer": None,
        "needed": "required",
        "later_days": None,
        "exempt": None,
        "reason": f"要核对{name}上写的信息。",
        "where_to_get": None,
        "note": None,
        "only_if": None,
        "ticked": False,
        **BORROWED,
    }
    return ChecklistLine(id=name_id, name=name, **{**fields, **given})
