"""`yjs understand` and `yjs kb unanswered`: an editor sees why, and adds the sentence in one command."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.channels.terminal import training_lines
from knowledge.language import masks
from tests.bot.test_terminal_editors import here, printed, refused  # noqa: F401  # a fixture
from tests.installation import Installation

SENTENCE = "崽崽咋个上户口"
LINES = """
nlu:
- intent: ask
  metadata: {matter: newborn, aspects: [materials, fee]}
  examples: |
    - 娃儿昨天刚落地，上户口要带哪些东西，要钱不
    - 给娃上户口带啥，贵不贵
- intent: ask
  metadata: {matter: null, aspects: [fee]}
  examples: |
    - 护照工本费多少
- intent: check_status
  examples: |
    - DJ2026030500021办到哪一步了
"""


@pytest.fixture(autouse=True)
def lines(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with four training lines, shown instead of the thousands that take ten seconds to encode."""
    folder = tmp_path_factory.mktemp("intents")
    (folder / "newborn.yml").write_text(LINES, encoding="utf-8")
    monkeypatch.setattr(training_lines, "FOLDER", folder)
    return folder


@pytest.mark.usefixtures("here")
def test_without_rasa_it_says_so_and_shows_what_the_knowledge_base_alone_makes_of_it() -> None:
    told = printed("understand", "孩子刚出生，上户口要带啥")
    assert "Rasa 没有开" in told and "训练过的理解" not in told
    assert "分成词：" in told and "1. " in told and "新生儿出生（newborn）  最像：" in told
    assert "要带什么" in told and "要到 0.15" in told


@pytest.mark.usefixtures("here")
def test_as_json_it_has_the_words_the_ranking_and_every_bar() -> None:
    told = json.loads(printed("understand", "孩子刚出生，上户口要带啥", "--json"))
    assert told["rasa"] is None and "".join(told["words"]) == told["text"]
    assert told["knowledge"]["ranking"][0]["code"] == "newborn" and told["knowledge"]["ranking"][0]["nearest"]
    assert told["knowledge"]["matter"] == "newborn" and told["knowledge"]["aspects"] == ["materials"]
    assert {"bar", "bar_of_clauses"} <= set(told["bars"]["AspectClassifier"]) and "close" in told["bars"]["MatterRanker"]


@pytest.mark.usefixtures("here")
def test_the_nearest_training_lines_are_shown_with_what_they_teach() -> None:
    told = printed("understand", "给娃上户口要带啥")
    assert "给娃上户口带啥，贵不贵（问事；新生儿出生；要带什么、多少钱；newborn.yml）" in told
    foreign, *others = json.loads(printed("understand", "护照工本费多少", "--json"))["training_lines"]
    assert foreign["likeness"] == pytest.approx(1, abs=0.01) and len(others) == 2
    assert (foreign["act"], foreign["matters"], foreign["aspects"], foreign["file"]) == ("ask", [None], ["fee"], "newborn.yml")
    assert "护照工本费多少（问事；别处的事；多少钱；newborn.yml）" in printed("understand", "护照工本费多少")


def test_a_number_is_as_like_any_other_number_as_the_model_sees_it(lines: Path, tmp_path: Path) -> None:
    (near,) = training_lines.nearest("XK-77-20261016办到哪一步了", most=1, folder=lines, cache=tmp_path / "kept.npz")
    assert near.line.act == "check_status" and near.line.matters == () and near.likeness == pytest.approx(1, abs=0.01)


