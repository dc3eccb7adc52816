"""Guides as spreadsheets: exact both ways, patient with what a colleague sends, all or nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing
import zipfile
from io import BytesIO
from typing import Any, Callable, Mapping, Sequence

import pytest
from openpyxl import Workbook, load_workbook

from knowledge.editing import library
from knowledge.editing.sheets import changes, opening, writing
from knowledge.editing.sheets.changes import Plan
from knowledge.editing.sheets.columns import BY_TITLE, TABLES
from knowledge.errors import ContentError
from knowledge.values import guide
from knowledge.values.guide import Matter
from tests import night_markets
from tests.night_markets import Edit, cell

SHARED = library.shared_materials()


@pytest.fixture(scope="module")
def night_market(tmp_path_factory: pytest.TempPathFactory) -> Matter:
    return night_markets.read(tmp_path_factory.mktemp("guide"))


def planned(content: bytes, *matters: Matter) -> Plan:
    return changes.plan(content, in_force={matter.code: matter for matter in matters}, shared=SHARED)


def edited(matter: Matter, edit: Edit) -> bytes:
    book = load_workbook(BytesIO(writing.of_matter(matter, shared=SHARED)))
    edit(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def faults(content: bytes, *matters: Matter) -> list[str]:
    with pytest.raises(ContentError) as caught:
        planned(content, *matters)
    return [str(fault) for fault in caught.value.faults]


@pytest.fixture(scope="module")
def readable() -> list[Matter]:
    """Return what of the content folder can be read; what cannot is another test's business."""
    matters: list[Matter] = []
    for path in library.content_files():
        try:
            matters += library.read_all([path])
        except ContentError:
            continue
    return matters


# ---- exact both ways ----


def test_every_matter_comes_back_from_its_workbook_as_it_was(readable: list[Matter]) -> None:
    assert readable
    for matter in readable:
        assert planned(writing.of_matter(matter, shared=SHARED), matter) == Plan((), (), ()), matter.code


@pytest.mark.parametrize("title", ["办事指南信息", "材料要求", "情形选项", "矛盾"])
def test_a_table_across_all_matters_comes_back_as_it_was(readable: list[Matter], title: str) -> None:
    assert planned(writing.of_table(BY_TITLE[title], readable, shared=SHARED), *readable) == Plan((), (), ())


def test_a_workbook_made_from_nothing_holds_the_whole_matter(night_market: Matter) -> None:
    plan = planned(writing.of_matter(night_market, shared=SHARED))
    assert plan.matters == (dataclasses.replace(night_market, version=0),)
    assert "“夜市摆摊”（night_market）还没有，会当成新的一件事" in str(plan.hints[0])
    assert {change.did for change in plan.changes} == {"added"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.title)
def test_every_field_of_a_guide_has_its_column_and_every_closed_list_all_its_labels(table: Any) -> None:
    whole = {"办事指南信息": guide.Matter, "情形选项": guide.Option, "矛盾": guide.Reading}
    owner = guide.Guide if table.of == "guide" else guide.Matter
    kind = whole.get(table.title) or typing.get_args(typing.get_type_hints(owner)[table.part])[0]
    elsewhere = {one.part for one in TABLES} | {"situations", "options", "guides", "version", "readings"}
    assert {field.name for field in dataclasses.fields(kind)} - elsewhere <= {column.field for column in table.columns}
    for column in table.columns:
        if column.kind == "choice":
            assert set(column.choices) == literals(typing.get_type_hints(kind)[column.field])


def literals(hint: Any) -> set[str]:
    found = (literals(one) if typing.get_args(one) else {one} for one in typing.get_args(hint))
    return {one for group in found for one in group if isinstance(one, str)}


def test_an_exported_sheet_helps_to_fill_it_in(night_market: Matter) -> None:
    book = load_workbook(BytesIO(writing.of_matter(night_market, shared=SHARED)))
    sheet = book["材料要求"]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    listed = [one.value for one in book["选单"][rules["C2"].formula1.split("!$")[1][0]]]
    assert book.sheetnames[0] == "填表说明" and book["选单"].sheet_state == "hidden" and sheet.freeze_panes == "C2"
    assert {"stall_form 摊位申请表", "id_card 居民身份证", "bank_card 本人银行卡复印件"} <= set(listed)
    assert rules["F2"].type == "list" and rules["E2"].type == "whole" and "选" in rules["F2"].prompt
    told = [one.value for row in book["填表说明"].iter_rows() for one in row]
    assert {"night_market", "goods", "food", "吃的", 3} <= set(told)


