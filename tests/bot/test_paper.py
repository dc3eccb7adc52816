"""A list on paper and in the calendar: what is printed can be read, copied, ticked and scanned."""

from __future__ import annotations

import datetime as dt
import io
import re
import time
from pathlib import Path
from typing import Any, Iterator

import icalendar
import pytest
import segno
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from ruamel.yaml import YAML

from bot.channels.terminal.__main__ import main
from bot.rendering import calendar, fonts, paper, paper_layout, qr
from bot.rendering.paper_layout import Piece, Row, Style
from knowledge.checklists import differences, standing
from knowledge.checklists.service import EVERYTHING
from knowledge.clock import SHANGHAI
from knowledge.guidance.catalogue import CatalogueSource
from knowledge.guidance.service import GuidanceService
from knowledge.language import regions
from knowledge.settings import ROOT
from knowledge.store.engine import Engine
from knowledge.values.answer import Answer, PlaceLine, Question
from knowledge.values.checklist import Checklist
from tests.installation import copied

CODE, URL = "QD1234-5678-9012", "http://127.0.0.1:8080/c/QD1234-5678-9012"
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
TABLES = sorted((ROOT / "tests" / "situations").glob("*.yml"))
# 18 papers of two places: even at the smallest type more than one page.
LONG_LISTS = {"舟山招牌装好 10 个工作日内备案，材料可以后补"}


@pytest.fixture(scope="module")
def guidance(content: Engine) -> GuidanceService:
    return GuidanceService(CatalogueSource(content))


