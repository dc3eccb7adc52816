"""The commands of editors and of hotline staff, run as a person runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.store.engine import Engine
from tests.bot.test_terminal import run
from tests.installation import copied

MARKET = """
code: night_market
name: 夜市摆摊
audience: 个人
summary: 想在夜市摆摊，一次把摊位和备案办好。
aliases: [地摊备案]
questions: [想晚上去夜市支个摊子卖袜子]
items: [摊位登记]
effective_from: 2026-11-01
sources: {rule: {title: 夜市管理办法}}
situations:
  - key: food
    ask: 卖不卖吃的？
    options: [{value: yes_, text: 卖吃的}, {value: no_, text: 不卖吃的}]
requirements:
  - {material: id_card, kind: original, reason: 核对是您本人。, source: rule}
  - {id: health, material: photo, reason: 卖吃的要办健康证，贴照片用。, source: rule, when: {food: yes_}}
fees: [{id: fee, text: 不收费。, free: true, source: rule}]
"""


@pytest.fixture
def here(tmp_path: Path, content: Engine, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a guide file, beside an installation with the content published."""
    copied(content, tmp_path / "yjs.db")
    for name, setting in {"YJS_DATA_DIR": str(tmp_path), "YJS_RASA_LISTEN": "127.0.0.1:1", "YJS_WEB_LISTEN": "127.0.0.1:1"}.items():
        monkeypatch.setenv(name, setting)
    (tmp_path / "market.yml").write_text(MARKET, encoding="utf-8")
    return tmp_path


def printed(*arguments: str, typed: str = "") -> str:
    """Return what a command printed; it must not fail."""
    ran = run(*arguments, typed=typed)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def refused(*arguments: str) -> str:
    """Return why a command was refused."""
    ran = run(*arguments)
    assert ran.returncode != 0 and "Traceback" not in ran.stderr
    return ran.stderr


def test_a_guide_goes_from_an_empty_file_to_published_and_back(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YJS_EDITOR_PASSWORD", "ping-an-shi-fu")
    for name, role in (("小王", "author"), ("老李", "reviewer"), ("陈姐", "publisher")):
        assert name in printed("editor", "add", name, "--role", role)
    file = str(here / "market.yml")
    assert "没有问题：夜市摆摊" in printed("kb", "check", file)
    assert "＋ 基本信息：名称：夜市摆摊" in printed("kb", "diff", file)
    assert "贴照片用" in printed("kb", "preview", file, "--given", "food=yes_")
    assert "贴照片用" not in printed("kb", "preview", file, "--given", "food=no_")
    assert "第 1 号稿子" in printed("kb", "submit", file, "--as", "小王", "--why", "新写")
    assert "等审核" in printed("kb", "drafts")
    assert "没有“审核”的权限" in refused("kb", "review", "1", "--as", "小王")
    assert "已通过" in printed("kb", "review", "1", "--as", "老李")
    assert "已发布：夜市摆摊" in printed("kb", "publish", "1", "--as", "陈姐")
    assert "夜市摆摊" in printed("ask", "想晚上去夜市支个摊子卖袜子")
    assert "陈姐 发布 第 1 版" in printed("kb", "history", "night_market")
    assert "夜市摆摊 发布" in printed("changed", "--since", "1h")
    (here / "market.yml").write_text(MARKET.replace("不收费。", "每月十元。"), encoding="utf-8")
    printed("kb", "submit", file, "--as", "小王", "--why", "改收费")
    printed("kb", "review", "2", "--as", "老李")
    printed("kb", "publish", "2", "--as", "陈姐")
    assert "费用 fee：内容：不收费。 → 每月十元。" in printed("kb", "history", "night_market", "--changes")
    assert "第 1 版" in printed("kb", "restore", "night_market", "--as", "陈姐", "--reason", "发错了")
    assert "不收费。" in printed("show", "night_market")


def test_a_wrong_password_opens_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YJS_EDITOR_PASSWORD", "ping-an-shi-fu")
    printed("editor", "add", "小王", "--role", "author")
    monkeypatch.setenv("YJS_EDITOR_PASSWORD", "cai-yi-cai-kan")
    assert "账号或密码不对" in refused("kb", "submit", str(here / "market.yml"), "--as", "小王", "--why", "试")


def test_a_new_guide_file_explains_itself_and_never_replaces_one_that_is_there(here: Path) -> None:
    file = here / "new.yml"
    assert "写好了" in printed("kb", "new", "tea_house", "开茶馆", "--to", str(file))
    assert "name: 开茶馆" in file.read_text(encoding="utf-8")
    assert "没有动它" in refused("kb", "new", "tea_house", "开茶馆", "--to", str(file))


def test_show_is_a_call_script_and_compare_says_what_differs(here: Path) -> None:
    printed("kb", "publish", str(here / "market.yml"), "--as", "小王", "--reviewed-by", "老李")
    script = printed("show", "night_market")
    order = [script.index(part) for part in ("先问来电人", "照着念：要带的", "还要看情况的", "多少钱", "依据")]
    assert order == sorted(order) and "卖不卖吃的？ 卖吃的 / 不卖吃的" in script
    differing = printed("compare", "night_market", "food=yes_", "food=no_")
    assert "A：个人照片" in differing and "B：没有" in differing and "居民身份证" not in differing
    assert "没有不同" in printed("compare", "night_market", "长沙", "长沙")


def test_what_a_citizen_was_told_otherwise_reaches_the_editors(here: Path) -> None:
    printed("kb", "publish", str(here / "market.yml"), "--as", "小王", "--reviewed-by", "老李")
    talked = printed("chat", typed="想晚上去夜市支个摊子卖袜子\n人家窗口说还要交两百块押金\n\n")
    assert "会有编辑去核实" in talked
    assert "押金" in printed("kb", "corrections")
    printed("kb", "corrections", "--done", "1", "--as", "小王", "--outcome", "问过了，不用")
    assert "押金" not in printed("kb", "corrections")


def test_stale_counts_what_wants_looking_at(here: Path) -> None:
    printed("kb", "publish", str(here / "market.yml"), "--as", "小王", "--reviewed-by", "老李")
    assert "依据《夜市管理办法》没有人核对过原文的记录" in printed("kb", "stale", "night_market")


def test_a_backup_brings_back_what_was_there_and_puts_the_rest_aside(here: Path) -> None:
    kept = here / "kept.tar.gz"
    assert "已备份" in printed("backup", str(kept))
    assert kept.stat().st_mode & 0o077 == 0
    assert "没有动它" in refused("backup", str(kept))
    printed("kb", "publish", str(here / "market.yml"), "--as", "小王", "--reviewed-by", "老李")
    assert "原来的数据库在" in printed("restore", "--yes", str(kept))
    assert "没有叫“night_market”" in refused("show", "night_market")
    assert len(list(here.glob("yjs.db.before-*"))) == 1


def test_a_broken_backup_changes_nothing(here: Path) -> None:
    broken = here / "broken.tar.gz"
    broken.write_bytes(b"not a backup")
    assert "不是完整的备份" in refused("restore", "--yes", str(broken))
    assert "新生儿出生" in printed("show", "newborn")


@pytest.mark.parametrize("question", ["今年新增了哪些一件事", "2024年的一件事清单都有啥"])
def test_the_national_lists_are_told_with_what_is_not_verified(here: Path, question: str) -> None:
    told = printed("ask", question)
    assert "一共" in told and "未核实" in told
