"""The live ranking: what is published is understood, with no training."""

from __future__ import annotations

import pytest

from knowledge.language import encoder
from knowledge.search.index import Index
from knowledge.values.search import Phrase

PHRASES = {
    "newborn": ["新生儿出生", "给宝宝上户口", "娃刚生下来户口咋弄", "出生医学证明去哪领"],
    "deregistration": ["企业注销登记", "公司不想开了怎么关掉", "注销营业执照", "把执照销掉要公告吗"],
    "retirement": ["退休", "到年龄了养老金怎么领", "提前退休要什么条件", "退休手续单位办还是自己办"],
}


def phrase(text: str, kind: str = "question", ref: str | None = None) -> Phrase:
    return Phrase(kind=kind, text=text, encoder=encoder.name(), vector=encoder.to_bytes(encoder.encode([text])[0]), ref=ref)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build([(code, phrase(text)) for code, texts in PHRASES.items() for text in texts])


def best(index: Index, text: str) -> str:
    return index.rank(encoder.encode([text])[0], text=text)[0].code


@pytest.mark.parametrize(
    ("said", "code"),
    [("孩子生了户口怎么上", "newborn"), ("厂子不干了要关门", "deregistration"), ("我爸六十了能领养老钱没", "retirement")],
)
def test_a_matter_is_found_by_its_meaning(index: Index, said: str, code: str) -> None:
    assert best(index, said) == code


def test_every_matter_is_ranked_with_its_nearest_phrase(index: Index) -> None:
    ranked = index.rank(encoder.encode(["注销营业执照"])[0], text="注销营业执照")
    assert (ranked[0].code, len(ranked)) == ("deregistration", 3)
    assert ranked[0].phrase == "注销营业执照"


def test_nothing_published_ranks_nothing() -> None:
    empty = Index.build(())
    assert empty.rank(encoder.encode(["注销"])[0], text="注销") == ()
    assert empty.nearest_faq("newborn", encoder.encode(["注销"])[0], 0.0) is None


def test_many_phrases_draw_no_more_than_few(index: Index) -> None:
    crowd = [("newborn", phrase(f"宝宝的第{n}个问题")) for n in range(40)]
    crowded = Index.build([*((code, phrase(text)) for code, texts in PHRASES.items() for text in texts), *crowd])
    assert best(crowded, "退休手续怎么走") == "retirement"


def test_phrases_of_another_encoder_are_encoded_anew() -> None:
    stale = Phrase(kind="name", text="企业注销登记", encoder="an older one", vector=b"\0" * encoder.DIMENSIONS * 4)
    assert Index.build([("deregistration", stale)]).vectors.any()


def test_a_common_question_is_found_only_in_nearly_its_own_words() -> None:
    asked = Index.build([("newborn", phrase("出生证丢了怎么补", kind="faq", ref="lost"))])
    assert asked.nearest_faq("newborn", encoder.encode(["出生证丢了怎么补办"])[0], 0.8).id == "lost"
    assert asked.nearest_faq("newborn", encoder.encode(["要等几天"])[0], 0.8) is None


def test_the_matters_whose_name_stands_in_a_sentence_are_told() -> None:
    known = [("newborn", phrase("新生儿落户", kind="alias")), ("retirement", phrase("退休", kind="name")), ("newborn", phrase("档案"))]
    found = Index.build(known).read(encoder.encode(["新生兒落戶要帶檔案嗎"])[0], text="新生儿落户要带档案吗")
    assert found.named == {"newborn"}