# ---- what changes ----


def test_a_changed_cell_is_told_with_its_row_and_both_readings(night_market: Matter) -> None:
    plan = planned(edited(night_market, cell("材料要求", "E2", 1)), night_market)
    (change,) = plan.changes
    assert (change.sheet, change.row, change.line, change.field) == ("材料要求", 2, "湖南省长沙市 id_card", "份数")
    assert (change.before, change.after) == ("2", "1")
    assert plan.matters[0].guides[1].requirements[0].copies == 1


def remove_a_row_and_add_one(book: Workbook) -> None:
    book["材料要求"].delete_rows(2)
    book["材料要求"].append(["长沙市", "bank_card", "本人银行卡复印件", "复印件", "１", None, None, None, "退押金用。", None, "goods=吃的", "changsha-guide"])


def test_added_and_removed_rows_are_told_and_a_shared_document_comes_along(night_market: Matter) -> None:
    plan = planned(edited(night_market, remove_a_row_and_add_one), night_market)
    assert [(change.sheet, change.did, change.row) for change in plan.changes] == [
        ("材料要求", "added", 3),
        ("材料要求", "removed", None),
        ("材料名录", "added", None),
    ]
    asked = plan.matters[0].guides[1].requirements[1]
    assert (asked.material, asked.copies, asked.needed, asked.when) == ("bank_card", 1, "required", ({"goods": ("food",)},))
    assert "材料要求 E3：全角的数字或字母，已经改成半角" in list(map(str, plan.hints))


def swap_steps(book: Workbook) -> None:
    sheet = book["步骤"]
    rows = [[one.value for one in row] for row in sheet.iter_rows(2, 3)]
    for number, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value


def test_another_order_of_the_steps_is_a_change(night_market: Matter) -> None:
    (change,) = planned(edited(night_market, swap_steps), night_market).changes
    assert (change.did, change.line, change.before, change.after) == ("moved", "湖南省长沙市", "ask、hand-in", "hand-in、ask")


def test_a_sheet_that_is_not_in_the_workbook_leaves_its_table_alone(night_market: Matter) -> None:
    plan = planned(edited(night_market, lambda book: book.remove(book["费用"])), night_market)
    assert plan.changes == () and [str(hint) for hint in plan.hints] == ["费用：文件里没有这张表，这张表的内容不动"]


def test_one_table_across_matters_changes_that_table_alone_and_only_the_matter_touched(night_market: Matter) -> None:
    other = dataclasses.replace(night_market, code="day_market", name="早市摆摊")
    book = load_workbook(BytesIO(writing.of_table(BY_TITLE["费用"], [night_market, other], shared=SHARED)))
    assert [one.value for one in book["费用"][3]][:2] == ["day_market", "早市摆摊"]
    book["费用"]["F3"] = "先交十元，退摊还您。"
    plan = planned(saved(book), night_market, other)
    assert [(change.matter, change.field) for change in plan.changes] == [("day_market", "内容")]
    assert dataclasses.replace(plan.matters[0], guides=other.guides) == other


def test_a_workbook_from_an_older_version_warns(night_market: Matter) -> None:
    newer = dataclasses.replace(night_market, version=4, summary="晚上摆摊，一次办好。")
    plan = planned(writing.of_matter(night_market, shared=SHARED), newer)
    assert "从第 3 版导出的，现在已经是第 4 版" in str(plan.hints[0]) and plan.matters[0].version == 4


# ---- what a colleague sends ----

