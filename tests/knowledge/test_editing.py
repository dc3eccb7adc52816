"""From draft to published, and back: who may do what, what is kept, what an editor is shown."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from knowledge import clock
from knowledge.editing import accounts, difference, drafts, library, readability, stale
from knowledge.errors import NotOnFile, Refused
from knowledge.guidance.catalogue import CatalogueSource
from knowledge.guidance.fixed import guidance_on
from knowledge.store import corrections, history
from knowledge.store import drafts as draft_store
from knowledge.store import matters as store
from knowledge.store.engine import Engine, migrate, open_engine
from knowledge.values.answer import Question
from knowledge.values.guide import Guide, Matter, Note, Source

NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=clock.SHANGHAI)
HOUR = dt.timedelta(hours=1)
MARKET = """
code: night_market
name: 夜市摆摊
audience: 个人
summary: 想在夜市摆摊，一次把摊位和备案办好。
aliases: [地摊备案]
questions: [想晚上去夜市支个摊子卖袜子]
items: [摊位登记]
effective_from: 2026-11-01
sources: {rule: {title: 夜市管理办法, verified_on: 2025-06-01}}
fees: [{id: fee, text: 不收费。, free: true, source: rule}]
"""


@pytest.fixture
def empty(tmp_path: Path) -> Engine:
    engine = open_engine(f"sqlite:///{tmp_path / 'kb.db'}")
    migrate(engine)
    return engine


@pytest.fixture
def market(tmp_path: Path) -> Matter:
    path = tmp_path / "night_market.yml"
    path.write_text(MARKET, encoding="utf-8")
    return library.read_all([path])[0]


@pytest.fixture
def staffed(empty: Engine) -> Engine:
    accounts.add(empty, "小王", password="yi-er-san-si", roles=("author",), at=NOON)
    accounts.add(empty, "老李", password="wu-liu-qi-ba", roles=("reviewer",), at=NOON)
    accounts.add(empty, "陈姐", password="jiu-shi-bai-qian", roles=("publisher", "author", "reviewer"), at=NOON)
    return empty


def published(engine: Engine, matter: Matter, *, at: dt.datetime = NOON) -> None:
    (number,) = drafts.submit(engine, [matter], author="小王", why="新写", at=at)
    drafts.review(engine, number, by="老李", accept=True, remark=None, at=at)
    drafts.publish(engine, number, by="陈姐", at=at)


def named(engine: Engine, *, now: dt.datetime = NOON) -> dict[str, str]:
    return {matter.code: matter.name for matter in store.all_published(engine, now=now)}


def test_a_draft_goes_from_author_to_reviewer_to_publisher_and_every_step_is_kept(staffed: Engine, market: Matter) -> None:
    published(staffed, market)
    assert named(staffed) == {"night_market": "夜市摆摊"}
    steps = [(event.who, event.did) for event in history.of(staffed, "night_market")]
    assert steps == [("陈姐", "published"), ("老李", "accepted"), ("小王", "submitted")]
    (version,) = store.versions(staffed, "night_market")
    assert (version.published_by, version.reviewed_by, version.why) == ("陈姐", "老李", "新写")


def test_nobody_reviews_their_own_draft(staffed: Engine, market: Matter) -> None:
    (number,) = drafts.submit(staffed, [market], author="陈姐", why="新写", at=NOON)
    with pytest.raises(Refused, match="另一个人"):
        drafts.review(staffed, number, by="陈姐", accept=True, remark=None, at=NOON)


def test_nobody_does_what_their_role_does_not_cover(staffed: Engine, market: Matter) -> None:
    (number,) = drafts.submit(staffed, [market], author="小王", why="新写", at=NOON)
    with pytest.raises(Refused, match="没有“审核”的权限"):
        drafts.review(staffed, number, by="小王", accept=True, remark=None, at=NOON)
    drafts.review(staffed, number, by="老李", accept=True, remark=None, at=NOON)
    with pytest.raises(Refused, match="没有“发布”的权限"):
        drafts.publish(staffed, number, by="老李", at=NOON)
    with pytest.raises(Refused, match="没有叫“路人”的账号"):
        drafts.publish(staffed, number, by="路人", at=NOON)
    assert named(staffed) == {}


def test_a_draft_that_nobody_accepted_is_not_published(staffed: Engine, market: Matter) -> None:
    (number,) = drafts.submit(staffed, [market], author="小王", why="新写", at=NOON)
    with pytest.raises(Refused, match="还没有审核通过"):
        drafts.publish(staffed, number, by="陈姐", at=NOON)
    drafts.review(staffed, number, by="老李", accept=False, remark="缺地点", at=NOON)
    assert draft_store.get(staffed, number).state == "returned"
    assert draft_store.waiting(staffed) == ()


def test_returning_a_draft_needs_a_reason(staffed: Engine, market: Matter) -> None:
    (number,) = drafts.submit(staffed, [market], author="小王", why="新写", at=NOON)
    with pytest.raises(Refused, match="退回要写原因"):
        drafts.review(staffed, number, by="老李", accept=False, remark=None, at=NOON)


def test_a_draft_written_over_an_older_version_does_not_undo_the_newer_one(staffed: Engine, market: Matter) -> None:
    published(staffed, market)
    (mine,) = drafts.submit(staffed, [dataclasses.replace(market, name="摆摊")], author="小王", why="改名", at=NOON)
    (theirs,) = drafts.submit(staffed, [dataclasses.replace(market, summary="夜市摆摊一次办。")], author="陈姐", why="改短", at=NOON)
    for number in (mine, theirs):
        drafts.review(staffed, number, by="老李", accept=True, remark=None, at=NOON)
    drafts.publish(staffed, theirs, by="陈姐", at=NOON)
    with pytest.raises(Refused, match="照第 1 版改的，现在已经是第 2 版"):
        drafts.publish(staffed, mine, by="陈姐", at=NOON)


def test_handing_in_what_has_not_changed_is_refused(staffed: Engine, market: Matter) -> None:
    published(staffed, market)
    with pytest.raises(Refused, match="没有可交的改动"):
        drafts.submit(staffed, [market], author="小王", why="再交", at=NOON)


def test_a_newer_draft_of_the_same_author_takes_the_place_of_the_older(staffed: Engine, market: Matter) -> None:
    (first,) = drafts.submit(staffed, [market], author="小王", why="新写", at=NOON)
    (second,) = drafts.submit(staffed, [dataclasses.replace(market, name="摆摊")], author="小王", why="改名", at=NOON)
    assert [draft.number for draft in draft_store.waiting(staffed)] == [second]
    assert draft_store.get(staffed, first).state == "withdrawn"


def test_a_version_may_begin_at_a_set_time_and_the_present_one_stays_until_then(staffed: Engine, market: Matter) -> None:
    published(staffed, market)
    (number,) = drafts.submit(staffed, [dataclasses.replace(market, name="摆摊")], author="小王", why="改名", at=NOON)
    drafts.review(staffed, number, by="老李", accept=True, remark=None, at=NOON)
    drafts.publish(staffed, number, by="陈姐", at=NOON, begins_at=NOON + HOUR)
    moments = [NOON]
    catalogues = CatalogueSource(staffed, now=lambda: moments[-1], clock=lambda: len(moments) * 2.0)
    assert catalogues.current().names == {"night_market": "夜市摆摊"}
    moments.append(NOON + HOUR)
    assert catalogues.current().names == {"night_market": "摆摊"}


def test_a_version_waiting_for_its_moment_can_be_cancelled_and_bars_others_until_then(staffed: Engine, market: Matter) -> None:
    published(staffed, market)
    (number,) = drafts.submit(staffed, [dataclasses.replace(market, name="摆摊")], author="小王", why="改名", at=NOON)
    drafts.review(staffed, number, by="老李", accept=True, remark=None, at=NOON)
    drafts.publish(staffed, number, by="陈姐", at=NOON, begins_at=NOON + HOUR)
    with pytest.raises(NotOnFile, match="已排定"):
        drafts.restore(staffed, "night_market", by="陈姐", why="试试", at=NOON)
    drafts.cancel(staffed, "night_market", by="陈姐", why="写错了", at=NOON)
    assert named(staffed, now=NOON + 2 * HOUR) == {"night_market": "夜市摆摊"}


def test_retiring_takes_away_a_version_that_waits_as_well(staffed: Engine, market: Matter) -> None:
    published(staffed, market)
    (number,) = drafts.submit(staffed, [dataclasses.replace(market, name="摆摊")], author="小王", why="改名", at=NOON)
    drafts.review(staffed, number, by="老李", accept=True, remark=None, at=NOON)
    drafts.publish(staffed, number, by="陈姐", at=NOON, begins_at=NOON + HOUR)
    drafts.retire(staffed, "night_market", by="陈姐", reason="不办了", at=NOON)
    assert named(staffed) == {} and named(staffed, now=NOON + 2 * HOUR) == {}


def test_a_time_that_has_passed_is_refused(staffed: Engine, market: Matter) -> None:
    (number,) = drafts.submit(staffed, [market], author="小王", why="新写", at=NOON)
    drafts.review(staffed, number, by="老李", accept=True, remark=None, at=NOON)
    with pytest.raises(Refused, match="已经过了"):
        drafts.publish(staffed, number, by="陈姐", at=NOON, begins_at=NOON - HOUR)


def test_a_bad_publication_is_taken_back_in_one_step(staffed: Engine, market: Matter) -> None:
    published(staffed, market)
    published(staffed, dataclasses.replace(market, name="写错的名字"))
    assert drafts.restore(staffed, "night_market", by="陈姐", why="名字写错", at=NOON) == 1
    assert named(staffed) == {"night_market": "夜市摆摊"}
    assert history.of(staffed, "night_market")[0].did == "restored"
    assert [version.version for version in store.versions(staffed, "night_market")] == [3, 2, 1]


def test_a_matter_retired_by_mistake_comes_back_as_it_was(staffed: Engine, market: Matter) -> None:
    published(staffed, market)
    drafts.retire(staffed, "night_market", by="陈姐", reason="点错了", at=NOON)
    assert drafts.restore(staffed, "night_market", by="陈姐", why="点错了", at=NOON) == 1
    assert named(staffed) == {"night_market": "夜市摆摊"}


def test_once_there_are_accounts_a_file_is_published_only_as_its_reviewer_accepted_it(staffed: Engine, market: Matter, tmp_path: Path) -> None:
    path = tmp_path / "night_market.yml"
    with pytest.raises(Refused, match="没有审核通过"):
        drafts.publish_file(staffed, path, by="陈姐", reviewed_by="老李", at=NOON)
    (number,) = drafts.submit(staffed, [market], author="小王", why="新写", at=NOON)
    drafts.review(staffed, number, by="老李", accept=True, remark=None, at=NOON)
    path.write_text(MARKET.replace("夜市摆摊", "偷改"), encoding="utf-8")
    with pytest.raises(Refused, match="没有审核通过"):
        drafts.publish_file(staffed, path, by="陈姐", reviewed_by="老李", at=NOON)
    path.write_text(MARKET, encoding="utf-8")
    assert drafts.publish_file(staffed, path, by="陈姐", reviewed_by="老李", at=NOON)[1]
    assert draft_store.get(staffed, number).state == "published"


def test_a_password_is_kept_only_as_its_hash_and_a_wrong_one_gets_the_same_words_as_a_wrong_name(staffed: Engine) -> None:
    assert accounts.sign_in(staffed, "小王", "yi-er-san-si").roles == ("author",)
    said = set()
    for name, password in (("小王", "not-this-one"), ("没这人", "yi-er-san-si")):
        with pytest.raises(Refused) as caught:
            accounts.sign_in(staffed, name, password)
        said.add(str(caught.value))
    assert len(said) == 1
    path = Path(str(staffed.url.database))
    kept = b"".join(file.read_bytes() for file in path.parent.glob("kb.db*"))
    assert b"$argon2id$" in kept and b"yi-er-san-si" not in kept


@pytest.mark.parametrize("password", ["short", "小王小王小王小王小王"])
def test_a_weak_password_is_refused(empty: Engine, password: str) -> None:
    with pytest.raises(Refused, match="密码"):
        accounts.add(empty, "小王", password=password, roles=("author",), at=NOON)


def test_the_difference_names_place_line_field_and_both_wordings(market: Matter) -> None:
    (guide,) = market.guides
    changed = dataclasses.replace(
        market, name="摆摊", guides=(dataclasses.replace(guide, fees=(dataclasses.replace(guide.fees[0], text="每月十元。", free=False),)),)
    )
    assert [str(change) for change in difference.between(market, changed)] == [
        "～ 基本信息：名称：夜市摆摊 → 摆摊",
        "～ 全国 费用 fee：是否免费：是 → 否",
        "～ 全国 费用 fee：内容：不收费。 → 每月十元。",
    ]
    assert difference.between(market, market) == ()


def test_a_preview_shows_what_a_citizen_would_see_before_anything_is_published(market: Matter) -> None:
    answer = guidance_on(market).answer(Question(matter="night_market", on=NOON.date(), aspects=("fee",)))
    assert answer.fee is not None and answer.fee.text == "不收费。"


def test_stale_finds_overdue_sources_ended_rules_and_lines_without_a_source(market: Matter) -> None:
    ended = Note(id="old", aspect="fee", text="以前收十元。", source="rule", effective_to=dt.date(2026, 11, 10))
    bare = Note(id="bare", aspect="process", text="找街道。")
    unread = Source(id="paper", title="没人看过的通知")
    (guide,) = market.guides
    guide = dataclasses.replace(guide, notes=(ended, bare))
    matter = dataclasses.replace(market, guides=(guide,), sources=(*market.sources, unread))
    found = {(finding.kind, finding.text) for finding in stale.findings([matter], on=NOON.date())}
    assert ("overdue", "依据《夜市管理办法》该在 2026-06-01 前重新核对。") in found
    assert ("ended", "全国 说明“old”到 2026-11-10 为止，之后没有新的说法。") in found
    assert ("unread", "依据《没人看过的通知》没有人核对过原文的记录。") in found
    assert {kind for kind, _ in found} == {"overdue", "ended", "unsourced", "unread"}


def test_a_rule_that_goes_on_in_new_words_is_not_called_ended(market: Matter) -> None:
    notes = (
        Note(id="fee-note", aspect="fee", text="以前收十元。", source="rule", effective_to=dt.date(2026, 11, 10)),
        Note(id="fee-note", aspect="fee", text="现在不收。", source="rule", effective_from=dt.date(2026, 11, 11)),
    )
    guide = Guide(effective_from=dt.date(2026, 11, 1), notes=notes)
    matter = dataclasses.replace(market, guides=(guide,))
    assert [finding for finding in stale.findings([matter], on=NOON.date()) if finding.kind == "ended"] == []
    texts = {
        on: guidance_on(matter).answer(Question(matter="night_market", on=on, aspects=("fee",))).notes[0].text
        for on in (dt.date(2026, 11, 5), dt.date(2026, 11, 22))
    }
    assert list(texts.values()) == ["以前收十元。", "现在不收。"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("材料可以容缺。", "容缺"),
        ("材料可以容缺（先办，后补）。", None),
        ("先办，材料十天内补上。", None),
        ("您要先到窗口把表填好，" * 7 + "再回家等。", "太长"),
        ("交“个人征信授权核验承诺书”就行。", None),
    ],
)
def test_long_sentences_and_official_words_are_named_with_a_plainer_one(text: str, hint: str | None) -> None:
    hints = list(readability.in_text(text))
    assert (hints == []) if hint is None else any(hint in one for one in hints)


def test_what_was_told_at_a_window_waits_for_an_editor_until_somebody_closes_it(empty: Engine) -> None:
    number = corrections.put(empty, matter="newborn", region="430100", situation={}, told="窗口说还要准生证", at=NOON)
    assert [one.told for one in corrections.waiting(empty)] == ["窗口说还要准生证"]
    corrections.close(empty, number, by="小王", outcome="打电话问过，不用", at=NOON)
    assert corrections.waiting(empty) == ()
    with pytest.raises(NotOnFile):
        corrections.close(empty, 99, by="小王", outcome="没有", at=NOON)
