"""The learned and the live ranking joined; scores are about 1 where a sentence is quite like a matter, 0 where it is not."""

from __future__ import annotations

from typing import Any

import pytest

from bot.nlu import ranking
from bot.nlu.aspects import asked, is_sure, with_clauses, with_steps
from bot.nlu.calibration import sharpness, softmax
from bot.nlu.matter_ranker import MatterRanker
from bot.nlu.ranking import Ranking, Weights
from knowledge.values.search import Candidate

WEIGHTS = Weights.of(MatterRanker.get_default_config(), 12.0)
UNLIKE = {"newborn": 0.02, "restaurant": 0.02, "_other": 0.03, "_none": 0.02}
NOTHING_LIVE = {"newborn": 0.0, "restaurant": 0.0}


def ranked(learned: dict[str, float], live: dict[str, float], **more: Any) -> Ranking:
    candidates = tuple(Candidate(code=code, score=score) for code, score in live.items())
    return ranking.rank(UNLIKE | learned, candidates, WEIGHTS, **more)


def test_a_matter_far_ahead_is_clear() -> None:
    found = ranked({"newborn": 0.8}, NOTHING_LIVE)
    assert (found.code, found.status, found.foreign) == ("newborn", "clear", False)
    assert found.confidence > 0.9


def test_two_close_matters_are_ambiguous_and_both_offered() -> None:
    found = ranked({"newborn": 0.5, "restaurant": 0.49}, NOTHING_LIVE)
    assert (found.code, found.status) == (None, "ambiguous")
    assert list(found.matters) == ["newborn", "restaurant"]


def test_a_sentence_like_those_that_fit_many_is_ambiguous_though_one_leads() -> None:
    found = ranked({"newborn": 0.5, "restaurant": 0.3}, NOTHING_LIVE, several=0.4)
    assert found.status == "ambiguous"
    assert found.matters["restaurant"] >= 0.4 * found.matters["newborn"]


def test_a_matter_published_after_training_wins_by_live_likeness() -> None:
    found = ranked({"_other": 0.4}, {**NOTHING_LIVE, "car_trade_in": 0.6})
    assert (found.code, found.status) == ("car_trade_in", "clear")


def test_it_takes_nothing_from_what_is_learned_well() -> None:
    assert ranked({"newborn": 0.8}, {**NOTHING_LIVE, "car_trade_in": 0.1}).code == "newborn"


def test_a_retired_matter_is_other_business() -> None:
    found = ranked({"newborn": 0.8}, {"restaurant": 0.0})
    assert (found.status, found.foreign) == ("none", True)
    assert "newborn" not in found.matters


def test_nothing_published_means_no_matter() -> None:
    found = ranked({"newborn": 0.8}, {})
    assert (found.code, found.status, dict(found.matters)) == (None, "none", {})


@pytest.mark.parametrize(("label", "foreign"), [("_other", True), ("_none", False)])
def test_other_business_is_told_apart_from_a_sentence_that_names_none(label: str, foreign: bool) -> None:
    found = ranked({label: 0.8}, NOTHING_LIVE)
    assert (found.status, found.foreign) == ("none", foreign)


def test_a_general_wish_is_named_only_alone() -> None:
    assert [one["name"] for one in asked({"overview": 0.9, "fee": 0.5, "materials": 0.6}, bar=0.5)] == ["materials", "fee"]
    assert [one["name"] for one in asked({"overview": 0.1, "fee": 0.0, "materials": 0.0}, bar=0.5)] == ["overview"]


@pytest.mark.parametrize(("text", "steps"), [("社保卡啷个换一张", True), ("残疾证怎么申请", True), ("残疾证怎么办", False), ("这是怎么回事", False)])
def test_asking_how_something_particular_is_done_asks_for_its_steps(text: str, steps: bool) -> None:
    found = with_steps([{"name": "overview", "confidence": 0.9}], text)
    assert ("process" in [one["name"] for one in found]) is steps
    assert with_steps([{"name": "fee", "confidence": 0.9}], text) == [{"name": "fee", "confidence": 0.9}]


def test_a_clause_that_asks_one_thing_is_heard_beside_the_rest() -> None:
    whole = {"materials": 0.9, "fee": 0.3, "location": 0.1}
    parts = [{"materials": 0.9, "fee": 0.0, "location": 0.0}, {"materials": 0.0, "fee": 1.0, "location": 0.0}]
    assert [one["name"] for one in asked(with_clauses(whole, parts), bar=0.5)] == ["materials", "fee"]
    assert is_sure({"materials": 0.9, "fee": 0.1}, first=0.7, second=0.3) and not is_sure(whole | {"fee": 0.4}, first=0.7, second=0.3)


def test_scores_that_are_right_by_little_are_sharpened() -> None:
    scores = [{"a": 0.3, "b": 0.1}, {"a": 0.1, "b": 0.3}]
    assert sharpness(scores, ["a", "b"]) > sharpness(scores, ["b", "a"])


def test_shares_come_highest_first_and_sum_to_one() -> None:
    shares = softmax({"a": 0.1, "b": 0.9}, 5.0)
    assert list(shares) == ["b", "a"] and sum(shares.values()) == pytest.approx(1.0)