FIXED: Mapping[str, tuple[str, str, Any, str]] = {
    "full-width digits": ("材料要求", "E2", "２", "全角"),
    "a number kept as text": ("材料要求", "E2", "2", "数字存成了文字"),
    "spaces and a line break around a label": ("材料要求", "D2", " 复印 件\n", "看不见"),
    "zero-width characters in an id": ("材料要求", "B2", "\u200bid_card\ufeff", "看不见"),
    "full-width letters in an id": ("材料要求", "B2", "ｉｄ＿ｃａｒｄ", "全角"),
    "a document by its name": ("材料要求", "C2", "居民身份证", ""),
    "a place by its name": ("材料要求", "A2", "长沙", ""),
    "a place as a number": ("材料要求", "A2", 430100, ""),
    "a nation that lost its zeros": ("说明", "A2", 0, ""),
    "a condition in full width": ("材料要求", "K3", "ｇｏｏｄｓ＝food｜toys；", "全角"),
    "a condition in the words of the options": ("材料要求", "K3", "goods=吃的|小玩意", ""),
    "a day with slashes": ("依据", "I3", "2026/7/1", ""),
    "a day in Chinese": ("依据", "I3", "2026年7月1日", ""),
    "a day that lost its format": ("依据", "I3", 46204, ""),
    "a day with a time": ("依据", "I3", dt.datetime(2026, 7, 1, 8, 30), ""),
    "a source's code instead of its label": ("依据", "H3", "A", ""),
    "yes as a tick": ("费用", "C2", True, ""),
}


@pytest.mark.parametrize("name", FIXED)
def test_what_is_meant_clearly_is_read_as_meant(night_market: Matter, name: str) -> None:
    sheet, address, value, told = FIXED[name]
    plan = planned(edited(night_market, cell(sheet, address, value)), night_market)
    assert plan.changes == ()
    assert told in "".join(map(str, plan.hints))


MENDED: Mapping[str, tuple[str, str, Any, Sequence[str]]] = {
    "a formula": ("材料要求", "E2", "=1+1", ["材料要求 E2：是公式", "选择性粘贴"]),
    "a broken formula": ("材料要求", "E2", "#REF!", ["材料要求 E2：是公式出错的结果 #REF!"]),
    "words for a number": ("材料要求", "E2", "两份", ["材料要求 E2：“份数”写的是“两份”", "只写数字"]),
    "a label nobody knows": ("材料要求", "D2", "影印件", ["材料要求 D2：“形式”没有“影印件”", "原件、复印件、原件和复印件、填表"]),
    "a document nobody knows": ("材料要求", "C2", "身份", ["材料要求 C2：材料“身份”没有收录", "id_card 居民身份证"]),
    "a source nobody knows": ("材料要求", "L2", "changsha", ["材料要求 L2：依据“changsha”", "changsha-guide 长沙夜市指南"]),
    "a place without a guide": ("材料要求", "A2", "430200", ["材料要求 A2：“430200 湖南省株洲市”不在", "430100 湖南省长沙市"]),
    "a place nobody knows": ("材料要求", "A2", "江北区", ["材料要求 A2：“地方”写的“江北区”认不出"]),
    "a condition nobody asks": ("材料要求", "K3", "good=food", ["材料要求 K3：没有代号是“good”", "goods 您卖什么？"]),
    "an option nobody offers": ("材料要求", "K3", "goods=books", ["材料要求 K3：问题“goods”没有“books”", "food 吃的、toys 小玩意"]),
    "a condition nobody can read": ("材料要求", "K3", "卖吃的", ["材料要求 K3：适用条件里的“卖吃的”看不懂"]),
    "a day that is none": ("依据", "I3", "2026-02-30", ["依据 I3：“核对日期”写的是“2026-02-30”，不是日期"]),
    "no id": ("步骤", "B2", None, ["步骤 B2：这一行没有编号", "steps-2"]),
    "an id twice": ("步骤", "B3", "ask", ["步骤 B3：和 B2 重复了：ask"]),
    "a sentence left out": ("材料要求", "I2", "  ", ["材料要求 I2：“为什么要”空着"]),
    "a national line on a regional source": ("说明", "H2", "changsha-guide", ["说明 H2：全国的一行用了地方的依据", "430100 湖南省长沙市"]),
    "two ways to tell one contradiction": ("矛盾", "D3", "按当天说。", ["矛盾 D3：同一个编号“days”", "D2"]),
    "a column renamed": ("材料要求", "I1", "为啥要", ["材料要求 I1：不认识“为啥要”这一列。列名改成“为什么要”"]),
    "a column of one's own": ("材料要求", "P1", "小王的备注", ["材料要求 P1：不认识“小王的备注”这一列。删掉"]),
    "a code that is none": ("办事指南信息", "A2", "Night Market", ["办事指南信息 A2：代码“NightMarket”不能用"]),
}


@pytest.mark.parametrize("name", MENDED)
def test_what_is_wrong_is_told_with_its_cell_and_its_mend(night_market: Matter, name: str) -> None:
    sheet, address, value, expected = MENDED[name]
    told = "\n".join(faults(edited(night_market, cell(sheet, address, value)), night_market))
    assert [words for words in expected if words not in told] == []


