"""The learned and the live ranking joined; scores are about 1 where a sentence is quite like a matter, 0 where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp

from bot.nlu import ranking
from bot.nlu.aspects import asked, is_sure, with_clauses, with_steps
from bot.nlu.calibration import sharpness, softmax
from bot.nlu.matter_ranker import MatterRanker
from bot.nlu.ranking import Ranking, Weights
from bot.nlu.ridge import Clauses, Ridge
from knowledge.language import encoder
from knowledge.language.grams import Vocabulary
from knowledge.language.likeness import Sentences
from knowledge.values.search import Candidate, Live

WEIGHTS = Weights.of(MatterRanker.get_default_config(), 12.0)
UNLIKE = {"newborn": 0.02, "restaurant": 0.02, "_other": 0.03, "_none": 0.02}
NOTHING_LIVE = {"newborn": 0.0, "restaurant": 0.0}


def ranked(learned: dict[str, float], live: dict[str, float], *, named: tuple[str, ...] = (), **more: Any) -> Ranking:
    candidates = tuple(Candidate(code=code, score=score) for code, score in live.items())
    return ranking.rank(UNLIKE | learned, Live(ranked=candidates, named=frozenset(named)), WEIGHTS, **more)


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


def test_whoever_says_the_name_of_a_matter_is_not_asked_which_one() -> None:
    vague = {"newborn": 0.5, "restaurant": 0.49}
    assert ranked(vague, NOTHING_LIVE, named=("newborn",)).code == "newborn"
    assert ranked(vague, NOTHING_LIVE, named=("newborn", "restaurant")).status == "ambiguous"
    assert ranked(vague, NOTHING_LIVE, named=("restaurant",)).status == "ambiguous"


def test_the_more_is_said_the_less_it_is_asked_back() -> None:
    said = {"newborn": 0.5, "restaurant": 0.3}
    asked_back = [ranked(said, NOTHING_LIVE, several=0.2, length=length).status for length in (5, 40)]
    assert asked_back == ["ambiguous", "clear"]


@pytest.mark.parametrize("length", [0, 2, 5])
def test_a_bare_name_is_clear_however_short(length: int) -> None:
    assert ranked({"newborn": 1.0}, NOTHING_LIVE, several=0.2, length=length).status == "clear"


def test_a_matter_that_training_never_saw_is_asked_back_only_beside_a_close_one() -> None:
    far, near = ({"newborn": 0.0, "restaurant": 0.0, "car_trade_in": live} for live in (0.5, 0.1))
    assert ranked({}, far, several=0.9, length=3).code == "car_trade_in"
    assert ranked({"newborn": 0.29}, near).status == "ambiguous"


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


SAID = ("娃上户口要带啥", "宝宝落户材料", "开餐馆要几天", "饭店许可证多久下来", "给孩子落户带什么", "餐饮证办几天")
MEANT = {"matter": [("newborn",), ("newborn",), ("restaurant",), ("restaurant",), ("newborn",), ("restaurant",)]}
VOCABULARY = Vocabulary.fit(SAID, seen_at_least=1)


def as_numbers(*texts: str) -> Sentences:
    return Sentences(grams=VOCABULARY.vectors(texts), vectors=encoder.encode(texts))


def test_a_line_is_scored_as_if_it_had_not_been_learned() -> None:
    whole = Ridge.fit(as_numbers(*SAID), MEANT, penalty=0.2, dimensions=encoder.DIMENSIONS)
    without = Ridge.fit(as_numbers(*SAID[:-1]), {"matter": MEANT["matter"][:-1]}, penalty=0.2, dimensions=encoder.DIMENSIONS)
    left_out, anew = whole.left_out(as_numbers(*SAID))[-1], without.scores(as_numbers(SAID[-1]))[0]
    # the line's share in how frequent its label is stays in the first: a twelfth here, nothing among thousands
    assert left_out == pytest.approx(anew, abs=0.05)


def test_the_directions_of_the_lines_are_enough_and_are_kept(tmp_path: Path) -> None:
    every, few = (Ridge.fit(as_numbers(*SAID), MEANT, penalty=0.2, dimensions=count) for count in (encoder.DIMENSIONS, len(SAID)))
    assert few.scores(as_numbers(*SAID)) == pytest.approx(every.scores(as_numbers(*SAID)), abs=0.001)
    few.save(tmp_path)
    asked = as_numbers("孩子户口怎么落", "开饭馆", "")
    assert Ridge.read(tmp_path).scores(asked) == pytest.approx(few.scores(asked), abs=0.01)


def test_clauses_are_scored_one_by_one_and_weighed_only_then() -> None:
    asked: list[str] = []

    def weigh(texts: Any) -> sp.csr_matrix:
        asked.extend(texts)
        return VOCABULARY.vectors(texts)

    ridge = Ridge.fit(as_numbers(*SAID), MEANT, penalty=0.2, dimensions=8)
    clauses = Clauses(ridge, ("娃上户口要带啥", "开餐馆要几天"), weigh)
    assert not asked
    first, second = (np.argmax(scores.row) for scores in clauses.scores())
    assert (first, second, asked) == (0, 1, ["娃上户口要带啥", "开餐馆要几天"])
