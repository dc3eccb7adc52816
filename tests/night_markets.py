"""An invented matter with something in every table of its workbook, and a cell of that workbook to change."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, Callable

from openpyxl import Workbook

from knowledge.editing import library
from knowledge.values.guide import Matter

Edit = Callable[[Workbook], Any]
GUIDE = """
code: night_market
name: 夜市摆摊
audience: person
summary: 晚上摆摊卖东西，一次办好。
aliases: [摆夜市, 出摊]
questions: [我想晚上摆摊卖点小玩意, 夜市的摊位怎么申请]
effective_from: 2026-01-01
sources:
  national-rule: {title: 摊位规定, date: "2024-07"}
  changsha-guide: {title: 长沙夜市指南, scope: "430100", verified_on: 2026-07-01}
situations:
  - key: goods
    ask: 您卖什么？
    options:
      - {value: food, text: 吃的, words: [小吃, 烧烤]}
      - {value: toys, text: 小玩意}
materials:
  stall_form: {name: 摊位申请表}
contradictions:
  - {id: days, readings: [{text: 网页写 3 天, source: changsha-guide}, {text: 窗口说当天}], shown: 按 3 天说。}
notes:
  - {id: rule, aspect: overview, text: =夜市要登记=, source: national-rule}
regions:
  - region: "430100"
    requirements:
      - {material: id_card, kind: copy, copies: 2, reason: 证明您是谁。, source: changsha-guide}
      - {material: stall_form, reason: 申请要用。, when: {goods: [food, toys]}, source: changsha-guide}
    time_limits: [{id: whole, days: 3, unit: working_day, source: changsha-guide}]
    fees: [{id: fee, free: true, text: 不收费。}]
    steps: [{id: ask, channel: window, text: 先问街道。}, {id: hand-in, channel: online, text: 上传材料。, when: [{goods: food}, {goods: toys}]}]
"""


def read(folder: Path) -> Matter:
    """Return the matter as it is in force, in its third version."""
    path = folder / "night_market.yml"
    path.write_text(GUIDE, encoding="utf-8")
    (matter,) = library.read_all([path])
    return dataclasses.replace(matter, version=3)


def cell(sheet: str, address: str, value: Any) -> Edit:
    """Return the edit that writes `value` into a cell."""

    def edit(book: Workbook) -> None:
        book[sheet][address] = value

    return edit