def test_the_national_row_stays(night_market: Matter) -> None:
    def leave_the_nation(book: Workbook) -> None:
        book["地方"]["A2"] = book["说明"]["A2"] = "430000"
        book["说明"]["H2"] = None

    (told,) = faults(edited(night_market, leave_the_nation), night_market)
    assert told.startswith("地方：没有“000000 全国”这一行。加上它")


def test_merged_cells_a_missing_column_and_a_formula_are_all_told_at_once(night_market: Matter) -> None:
    def spoil(book: Workbook) -> None:
        book["步骤"].merge_cells("A2:A3")
        book["材料要求"].delete_cols(9)
        book["费用"]["D2"] = "=A1"

    assert faults(edited(night_market, spoil), night_market) == [
        "材料要求 O1：缺少“为什么要”这一列。在表头那一行加上“为什么要”；没有内容也要留着这一列，不然会当成全部删空。",
        "步骤 A2：A2:A3 是合并的单元格，只有左上角那格有内容。取消合并，每一格都填上。",
        "费用 D2：是公式，不是文字。选中后复制，用“选择性粘贴”里的“数值”贴回原处。",
    ]


def test_a_title_above_the_header_and_a_cell_far_away_do_no_harm(night_market: Matter) -> None:
    def decorate(book: Workbook) -> None:
        book["费用"].insert_rows(1)
        book["费用"]["A1"] = "费用一览"
        book["费用"].merge_cells("A1:E1")
        book["步骤"]["A1048576"] = " "
        book.create_sheet("Sheet1")

    assert planned(edited(night_market, decorate), night_market) == Plan((), (), ())


def test_what_only_a_guide_file_s_check_finds_is_told_in_the_words_of_the_sheets(night_market: Matter) -> None:
    def ask_for_nothing(book: Workbook) -> None:
        book["情形问题"].append(["colour", "什么颜色？"])
        book["情形选项"].append(["colour", "red", "红的"])

    (told,) = faults(edited(night_market, ask_for_nothing), night_market)
    assert told == "工作簿：“夜市摆摊”还有不对的地方：问题“colour”不影响任何一行。删掉它，或在“适用条件”里用上它。"


def zipped(**parts: str | bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


FILES: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "是空的"),
    "csv": (lambda: "材料,份数\n身份证,1\n".encode("gb18030"), "不是 .xlsx"),
    "the old format": (lambda: opening.OLD_CONTAINER + bytes(4096), "旧的 .xls"),
    "locked": (lambda: opening.OLD_CONTAINER + opening.LOCKED + bytes(4096), "打开密码"),
    "another archive": (lambda: zipped(word__document="<w/>"), "不是 .xlsx"),
    "cut off": (lambda: zipped(xl__workbook="<workbook/>")[:60], "坏了"),
    "no workbook inside": (lambda: zipped(xl__workbook="<workbook/>"), "坏了"),
    "too big": (lambda: bytes(opening.MOST_MB * opening.MB + 1), "最多 20 MB"),
    "a bomb": (lambda: zipped(xl__workbook="<workbook/>", xl__bomb=bytes(80 * opening.MB)), "大得不正常"),
    "a bomb of entities": (lambda: zipped(xl__workbook='<!DOCTYPE w [<!ENTITY a "aa">]><workbook/>'), "大得不正常"),
    "other sheets": (lambda: saved(Workbook()), "没有认得的工作表（现有：Sheet）"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_workbook_of_ours_is_refused_with_what_to_do(name: str) -> None:
    make, words = FILES[name]
    (told,) = faults(make())
    assert told.startswith("工作簿：") and words in told


def test_a_table_that_does_not_say_whose_it_is_asks_for_the_matter(night_market: Matter) -> None:
    book = Workbook()
    sheet = book.create_sheet("费用")
    sheet.append(["地方", "编号", "是否免费", "内容", "适用条件", "依据", "未核实", "从哪天起", "到哪天止"])
    sheet.append(["全国", "fee", "是", "不收费。"])
    assert "看不出是哪件事的" in "".join(faults(saved(book), night_market))
    sheet.insert_cols(1)
    sheet["A1"], sheet["A2"] = "一件事代码", "nowhere"
    assert "费用 A2：没有代码是“nowhere”的一件事" in "".join(faults(saved(book), night_market))