def test_only_new_training_lines_are_encoded_and_old_ones_forgotten(lines: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "kept.npz"
    first = training_lines.nearest("护照工本费多少", most=4, folder=lines, cache=cache)
    written = cache.stat().st_mtime_ns
    assert training_lines.nearest("护照工本费多少", most=4, folder=lines, cache=cache) == first
    assert cache.stat().st_mtime_ns == written
    (lines / "newborn.yml").write_text(LINES.replace("护照工本费多少", "出国的本子多少钱"), encoding="utf-8")
    changed = training_lines.nearest("出国的本子多少钱", most=4, folder=lines, cache=cache)
    assert changed[0].line.text == "出国的本子多少钱" and len(changed) == 4
    with np.load(cache) as kept:
        assert len(kept["keys"]) == 4


@pytest.mark.usefixtures("here")
def test_what_belongs_elsewhere_is_shown_with_its_wording_where_it_won() -> None:
    told = json.loads(printed("understand", "工厂破产了货款还能要到不", "--json"))["knowledge"]
    assert (told["status"], told["elsewhere"]["matter"]) == ("none", "bankruptcy_check")
    shown = printed("understand", "工厂破产了货款还能要到不")
    assert f"写的“{told['elsewhere']['phrase']}”" in shown and f"会回答：{told['elsewhere']['text']}" in shown
    assert "不归这里管的更像" not in printed("understand", "孩子刚出生，上户口要带啥")


@pytest.mark.usefixtures("here")
def test_a_sentence_is_added_reviewed_and_published_and_then_it_is_the_nearest() -> None:
    assert masks.read(SENTENCE).text == SENTENCE
    added = printed("understand", SENTENCE, "--add", "newborn", "--as", "小王", "--why", "没听懂")
    assert "第 1 号稿子" in added and "不用重新训练" in added and "review 1" in added
    assert f"最像：{SENTENCE}" not in printed("understand", SENTENCE)
    assert SENTENCE in printed("kb", "diff", "1")
    printed("kb", "review", "1", "--as", "老李")
    printed("kb", "publish", "1", "--as", "陈姐")
    assert f"新生儿出生（newborn）  最像：{SENTENCE}" in printed("understand", SENTENCE)
    assert "已经写在“新生儿出生”里" in refused("understand", SENTENCE, "--add", "newborn", "--as", "小王", "--why", "再来")


@pytest.mark.usefixtures("here")
def test_who_and_why_must_be_said() -> None:
    assert "--why" in refused("understand", SENTENCE, "--add", "newborn", "--as", "小王")
    assert "yjs search" in refused("understand", SENTENCE, "--add", "没有这件事", "--as", "小王", "--why", "试")


@pytest.mark.usefixtures("here")
def test_what_citizens_ask_in_vain_is_listed_added_and_done() -> None:
    assert "没有没答上的问题" in printed("kb", "unanswered")
    for text in ("我家狗证在哪办", "我家的狗证去哪办", "养猫的本本多少钱"):
        printed("ask", text)
    listed = printed("kb", "unanswered", "--since", "7d")
    assert "1  问过 2 次" in listed and "最近的一件事：" in listed and "90 天" in listed
    assert "--as" in refused("kb", "unanswered", "--add-to", "newborn", "1")
    assert "第 1 号稿子" in printed("kb", "unanswered", "--add-to", "newborn", "1", "--as", "小王")
    assert "市民这样问过 2 次" in printed("kb", "drafts")
    assert "2 个问题" in printed("kb", "unanswered", "--done", "1")
    assert "狗证" not in printed("kb", "unanswered") and "没有第 1 组" in refused("kb", "unanswered", "--done", "1")


def test_explaining_a_sentence_is_not_asking_it(here: Path) -> None:  # noqa: F811  # a fixture
    printed("understand", "我家狗证在哪办")
    assert "没有没答上的问题" in printed("kb", "unanswered")


@pytest.mark.model
def test_with_rasa_every_step_of_the_trained_model_is_there(assistant: Installation) -> None:
    told = assistant.yjs("understand", "我在长沙，孩子刚出生，上户口要带出生证吗，要多少钱")
    assert told.returncode == 0, told.stderr
    steps = ("训练过的理解", "在做什么：问事", "问哪方面：", "哪件事：听准了", "新生儿出生（newborn）", "提到：地方 “长沙”", "只凭知识库", "最像的训练句")
    assert [step for step in steps if step not in told.stdout] == []
    parse = json.loads(assistant.yjs("understand", "护照多少钱", "--json").stdout)["rasa"]
    assert parse["intent"]["name"] and parse["matter"]["status"]


@pytest.mark.model
def test_a_question_in_vain_on_the_running_assistant_reaches_the_editors_without_its_number(assistant: Installation) -> None:
    assert assistant.say("我手机13812345678，办狗证要多少钱", sender="狗主人")["custom"]["outcome"] == "out_of_scope"
    listed = assistant.yjs("kb", "unanswered").stdout
    assert "狗证" in listed and "13812345678" not in listed