def cases(table: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for case in YAML(typ="safe").load(table.read_text(encoding="utf-8")):
        region = regions.find(str(case["region"]))[0] if case.get("region") else None
        given = {key: str(value) for key, value in (case.get("given") or {}).items()}
        yield case["case"], {"region": region, "situation": given, "on": case.get("on", MONDAY.date())}


def kept(answer: Answer) -> Checklist:
    return standing.checklist(answer, "owner")


def asked(guidance: GuidanceService, matter: str, **facts: Any) -> Answer:
    return guidance.answer(Question(**{"matter": matter, "on": MONDAY.date(), "aspects": EVERYTHING, **facts}))


@pytest.fixture(scope="module")
def birth(guidance: GuidanceService) -> Checklist:
    """Return the list of a married couple in Hunan who have their marriage certificate at hand."""
    given = {"parents": "married", "born": "hospital", "age": "under_30_workdays", "household": "mother", "ethnicity": "same", "applicant": "mother"}
    return kept(asked(guidance, "newborn", region="430000", situation=given, ticked=frozenset({"marriage_certificate"})))


@pytest.fixture(scope="module")
def printed(birth: Checklist) -> bytes:
    return paper.pdf(birth, code=CODE, url=URL)


def read(pdf: bytes) -> str:
    """Return the text of all pages as it would be copied, without the breaks between lines."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("table", TABLES, ids=[table.stem for table in TABLES])
def test_the_lists_of_a_matter_fit_on_one_page_and_name_everything_that_has_to_be_brought(guidance: GuidanceService, table: Path) -> None:
    some = list(cases(table))
    for name, facts in (some[0], some[-1]):
        answer = asked(guidance, table.stem, **facts)
        if answer.outcome == "answered":
            pdf = paper.pdf(kept(answer), code=CODE, url=URL)
            text = read(pdf)
            assert [line.name for line in differences.to_bring(answer) if squeezed(line.name) not in text] == [], name
            assert len(PdfReader(io.BytesIO(pdf)).pages) == 1, name
            assert len(pdf) <= 200_000, name


@pytest.mark.parametrize("table", TABLES, ids=[table.stem for table in TABLES])
def test_every_case_is_laid_out_within_the_page_and_nearly_all_on_one(guidance: GuidanceService, table: Path) -> None:
    for name, facts in cases(table):
        answer = asked(guidance, table.stem, **facts)
        if answer.outcome == "answered":
            placed = laid(answer)
            assert max(one.page for one in placed) == 1 or name in LONG_LISTS, name
            assert all(one.y + paper_layout.height(one.rows) <= paper_layout.HIGH - paper_layout.FOOT for one in placed), name


def laid(answer: Answer) -> tuple[paper_layout.Placed, ...]:
    head = paper.Head(kept(answer), answer.to_dict(), code=CODE, url=URL)
    return paper.laid(answer.to_dict(), top=head.bottom).placed


def test_no_place_leaves_a_matter_without_a_page(guidance: GuidanceService) -> None:
    for table in TABLES:
        for place in (None, "500105", "310000", "430121", "330900"):
            answer = asked(guidance, table.stem, region=place)
            assert answer.outcome != "answered" or laid(answer), (table.stem, place)


def test_a_line_has_its_box_what_to_bring_why_and_where_to_get_it(printed: bytes) -> None:
    text = read(printed)
    assert "□新生儿出生医学记录（原件，1份）[1]为什么要：证明孩子是在这家医院出生的" in text
    assert "□✓结婚证（原件和复印件，1份）" in text and "要带6样，还差5样" in text
    assert "不用您交的" in text and "怎么办" in text and "去哪办" in text and "收费：" in text
    assert "2026年11月23日收下材料的话，最晚2026年11月30日办好" in text and "今天收下" not in text


def test_the_page_says_its_sources_and_that_nobody_has_reviewed_it(printed: bytes) -> None:
    assert "2026-07-01核对" in read(printed) and "内容未经主管部门审核" in read(printed)


def test_lines_of_another_region_stand_under_their_heading(guidance: GuidanceService) -> None:
    text = read(paper.pdf(kept(asked(guidance, "newborn", region="500105", situation={"parents": "married"}))))
    assert text.index("打开“渝快办”") < text.index("以下是湖南省的做法，供参考") < text.index("□结婚证")
    assert "□新生儿民族成份申请（只在“民族不同”时）" in text and "样看您的情况" in text


def test_what_closes_the_way_stands_before_the_list(guidance: GuidanceService) -> None:
    text = read(paper.pdf(kept(asked(guidance, "newborn", region="430100", situation={"parents": "unmarried"}))))
    assert text.index("※") < text.index("□")


def test_the_fonts_are_embedded_and_cut_to_the_characters_in_use(printed: bytes) -> None:
    page = PdfReader(io.BytesIO(printed)).pages[0]
    fonts_used = [font.get_object()["/DescendantFonts"][0].get_object() for font in page["/Resources"]["/Font"].values()]
    assert sorted(str(font["/BaseFont"]).partition("+")[2] for font in fonts_used) == ["NotoSansSC-Bold", "NotoSansSC-Regular"]
    assert all(re.match(r"/[A-Z]{6}\+", str(font["/BaseFont"])) for font in fonts_used)
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts_used)


def test_the_document_is_tagged_titled_and_in_chinese(printed: bytes) -> None:
    reader = PdfReader(io.BytesIO(printed))
    root = reader.trailer["/Root"]
    roles = [kid.get_object()["/S"] for kid in root["/StructTreeRoot"]["/K"][0].get_object()["/K"]]
    assert root["/Lang"] == "zh-CN" and root["/MarkInfo"]["/Marked"] and reader.metadata.title == "新生儿出生"
    assert roles[0] == "/H1" and {"/H2", "/P", "/Figure"} <= set(roles)


def test_who_reads_the_page_on_a_screen_can_follow_the_code(printed: bytes) -> None:
    (link,) = [annotation.get_object() for annotation in PdfReader(io.BytesIO(printed)).pages[0]["/Annots"]]
    assert link["/A"]["/URI"] == URL


def test_the_same_list_gives_the_same_page(birth: Checklist, printed: bytes) -> None:
    assert read(paper.pdf(birth, code=CODE, url=URL)) == read(printed) and CODE in read(printed)


def test_a_character_that_the_font_lacks_is_marked_and_named(birth: Checklist) -> None:
    odd = birth.answer.but(region_name="湖南省𠮷村")
    text = read(paper.pdf(Checklist(**{**vars(birth), "answer": odd})))
    assert "湖南省〓村" in text and "〓是这里印不出的字：U+20BB7" in text


def test_a_page_is_made_in_less_than_a_second(birth: Checklist) -> None:
    begun = time.process_time()
    paper.pdf(birth, code=CODE, url=URL)
    assert time.process_time() - begun < 1


def test_a_list_that_is_too_long_goes_on_on_a_second_page_and_loses_nothing(birth: Checklist) -> None:
    lines = tuple(line for n in range(4) for line in (one.__class__(**{**vars(one), "name": f"{one.name}之{n}"}) for one in birth.answer.checklist))
    pdf = paper.pdf(kept(birth.answer.but(checklist=lines)), code=CODE, url=URL)
    text = read(pdf)
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 1 and "第2页，共" in text
    assert all(squeezed(line.name) in text for line in lines)


def test_no_type_is_smaller_than_nine_and_a_half_points() -> None:
    assert min(min(style.size, max(style.size - 1, paper_layout.SMALLEST)) for style in paper.STYLES) >= 9.5


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五，六", ["一二三四", "五，六"]),
        ("一二三四“五”", ["一二三四", "“五”"]),
        ("一二三 12345", ["一二三", "12345"]),
        ("一二三四[1]五", ["一二三", "四[1]五"]),
        ("一二三四 12 份", ["一二三四", "12 份"]),
        ("1. 一二三四五", ["1. 一二三", "四五"]),
    ],
)
def test_lines_break_as_chinese_is_broken(text: str, lines: list[str]) -> None:
    four_wide = 5 * 10 * paper_layout.MM - 1
    assert [row.text for row in paper_layout.rows(text, Row("", 10), width=four_wide)] == lines


def test_a_word_longer_than_a_line_is_broken_rather_than_cut() -> None:
    rows = list(paper_layout.rows("x" * 200, Row("", 10), width=50))
    assert "".join(row.text for row in rows) == "x" * 200 and all(fonts.width(row.text, bold=False) * 10 * paper_layout.MM <= 50 for row in rows)


@pytest.mark.parametrize("before", range(40, 52))
def test_a_heading_never_stands_alone_at_the_foot_of_a_column(before: int) -> None:
    pieces = [*(Piece("line", "一") for _ in range(before)), Piece("heading", "怎么办"), Piece("line", "去窗口")]
    heading, headed = paper_layout.place(pieces, Style(12, 2), top=paper_layout.MARGIN)[-2:]
    assert heading.x == headed.x and heading.y < headed.y


def test_the_qr_code_of_the_page_is_read_back_as_the_address() -> None:
    dark = qr.matrix(URL)
    side = len(dark) + 8
    image = Image.new("L", (side, side), 255)
    image.putdata([0 if 4 <= x < side - 4 and 4 <= y < side - 4 and dark[y - 4][x - 4] else 255 for y in range(side) for x in range(side)])
    assert [found.text for found in zxingcpp.read_barcodes(image.resize((side * 8, side * 8), Image.Resampling.NEAREST))] == [URL]


def test_the_svg_has_neither_styles_nor_scripts_and_the_modules_of_the_code() -> None:
    shown = qr.svg(URL)
    assert shown.startswith("<svg ") and "style" not in shown and "script" not in shown
    assert f'viewBox="0 0 {segno.make(URL, error="m").symbol_size()[0]} ' in shown


def test_the_hotline_prints_a_list_for_whoever_comes_to_the_counter(content: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied(content, tmp_path / "yjs.db")
    for name, setting in {"YJS_DATA_DIR": str(tmp_path), "YJS_NOW": "2026-11-23T10:00:00"}.items():
        monkeypatch.setenv(name, setting)
    main(["show", "newborn", "--region", "长沙", "--given", "parents=married", "--pdf", str(tmp_path / "list.pdf")])
    text = read((tmp_path / "list.pdf").read_bytes())
    assert "□结婚证" in text and "湖南省长沙市" in text and "清单码" not in text


def events(ics: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(ics).walk("VEVENT"))


def test_the_day_on_which_it_is_done_is_in_the_calendar_with_an_alarm_one_working_day_before_at_nine(birth: Checklist) -> None:
    (event,) = events(calendar.ics(birth, at=MONDAY))
    assert event.start == dt.date(2026, 11, 30) and event["summary"] == "最晚办好：新生儿出生"
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt.astimezone(SHANGHAI) == dt.datetime(2026, 11, 27, 9, 0, tzinfo=SHANGHAI), "the Friday before"


def test_what_may_be_handed_in_later_has_its_own_day(guidance: GuidanceService, birth: Checklist) -> None:
    line = birth.answer.checklist[0]
    later = line.__class__(**{**vars(line), "name": "结婚证", "needed": "later", "later_days": 10, "exempt": None, "only_if": None})
    days = {str(event["summary"]): event for event in events(calendar.ics(kept(birth.answer.but(checklist=(later,))), at=MONDAY))}
    assert days["最晚补交：新生儿出生"].start == dt.date(2026, 12, 3) and "结婚证" in days["最晚补交：新生儿出生"]["description"]


def test_a_second_import_moves_the_day_instead_of_adding_one(birth: Checklist) -> None:
    (first,), (second,) = (events(calendar.ics(birth, at=at)) for at in (MONDAY, MONDAY + dt.timedelta(days=1)))
    assert first["uid"] == second["uid"] and second["sequence"] > first["sequence"]


def test_a_visit_says_where_when_it_is_open_and_what_to_bring(birth: Checklist) -> None:
    hall = PlaceLine(name="长沙市政务中心", address="岳麓大道 218 号", phone="0731-12345", hours="周一至周五 9:00–17:00")
    (event,) = events(calendar.visit(birth, hall, dt.date(2026, 11, 25), at=MONDAY))
    assert event.start == dt.date(2026, 11, 25) and event["location"] == "长沙市政务中心，岳麓大道 218 号"
    assert "新生儿出生医学记录" in event["description"] and "9:00" in event["description"] and "0731-12345" in event["description"]


def test_a_calendar_says_nothing_about_whose_list_it_is(birth: Checklist) -> None:
    written = calendar.ics(birth, at=MONDAY).decode()
    assert not {"ATTENDEE", "ORGANIZER", "married", CODE} & set(re.split(r"[\W]", written)) and "mother" not in written


def test_where_no_deadline_is_on_file_the_calendar_has_no_day_but_is_a_calendar(birth: Checklist) -> None:
    bare = kept(birth.answer.but(time_limit=None, checklist=()))
    assert not calendar.has_days(bare) and events(calendar.ics(bare, at=MONDAY)) == []
    assert icalendar.Calendar.from_ical(calendar.ics(bare, at=MONDAY))["x-wr-timezone"] == "Asia/Shanghai"
