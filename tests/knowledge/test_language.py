"""Chinese as people type it, as tables."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from knowledge.language import dates, encoder, entities, masks, numbers, regions
from knowledge.language.grams import Vocabulary, character_grams, syllable_grams
from knowledge.language.homophones import Homophones
from knowledge.language.likeness import Sentences, solve
from knowledge.language.normalize import normalize, simplify
from knowledge.language.segment import Segmenter
from knowledge.values.guide import Material

SUNDAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    materials = (
        Material(id="household_register", name="居民户口簿", words=("户口本", "户口簿")),
        Material(id="birth_certificate", name="出生医学证明", words=("出生证",)),
    )
    return Segmenter(tuple(entities.terms(materials)))


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("身份證　和ＡＢＣ", "身份证 和abc"),
        ("请问一下，户口怎么办", "户口怎么办"),
        ("快点快点！！！！！", "快点快点!!!"),
        ("办\u200b户\u202e口", "办户口"),
        ("⭐⭐⭐", "星星星"),
        ("😀", ""),
        ("", ""),
    ],
)
def test_what_was_typed_gets_one_clean_form(typed: str, clean: str) -> None:
    assert simplify(typed) == clean


def test_a_span_of_the_clean_form_is_found_in_the_original() -> None:
    typed = "嗯，  請問一下身份證呢"
    clean = normalize(typed)
    start = clean.text.index("身份证")
    first, after = clean.span(start, start + 3)
    assert typed[first:after] == "身份證"


@pytest.mark.parametrize(
    ("typed", "read", "kind", "value"),
    [
        ("〔办件编号#k3f9x2ab〕到哪了", "办件编号到哪了", "application_no", "k3f9x2ab"),
        ("我是〔身份证号#aaaa1111〕", "我是身份证号", "id_card", "aaaa1111"),
        ("打〔手机号#zz9〕找我", "打手机号找我", "phone", "zz9"),
        ("〔校验码#q7〕", "校验码", "check", "q7"),
        ("编号是DJ2026030500021", "编号是办件编号", "application_no", "DJ2026030500021"),
        ("编号一零零八六杠二二", "编号办件编号", "application_no", "10086-22"),
        ("电话１３８１２３４５６７８", "电话手机号", "phone", "13812345678"),
        ("后四位 001X", "后四位 校验码", "check", "001X"),
        ("打138 1234 5678", "打手机号", "phone", "13812345678"),
        ("188-7410-2233联系我", "手机号联系我", "phone", "18874102233"),
        ("+86 138–1234–5678", "手机号", "phone", "13812345678"),
        ("8613812345678", "手机号", "phone", "13812345678"),
        ("手机号码13812345678", "手机号码手机号", "phone", "13812345678"),
        ("2026-1-12 13812345678", "2026-1-12 手机号", "phone", "13812345678"),
        ("430102 19900101 1234", "身份证号", "id_card", "430102199001011234"),
        ("身份证编号430102199001011234", "身份证编号身份证号", "id_card", "430102199001011234"),
        ("受理号：431000202611150023", "受理号:办件编号", "application_no", "431000202611150023"),
        ("申请编号是4301 0219 9001 0112 34", "申请编号是办件编号", "application_no", "430102199001011234"),
        ("流水号13812345678", "流水号办件编号", "application_no", "13812345678"),
        ("单号就是4411", "单号就是办件编号", "application_no", "4411"),
        ("校验 6682", "校验 校验码", "check", "6682"),
        ("尾号四四一九", "尾号校验码", "check", "4419"),
        ("哎呀记错了，是3973", "哎呀记错了,是校验码", "check", "3973"),
        ("看反了，是 0538", "看反了,是 校验码", "check", "0538"),
        ("看串行了，尾号应该是5301", "看串行了,尾号应该是校验码", "check", "5301"),
    ],
)
def test_a_number_is_read_as_the_word_for_its_kind(typed: str, read: str, kind: str, value: str) -> None:
    reading = masks.read(typed)
    (number,) = reading.numbers
    assert (reading.text, number.kind, number.value) == (read, kind, value)


@pytest.mark.parametrize("typed", ["注册资本20000000元", "座机0731-82216655", "打12345", "2026-11-22", "2025-2026学年", "欠了4411元"])
def test_what_identifies_nobody_is_no_number(typed: str) -> None:
    assert not masks.read(typed).numbers


def test_a_masked_number_keeps_its_place_in_the_original() -> None:
    typed = "嗯，我的〔办件编号#k3f9x2ab〕呢"
    (number,) = masks.read(typed).numbers
    assert typed[number.start : number.end] == "〔办件编号#k3f9x2ab〕"


@pytest.mark.parametrize(
    ("said", "value", "part"),
    [
        ("下周三上午去行吗", "2026-11-25", "上午"),
        ("这周五", "2026-11-20", None),
        ("周六开门吗", "2026-11-28", None),
        ("明天下午", "2026-11-23", "下午"),
        ("大后天", "2026-11-25", None),
        ("11月7号交的", "2026-11-07", None),
        ("二〇二五年三月五日", "2025-03-05", None),
        ("2025-03-05办的", "2025-03-05", None),
        ("去年十二月", "2025-12", None),
        ("上个月", "2026-10", None),
        ("下个月15号", "2026-12-15", None),
        ("前年", "2024", None),
        ("二十三号", "2026-11-23", None),
        ("三天前交的", "2026-11-19", None),
        ("一个礼拜之前", "2026-11-15", None),
        ("两个月前", "2026-09", None),
        ("十二年前", "2014", None),
        ("前天", "2026-11-20", None),
        ("上周五", "2026-11-13", None),
        ("这周末", "2026-11-21", None),
        ("下个月初", "2026-12", None),
        ("9月份", "2026-09", None),
        ("明早", "2026-11-23", None),
    ],
)
def test_a_day_is_read_as_exactly_as_it_was_said(said: str, value: str, part: str) -> None:
    (date,) = dates.find(said, on=SUNDAY)
    assert (date.value, date.part) == (value, part)


NO_DAYS = ["三号窗口", "一周几次", "13月40号", "三个月", "2月30日", "两三天前", "十几年前", "2026年前", "三四月份", "几十号人"]
NO_CERTAIN_DAYS = ["周末", "周一到周五", "每周三", "一礼拜三回", "每月十五号", "韶山路18号", "证明早就交了"]


@pytest.mark.parametrize("said", [*NO_DAYS, *NO_CERTAIN_DAYS])
def test_what_is_no_day_is_not_read_as_one(said: str) -> None:
    assert not dates.find(said, on=SUNDAY)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("我妈的户口本丢了", [("relation", "我妈"), ("material", "居民户口簿")]),
        ("俺娘拿出生证去", [("relation", "我妈"), ("material", "出生医学证明")]),
        ("出生证明天拿", [("material", "出生医学证明"), ("date", "2026-11-23")]),
        ("我在长沙市芙蓉区", [("region", "430102")]),
        ("江北区", [("region", None)]),
        ("身份证号是430102199001011234", [("id_card", "430102199001011234")]),
        ("殘疾證同戶口簿", [("material", "残疾人证"), ("material", "居民户口簿")]),
        ("岳父和我丈母娘", [("relation", "我岳父"), ("relation", "我岳母")]),
        ("办公公司", []),
        ("带户口本 13812345678", [("material", "居民户口簿"), ("phone", "13812345678")]),
        ("没什么", []),
        ("", []),
    ],
)
def test_everything_named_is_an_entity(segmenter: Segmenter, typed: str, found: list[tuple[str, str]]) -> None:
    entered = entities.find(masks.read(typed), segmenter=segmenter, on=SUNDAY)
    assert [(entity.kind, entity.value) for entity in entered] == found


def test_entities_stand_where_they_stand_in_the_original(segmenter: Segmenter) -> None:
    typed = "嗯，我媽的　戶口本在长沙市"
    entered = entities.find(masks.read(typed), segmenter=segmenter, on=SUNDAY)
    assert [typed[entity.start : entity.end] for entity in entered] == ["我媽", "戶口本", "长沙市"]


def test_a_district_of_two_cities_names_both(segmenter: Segmenter) -> None:
    (region,) = entities.find(masks.read("江北区"), segmenter=segmenter, on=SUNDAY)
    assert region.value is None and {"330205", "500105"} <= set(region.more["codes"])


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("延边州怎么办", ["222400"]),
        ("麻阳县怎么办", ["431226"]),
        ("广西自治区", ["450000"]),
        ("住在中山", ["442000"]),
        ("人在中山", ["442000"]),
        ("我是中山的", ["442000"]),
        ("中山那边", ["442000"]),
        ("大连中山", ["210202"]),
        ("人在西安", ["610100"]),
        ("海南能办吗", ["460000"]),
        ("长沙大学生补贴", ["430100"]),
        ("香港", ["810000"]),
        ("我在香港", ["810000"]),
        ("香港读的硕士，回长沙", ["430100"]),
        ("在中山路", []),
        ("武汉大学毕业", []),
        ("这是三明治", []),
        ("公司和平分手", []),
    ],
)
def test_a_place_is_one_where_the_words_around_say_so(said: str, codes: list[str]) -> None:
    assert [code for mention in regions.mentions(said) for code in mention.codes] == codes


def test_a_new_segmenter_keeps_the_dictionary_and_learns_new_terms(segmenter: Segmenter) -> None:
    newer = Segmenter(tuple(entities.terms((Material(id="x", name="接生记录本"),))), dictionary=segmenter.dictionary)
    assert [found.value for found in newer.find("接生记录本在哪")] == ["接生记录本"]


def test_homophones_share_their_syllables() -> None:
    assert list(syllable_grams("伸请")) == list(syllable_grams("申请"))
    assert set(character_grams("伸请")) != set(character_grams("申请"))


def test_a_vocabulary_survives_being_written() -> None:
    vocabulary = Vocabulary.fit(["注销公司", "公司注销了"], seen_at_least=1)
    again = Vocabulary.from_json(vocabulary.to_json())
    assert np.allclose(again.vectors(["公司注销"]).toarray(), vocabulary.vectors(["公司注销"]).toarray(), atol=1e-4)


def test_a_text_of_unknown_grams_is_no_vector() -> None:
    assert Vocabulary.fit(["注销公司"], seen_at_least=1).vectors(["", "hello"]).nnz == 0


def test_ridge_gives_known_sentences_their_own_targets() -> None:
    texts = ["给孩子上户口", "公司不想开了", "退休金怎么领"]
    sentences = Sentences(grams=Vocabulary.fit(texts, seen_at_least=1).vectors(texts), vectors=encoder.encode(texts))
    targets = np.eye(3, dtype=np.float32)
    weights, diagonal = solve(sentences.like(sentences), targets, np.full(3, 0.01, dtype=np.float32))
    assert np.allclose(sentences.like(sentences) @ weights, targets, atol=0.05)
    assert (diagonal > 0).all()


KNOWN = Homophones.fit(["我想申请公租房", "申请要带户口本", "户口本丢了怎么补", "去派出所申请", "申请材料有哪些", "户口能不能网上申请", "户口在乡下", "户口迁走了", "户口簿"] * 2)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("我想伸请公租房", "我想申请公租房"),
        ("胡口本丢了", "户口本丢了"),
        ("申请公租房", "申请公租房"),
        ("夜市摆摊", "夜市摆摊"),
        ("", ""),
    ],
)
def test_a_homophone_that_nobody_writes_there_is_put_right(typed: str, meant: str) -> None:
    assert KNOWN.mend(typed) == meant


def test_what_is_published_is_known_and_left_as_it_is() -> None:
    assert KNOWN.mend("伸请", also=frozenset({"伸请"})) == "伸请"
    assert Homophones.from_json(KNOWN.to_json()) == KNOWN


@pytest.mark.parametrize("typed", ["YJSDEMO-ZX-0001，9107", "YJSDEMO-ZX-0001 9107", "YJSDEMO杠ZX杠零零零一，尾号九一零七"])
def test_the_check_right_behind_a_number_is_taken_with_it(typed: str) -> None:
    assert [(n.kind, n.value) for n in numbers.find(typed)] == [("application_no", "YJSDEMO-ZX-0001"), ("check", "9107")]


@pytest.mark.parametrize("typed", ["罚款是5000", "我是2019年退伍的", "YJSDEMO-ZX-0001，2024年交的"])
def test_a_sum_or_a_year_is_no_check(typed: str) -> None:
    assert "check" not in [number.kind for number in numbers.find(typed)]
