"""A city's list as colleagues send it: read as it is meant, or refused with the cell and the mend."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable

import pytest
from openpyxl import load_workbook

from knowledge.errors import ContentError
from knowledge.items import reading
from tests.city_list import LEAST, PASSPORT, sheet


def changed(path: Path, change: Callable[[Any], None]) -> Path:
    """Change the first sheet of a workbook by hand, as a colleague does."""
    book = load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("rows", "cell", "words"),
    [
        ([LEAST, PASSPORT, ["A2", None, "民政局", "无", "即办"]], "事项!B3", "没有事项名称"),
        ([LEAST, PASSPORT, [None, "结婚登记", "民政局", "无", "即办"]], "事项!A3", "没有事项编码"),
        ([LEAST, PASSPORT, ["Ａ１", "结婚登记", "民政局", "无", "即办"]], "事项!A3", "和第 2 行重复"),
        ([LEAST, ["A1", "=B1&C1", "公安局", "无", "即办"]], "事项!B2", "公式"),
        ([LEAST, ["A1", "签发", "公安局", "#REF!", "即办"]], "事项!D2", "#REF!"),
        ([LEAST, ["A1", "签发", "公安局", "无", 7]], "事项!E2", "没有写单位"),
        ([LEAST, ["A" * 70, "签发", "公安局", "无", "即办"]], "事项!A2", "最长 64"),
        ([LEAST[:3], PASSPORT[:3]], "事项", "缺少“办理材料”这一列"),
        ([[*LEAST, "事项名称"], [*PASSPORT, "护照"]], "事项!F1", "有两个"),
        ([LEAST], "", "一个事项都没有"),
        ([["甲", "乙"], ["丙", "丁"]], "", "没有找到表头"),
    ],
)
def test_a_dirty_sheet_gets_the_address_and_the_mend(tmp_path: Path, rows: list[list[Any]], cell: str, words: str) -> None:
    with pytest.raises(ContentError) as caught:
        reading.read(sheet(tmp_path / "list.xlsx", *rows))
    (told,) = caught.value.faults
    assert words in told.fault and told.mend and str(told).startswith(f"list.xlsx {cell}")


def test_a_question_without_its_item_or_its_answer_is_named(tmp_path: Path) -> None:
    asked = (["事项编码", "问题", "答案"], ["A9", "要带啥", "身份证"], ["A1", "多久", ""])
    with pytest.raises(ContentError) as caught:
        reading.read(sheet(tmp_path / "list.xlsx", LEAST, PASSPORT, questions=asked))
    assert [str(one).split("：")[0] for one in caught.value.faults] == ["list.xlsx 问题!A2", "list.xlsx 问题!C3"]


def test_merged_cells_are_named_unless_they_are_a_title_above_the_headers(tmp_path: Path) -> None:
    path = sheet(tmp_path / "list.xlsx", ["某市清单"], LEAST, PASSPORT, ["A2", "护照换发", None, "无", "即办"])
    changed(path, lambda page: page.merge_cells("A1:E1"))
    assert [item.row for item in reading.read(path).items] == [3, 4]
    changed(path, lambda page: page.merge_cells("C3:C4"))
    with pytest.raises(ContentError, match="事项!C3:C4"):
        reading.read(path)


def test_what_does_no_harm_is_cleaned_without_a_word(tmp_path: Path) -> None:
    headers = ["序号", "实施主体", "事 项名称 ", "基本编码", "申请材料", "咨询电话", "办理依据", "投诉电话"]
    row = [1, " 公安 局\u200b", "普通\n护照　签发", "１１Ｘ ０２", "1.身份证；\n2、 照片（2寸）\n① 申请表", 73112345678.0, "护照法", "１２３４５"]
    contents = reading.read(sheet(tmp_path / "list.xlsx", headers, row, [None] * 8))
    (item,) = contents.items
    assert (item.code, item.name, item.materials) == ("11X02", "普通护照签发", ("身份证", "照片（2寸）", "申请表"))
    assert (item.enquiries, item.complaints, item.fee) == ("73112345678", "12345", None)
    assert contents.ignored == ("序号", "办理依据") and "收费" in contents.absent


@pytest.mark.parametrize(
    ("name", "bytes_", "words"),
    [
        ("a.xlsx", b"", "不是 .xlsx"),
        ("a.xlsx", b"PK\x03\x04broken", "不是 .xlsx"),
        ("a.xls", b"\xd0\xcf\x11\xe0 old", "不是 .xlsx"),
        ("a.json", b"{", "不是合格的 JSON"),
        ("a.json", "名".encode("gbk"), "UTF-8"),
        ("a.json", b"[]", "JSON 里没有事项"),
        ("a.json", b'{"items": {}}', "JSON 里没有事项"),
        ("a.json", b'{"items": ["x"]}', "items[0]"),
        ("a.json", b'{"items": []}', "一个事项都没有|缺少"),
        ("a.json", '{"items": [{"事项编码": "A", "事项名称": {"a": 1}, "实施主体": "b", "办理材料": []}]}'.encode(), "公式"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path: Path, name: str, bytes_: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(bytes_)
    with pytest.raises(ContentError) as caught:
        reading.read(tmp_path / name)
    assert any(word in str(caught.value) for word in words.split("|")) and all(one.mend for one in caught.value.faults)


def test_json_may_use_english_or_chinese_names_and_lists_of_materials(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    records = [{"code": "A", "name": "护照", "department": "公安局", "materials": ["1.身份证", "照片"]}, {"事项编码": "B", "事项名称": "签证", "实施主体": "公安局", "办理材料": "无"}]
    for record, wanted in zip(records, (("身份证", "照片"), ())):
        path.write_text(json.dumps({"items": [record]}), encoding="utf-8")
        assert reading.read(path).items[0].materials == wanted


def test_of_very_many_faults_the_first_hundred_are_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        reading.read(sheet(tmp_path / "list.xlsx", LEAST, *(["A1", "", "局", "无", "即办"] for _ in range(300))))
    assert len(caught.value.faults) == 101 and "还有" in caught.value.faults[-1].fault
