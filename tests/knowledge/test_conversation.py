"""Turns of a conversation on the real content: what is remembered, what is asked, what never happens twice."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Mapping, Optional

import pytest

from knowledge.checklists.service import Checklists
from knowledge.conversation.asking import AskDesk
from knowledge.conversation.checklist import ChecklistDesk
from knowledge.conversation.codes import CodeDesk
from knowledge.conversation.context import Context
from knowledge.conversation.conversation import Conversation, Turn
from knowledge.conversation.correcting import CorrectionDesk
from knowledge.conversation.elsewhere import ElsewhereDesk
from knowledge.conversation.rating import RatingDesk
from knowledge.conversation.status import StatusDesk
from knowledge.conversation.tickets import TicketDesk
from knowledge.guidance.catalogue import CatalogueSource
from knowledge.guidance.service import GuidanceService
from knowledge.items.catalogue import ItemCatalogue
from knowledge.ratings import Ratings
from knowledge.status.service import StatusService
from knowledge.store.engine import Engine
from knowledge.tickets.service import Tickets
from knowledge.tries import Tries
from knowledge.values.answer import Answer
from knowledge.values.status import ApplicationStatus, ItemStatus
from knowledge.values.utterance import Utterance
from knowledge.wording import say

CHONGQING, CHONGQING_JIANGBEI, NINGBO_JIANGBEI = "500000", "500105", "330205"


class OneApplication:
    """A provider that knows a single application."""

    def lookup(self, application_no: str, *, check: str) -> Optional[ApplicationStatus]:
        if (application_no, check) != ("NB20261101", "123X"):
            return None
        item = ItemStatus(
            name="出生登记",
            department="公安",
            state="processing",
            since=dt.date(2026, 11, 20),
            timeline=(),
            limit_days=10,
            phase="running",
            used_days=2,
            left_days=8,
            due=dt.date(2026, 12, 4),
        )
        return ApplicationStatus(application_no_masked="NB20****1101", matter="newborn", region=None, state="processing", items=(item,))


class Talk:
    """A conversation with one person."""

    def __init__(self, content: Engine) -> None:
        self.engine = content
        catalogues = CatalogueSource(content)
        guidance = GuidanceService(catalogues)
        now = dt.datetime(2026, 11, 22, 12, tzinfo=dt.timezone.utc)
        self.lists = Checklists(content, guidance=guidance, catalogues=catalogues, secret=b"test", now=lambda: now)
        self.holder = uuid.uuid4().hex
        checklist = ChecklistDesk(self.lists)
        # A key of one's own: what fails in one test does not count in another.
        tries = Tries(content, self.holder.encode(), lambda: now, purpose="status")
        ticket = TicketDesk(Tickets(content, secret=b"test", now=lambda: now), opened=lambda holder, number: number)
        self.conversation = Conversation(
            catalogues=catalogues,
            asking=AskDesk(guidance, lists=self.lists),
            status=StatusDesk(StatusService(OneApplication(), tries=tries), opened=lambda holder, number: number),
            checklist=checklist,
            finders=(CodeDesk(self.lists, opened=lambda holder, number: number), checklist, CorrectionDesk(self.keep), ElsewhereDesk(guidance, ItemCatalogue(content))),
            desks={"complain": ticket, "rate": RatingDesk(Ratings(content, now=lambda: now))},
            today=lambda: dt.date(2026, 11, 22),
        )
        self.context = Context(greeted=True)
        self.corrections: list[tuple[str, Optional[str], str]] = []

    def keep(self, matter: str, region: Optional[str], situation: Mapping[str, str], told: str) -> None:
        self.corrections.append((matter, region, told))

    def says(self, text: str, act: str = "ask", matter: Optional[str] = None, **heard: Any) -> Answer:
        status = heard.pop("matter_status", "clear" if matter else "none")
        turn: Turn = self.conversation.take(
            self.context, Utterance(text=text, act=act, matter=matter, matter_status=status, **heard), holder=self.holder
        )
        self.context = Context.from_dict(turn.context.to_dict())
        return turn.answer


@pytest.fixture
def talk(content: Engine) -> Talk:
    return Talk(content)


def sure(answer: Answer) -> set[str]:
    return {line.id for line in answer.checklist if line.only_if is None}


def test_the_first_answer_of_a_conversation_opens_with_the_notice_and_the_second_does_not(talk: Talk) -> None:
    talk.context = Context()
    assert talk.says("你好", "greet").notices == (say("first_notice"),)
    assert talk.says("你好", "greet").notices == ()


def test_danger_is_answered_before_any_matter_and_leaves_the_conversation_as_it_was(talk: Talk) -> None:
    talk.says("孩子上户口要带啥", matter="newborn", aspects=("materials",))
    before = talk.context
    answer = talk.says("办不下来我不想活了", matter="newborn", aspects=("materials",))
    assert "120" in answer.said[0] and answer.outcome == "hand_off" and answer.checklist == ()
    assert talk.context == before


def test_the_first_question_about_a_matter_gets_list_steps_limit_and_a_question_back(talk: Talk) -> None:
    answer = talk.says("老二昨天刚生,要带啥", matter="newborn", aspects=("materials",))
    assert answer.checklist and answer.steps and answer.time_limit
    assert answer.questions[0].key == "parents" and answer.questions[0].options[-1] == "不清楚"


def test_what_was_mentioned_in_passing_is_not_asked_again(talk: Talk) -> None:
    answer = talk.says("我们没领证,孩子上户口要带啥", matter="newborn", aspects=("materials",))
    assert answer.situation["parents"] == "unmarried"
    assert "parents" not in [question.key for question in answer.questions]


@pytest.mark.parametrize("reply", ["1", "第一个", "已领结婚证", "领证了", "一"])
def test_an_open_question_is_answered_by_number_text_or_other_words(talk: Talk, reply: str) -> None:
    talk.says("孩子上户口要带啥", matter="newborn", aspects=("materials",))
    assert talk.says(reply, "affirm").situation["parents"] == "married"


def test_an_answer_makes_the_undecided_part_of_the_list_shorter(talk: Talk) -> None:
    before = talk.says("孩子上户口要带啥", matter="newborn", aspects=("materials",))
    after = talk.says("已领结婚证", "inform")
    assert len(after.checklist) < len(before.checklist)
    assert "marriage_certificate" in sure(after)


def test_not_knowing_is_accepted_and_the_question_is_not_put_again(talk: Talk) -> None:
    talk.says("孩子上户口要带啥", matter="newborn", aspects=("materials",))
    answer = talk.says("不清楚", "inform")
    assert "parents" not in [question.key for question in answer.questions]


def test_an_answer_to_our_question_never_turns_to_another_matter(talk: Talk) -> None:
    talk.says("孩子上户口要带啥", matter="newborn", aspects=("materials",))
    assert talk.says("已领结婚证", "ask", matter="public_rental_housing").matter == "newborn"


def test_an_ellipsis_is_about_the_matter_in_hand(talk: Talk) -> None:
    talk.says("孩子上户口要带啥", matter="newborn", aspects=("materials",))
    answer = talk.says("那要多少钱", aspects=("fee",))
    assert answer.matter == "newborn" and answer.fee is not None and answer.checklist == ()


def test_a_place_changes_the_lines_that_differ_there(talk: Talk) -> None:
    talk.says("孩子上户口要带啥", matter="newborn", aspects=("materials",))
    answer = talk.says("我住重庆江北", "inform", regions=((CHONGQING_JIANGBEI,),))
    assert answer.region == CHONGQING_JIANGBEI and answer.entry == "渝快办"
    assert answer.reference_region == "430000"


def test_a_district_name_that_exists_twice_is_asked_back(talk: Talk) -> None:
    talk.says("孩子上户口要带啥", matter="newborn", aspects=("materials",))
    answer = talk.says("江北区", "inform", regions=((NINGBO_JIANGBEI, CHONGQING_JIANGBEI),))
    assert answer.outcome == "needs_choice" and len(answer.questions[0].options) == 2
    assert talk.says("2", "affirm").region == CHONGQING_JIANGBEI


def test_a_district_is_understood_within_the_city_already_named(talk: Talk) -> None:
    talk.says("在重庆上户口", matter="newborn", aspects=("overview",), regions=((CHONGQING,),))
    answer = talk.says("江北区", "inform", regions=((NINGBO_JIANGBEI, CHONGQING_JIANGBEI),))
    assert answer.region == CHONGQING_JIANGBEI


def test_another_person_starts_the_case_anew(talk: Talk) -> None:
    talk.says("孩子上户口,我们领证了", matter="newborn", aspects=("materials",))
    answer = talk.says("不是我,是我妹妹", "inform", relation="我妹妹")
    assert answer.situation == {} and "您妹妹" in answer.said[0]
    assert answer.questions[0].key == "parents"


def test_a_circumstance_that_changes_nothing_does_not_bring_the_same_answer_again(talk: Talk) -> None:
    first = talk.says("湖南孩子上学怎么报名", matter="school_enrolment", aspects=("overview",), regions=(("430000",),))
    while talk.context.pending:
        talk.says("不清楚", "inform")
    second = talk.says("我们家住三楼", "inform")
    assert first.items and not second.items and "12345" in second.said[0]


def test_an_answer_that_fits_no_option_gets_the_options_again(talk: Talk) -> None:
    talk.says("孩子上户口要带啥", matter="newborn", aspects=("materials",))
    answer = talk.says("嗯这个嘛说来话长", "inform")
    assert answer.outcome == "needs_choice" and answer.questions[0].options[0] == "已领结婚证"


def test_a_switch_and_a_return_keep_what_was_said(talk: Talk) -> None:
    talk.says("孩子上户口,我们领证了", matter="newborn", aspects=("materials",))
    assert talk.says("公司想注销要啥材料", matter="deregistration", aspects=("materials",)).matter == "deregistration"
    answer = talk.says("刚才孩子上户口那个呢", matter="newborn", aspects=("overview",))
    assert answer.matter == "newborn" and answer.situation["parents"] == "married"


def test_an_ambiguous_question_offers_at_most_three_matters_told_apart(talk: Talk) -> None:
    candidates = ("enterprise_info_change", "enterprise_relocation", "deregistration", "credit_repair")
    answer = talk.says("换地址要啥", aspects=("materials",), matter_status="ambiguous", candidates=candidates)
    assert answer.outcome == "needs_choice" and len(answer.questions[0].options) == 3 and len(answer.said) == 3
    chosen = talk.says("2", "affirm")
    assert chosen.matter == "enterprise_relocation"


def test_what_is_not_on_file_is_never_answered_twice_with_the_same_sentence(talk: Talk) -> None:
    answers = [talk.says("护照丢了咋补", "out_of_scope", aspects=("process",)) for _ in range(3)]
    assert len({answer.said for answer in answers}) == 3
    assert answers[-1].outcome == "hand_off" and "12345" in answers[-1].said[0]


def test_a_status_is_told_after_number_and_check(talk: Talk) -> None:
    assert talk.says("我的件办到哪了", "check_status").questions[0].key == "application_no"
    assert talk.says("NB20261101", "inform", application_no="NB20261101").questions[0].key == "check"
    answer = talk.says("123X", "inform", check="123X")
    assert answer.status is not None and answer.status["items"][0]["state"] == "processing"


def test_a_whole_id_number_serves_as_the_check(talk: Talk) -> None:
    talk.says("查进度", "check_status", application_no="NB20261101")
    assert talk.says("11010519491231123X", "inform", check="11010519491231123X").outcome == "answered"


def test_a_wrong_number_and_a_wrong_check_get_one_and_the_same_reply(talk: Talk) -> None:
    wrong_check = talk.says("查进度", "check_status", application_no="NB20261101", check="9999")
    wrong_number = talk.says("查进度", "check_status", application_no="NB20269999", check="123X")
    assert wrong_check == wrong_number and wrong_check.outcome == "not_found"


def test_a_material_is_ticked_by_saying_so_and_the_list_counts_what_is_missing(talk: Talk) -> None:
    talk.says("孩子上户口,我们领证了", matter="newborn", aspects=("materials",))
    answer = talk.says("结婚证我拿到了", "checklist")
    assert [line.id for line in answer.checklist if line.ticked] == ["marriage_certificate"]
    cleared = talk.says("清单清空", "checklist")
    assert not any(line.ticked for line in cleared.checklist)


def test_a_rating_is_asked_for_with_five_grades_and_thanked_for(talk: Talk) -> None:
    assert len(talk.says("我要评价", "rate").questions[0].options) == 5
    assert talk.says("非常满意", "rate").said == (say("rate_thanks", grade="非常满意"),)


def test_a_context_written_by_another_version_never_fails() -> None:
    assert Context.from_dict({"matter": "newborn", "no_such_field": 1}) == Context(matter="newborn")
    assert Context.from_dict({"pending": "a string, once"}) == Context(greeted=True)


@pytest.mark.parametrize("abuse", ["你们就是废物", "啥玩意儿啊，人工智障", "笨死了你"])
def test_abuse_is_answered_calmly_and_leads_back_to_the_matter(talk: Talk, abuse: str) -> None:
    answer = talk.says(abuse, "out_of_scope")
    assert answer.outcome == "out_of_scope" and "有气" in answer.said[0] and talk.context.misses == 0


@pytest.mark.parametrize("business", ["危险废物许可证怎么办", "智障儿童有补贴吗", "垃圾处理费去哪交", "他妈的户口怎么迁"])
def test_business_that_sounds_like_abuse_is_not_taken_for_it(talk: Talk, business: str) -> None:
    answer = talk.says(business, "out_of_scope", aspects=("overview",))
    assert "有气" not in answer.said[0]


def test_what_a_window_said_otherwise_is_kept_with_matter_and_place(talk: Talk) -> None:
    talk.says("长沙孩子上户口要带啥", matter="newborn", aspects=("materials",), regions=(("430100",),))
    asked = talk.says("窗口说的不一样", "complain")
    assert "怎么说的" in asked.said[0]
    thanked = talk.says("要我交准生证", "inform")
    assert "编辑" in thanked.said[0] and talk.corrections == [("newborn", "430100", "要我交准生证")]


def test_a_development_zone_keeps_its_name(talk: Talk) -> None:
    answer = talk.says("成都高新区开个面馆要带啥", matter="restaurant", aspects=("materials",), regions=(("510100",),))
    assert answer.region == "510100" and answer.region_name == "四川省成都市高新区"


def opened(talk: Talk, text: str = "孩子上户口要带啥", matter: str = "newborn") -> Answer:
    """Ask about a matter, so that one is in hand and a question open."""
    return talk.says(text, matter=matter, aspects=("materials",))


def test_a_question_of_one_s_own_answers_none_of_ours(talk: Talk) -> None:
    opened(talk)
    talk.says("领证了,在医院生的", "inform")
    answer = talk.says("要几天", aspects=("time_limit",))
    assert answer.aspects == ("time_limit",) and "age" not in answer.situation


def test_one_reply_may_answer_several_questions(talk: Talk) -> None:
    opened(talk)
    answer = talk.says("领证了,在医院生的,才十二天", "inform")
    assert {"parents": "married", "born": "hospital", "age": "under_30_workdays"}.items() <= answer.situation.items()


def test_old_enough_is_never_taken_for_paid_long_enough(talk: Talk) -> None:
    answer = talk.says("自己交社保,才交了十二年,今年到岁数了能退吗", matter="retirement", aspects=("eligibility",))
    assert answer.situation["years"] == "short"
    assert talk.says("到岁数了怎么退", matter="retirement", aspects=("overview",)).situation["years"] == "short"


def test_a_reply_that_names_no_option_picks_the_one_that_means_the_same(talk: Talk) -> None:
    opened(talk)
    talk.says("领证了,在医院生的,才十二天", "inform")
    assert talk.says("想上他爸的本本", "inform").situation.get("household") in ("father", None)
    assert talk.says("户口想跟他爸", "inform").situation["household"] == "father"


def test_what_is_only_concluded_is_said_so_that_it_can_be_put_right(talk: Talk) -> None:
    answer = talk.says("媳妇在加拿大读书的时候生的,刚抱回来,户口怎么上", matter="newborn", aspects=("overview",))
    assert answer.situation["born"] == "abroad" and "在国外生的" in answer.said[0] and "不对就告诉我" in answer.said[0]
    assert talk.says("不是,是在县医院生的", "inform").situation["born"] == "hospital"


@pytest.mark.parametrize("said", ["要是没领证,孩子上户口麻烦吗", "听说没领证的也能上户口,真的吗,孩子要带啥", "别人没领证的,户口咋上"])
def test_what_is_only_supposed_or_said_of_others_is_not_taken_for_one_s_own_case(talk: Talk, said: str) -> None:
    assert talk.says(said, matter="newborn", aspects=("eligibility",)).situation == {}


def test_who_only_supposes_gets_the_answer_for_that(talk: Talk) -> None:
    opened(talk)
    assert talk.says("那要是没领证呢", aspects=("materials",)).situation == {"parents": "unmarried"}


def test_a_question_puts_nothing_right_that_is_known(talk: Talk) -> None:
    talk.says("领证了,孩子上户口要带啥", matter="newborn", aspects=("materials",))
    answer = talk.says("我表姐没扯红本,她那娃上户口是不是麻烦些", matter="newborn", aspects=("eligibility",))
    assert answer.situation["parents"] == "married"


@pytest.mark.parametrize("noise", ["你等我问问我老公", "我们家住三楼", "今天天气不错", "我这会儿在外面买菜"])
def test_a_reply_that_means_no_option_records_nothing_and_keeps_what_is_known(talk: Talk, noise: str) -> None:
    opened(talk)
    talk.says("领证了", "inform")
    answer = talk.says(noise, "inform")
    assert answer.matter == "newborn" and answer.situation == {"parents": "married"}


@pytest.mark.parametrize("reply", ["选第二个", "我选2", "第二种", "两"])
def test_an_option_is_picked_by_its_number_however_it_is_put(talk: Talk, reply: str) -> None:
    opened(talk)
    assert talk.says(reply, "inform").situation["parents"] == "unmarried"


def test_the_city_says_which_of_two_districts_is_meant(talk: Talk) -> None:
    opened(talk)
    talk.says("江北区", "inform", regions=((NINGBO_JIANGBEI, CHONGQING_JIANGBEI),))
    assert talk.says("重庆的", "inform", regions=((CHONGQING,),)).region == CHONGQING_JIANGBEI


def test_a_short_question_is_about_the_matter_in_hand_though_it_was_taken_for_other_business(talk: Talk) -> None:
    opened(talk)
    answer = talk.says("几天下证", "out_of_scope", aspects=("time_limit",), business=True, shares={"disability": 0.14, "newborn": 0.04})
    assert answer.matter == "newborn" and answer.aspects == ("time_limit",)


def test_other_business_stays_other_business_with_a_matter_in_hand(talk: Talk) -> None:
    opened(talk)
    answer = talk.says("养犬证要多少钱", "out_of_scope", aspects=("fee",), business=True, shares={"newborn": 0.001})
    assert answer.outcome == "out_of_scope"


def test_another_matter_has_to_be_named_surely_to_leave_the_one_in_hand(talk: Talk) -> None:
    opened(talk)
    stays = talk.says("去哪里换", matter="enterprise_info_change", aspects=("location",), shares={"enterprise_info_change": 0.57})
    goes = talk.says("公司换法人去哪", matter="enterprise_info_change", aspects=("location",), shares={"enterprise_info_change": 0.99})
    assert (stays.matter, goes.matter) == ("newborn", "enterprise_info_change")


@pytest.mark.parametrize(("text", "matter"), [("对了,社保卡多久寄到", "social_security_card"), ("社保卡多久寄到", "newborn")])
def test_what_may_be_either_matter_turns_away_only_where_the_words_do(talk: Talk, text: str, matter: str) -> None:
    opened(talk)
    shares = {"social_security_card": 0.45, "newborn": 0.4}
    answer = talk.says(text, aspects=("time_limit",), matter_status="ambiguous", candidates=tuple(shares), shares=shares)
    assert answer.matter == matter


def test_one_of_the_matters_offered_is_taken_though_the_message_seems_other_business(talk: Talk) -> None:
    candidates = ("enterprise_info_change", "enterprise_relocation")
    talk.says("公司换地址", aspects=("overview",), matter_status="ambiguous", candidates=candidates)
    answer = talk.says("要迁到外省去", "out_of_scope", business=True, shares={"enterprise_relocation": 0.9, "newborn": 0.01})
    assert answer.matter == "enterprise_relocation" and answer.situation["where"] == "other_province"


def test_with_a_matter_in_hand_what_is_vague_is_about_it_and_what_means_others_is_asked(talk: Talk) -> None:
    opened(talk)
    vague = {"enterprise_data_reporting": 0.42, "utilities": 0.04}
    assert talk.says("要填什么表", aspects=("materials",), matter_status="ambiguous", candidates=tuple(vague), shares=vague).matter == "newborn"
    others = {"enterprise_relocation": 0.36, "enterprise_info_change": 0.34}
    assert talk.says("换地址要啥", aspects=("materials",), matter_status="ambiguous", candidates=tuple(others), shares=others).outcome == "needs_choice"


def test_a_place_said_in_between_keeps_the_matters_on_offer(talk: Talk) -> None:
    candidates = ("enterprise_info_change", "enterprise_relocation")
    talk.says("公司换地址", aspects=("overview",), matter_status="ambiguous", candidates=candidates)
    assert talk.says("在重庆", "inform", regions=((CHONGQING,),)).outcome == "needs_choice"
    answer = talk.says("2", "inform")
    assert (answer.matter, answer.region) == ("enterprise_relocation", CHONGQING)


def test_after_a_wrong_check_the_right_one_alone_is_enough(talk: Talk) -> None:
    talk.says("查进度", "check_status", application_no="NB20261101", check="9999")
    assert talk.says("记错了,是123X", "deny", check="123X").outcome == "answered"


def test_saying_that_something_was_found_ticks_it_though_it_sounds_like_a_circumstance(talk: Talk) -> None:
    opened(talk, "孩子上户口,我们领证了")
    ticked = talk.says("结婚证找到了", "inform")
    assert [line.id for line in ticked.checklist if line.ticked] == ["marriage_certificate"]
    assert not any(line.ticked for line in talk.says("错了,结婚证还没找到", "inform").checklist)


def test_abuse_said_twice_is_not_answered_with_the_same_sentence(talk: Talk) -> None:
    first, second = (talk.says("什么垃圾东西", "out_of_scope") for _ in range(2))
    assert first.said != second.said and first.outcome == second.outcome == "out_of_scope"


def test_a_yes_to_nothing_is_asked_what_is_wanted(talk: Talk) -> None:
    assert talk.says("就是那个,弄那个", "affirm").outcome == "needs_detail"
