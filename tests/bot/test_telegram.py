"""Telegram over real HTTP: our process with python-telegram-bot, an emulated Bot API on one side, a stand-in for Rasa on the other."""

from __future__ import annotations

import datetime as dt
import time
from typing import Sequence

import pytest

from bot.channels.telegram import answers, keyboards, messages
from bot.channels.telegram.lists import File, Lists
from knowledge.values.answer import Question
from knowledge.wording import choices, page, say
from tests.fakes import sample_answers
from tests.fakes.rasa_rest import reply_of, text_only
from tests.fakes.telegram_process import CHATS, MATTER, MATTER_NAME, PAPER, World
from tests.talking import DROPPED, published_otherwise

pytest_plugins = ["tests.fakes.telegram_worlds"]

CERTIFICATE = "出生医学证明"


# --- the menu, and what people say first ---


def test_the_menu_of_commands_is_set_in_chinese(world: World) -> None:
    (commands,) = world.api.wait(lambda: world.api.commands).values()
    assert [one["command"] for one in commands] == ["start", "help", "list", "status", "region", "human", "rate", "delete"]
    assert all(any("一" <= char <= "鿿" for char in one["description"]) for one in commands)


def test_start_greets_and_offers_examples_that_can_be_pressed(world: World, chat: int) -> None:
    world.api.say("/start", chat=chat)
    (text,) = world.answered(chat)
    assert say("telegram_start") in text and say("first_notice") in text
    example = choices("capability_examples")[0]
    world.api.press(example, chat=chat)
    assert world.answered(chat, times=2)[-1] == f"答：{example}"


@pytest.mark.parametrize(("command", "words"), list(page("answers")["telegram_words"].items()))
def test_a_command_is_its_plain_words_to_rasa(world: World, chat: int, command: str, words: str) -> None:
    world.api.say(f"/{command}", chat=chat)
    assert world.answered(chat) == [f"答：{words}"]


@pytest.mark.parametrize("command", ["/help", "/whatever", "/HELP", "/help@yjs_test_bot"])
def test_help_lists_the_commands_and_answers_unknown_ones_as_well(world: World, chat: int, command: str) -> None:
    world.api.say(command, chat=chat)
    (text,) = world.answered(chat)
    assert all(f"/{name} " in text for name in page("answers")["telegram_commands"])
    assert world.heard(chat) == []


def test_a_link_with_a_code_carries_a_list_on(world: World, chat: int) -> None:
    world.api.say("/start QD1234-5678-9012", chat=chat)
    assert world.answered(chat) == ["答：清单码 QD1234-5678-9012"]


# --- answers ---


def test_rasa_gets_the_words_the_message_id_and_a_keyed_hash_as_the_sender(world: World, chat: int) -> None:
    number = world.api.say("孩子上户口", chat=chat)
    world.answered(chat)
    (got,) = [got for got in world.rasa.received if got["sender"] == world.holder(chat)]
    assert (got["message"], got["message_id"]) == ("孩子上户口", str(number))
    assert len(got["sender"]) == 32 and str(chat) not in got["sender"]


def test_an_answer_is_short_with_buttons_under_it_and_the_open_question_comes_last(world: World, chat: int) -> None:
    world.rasa.script = lambda _text: [reply_of(sample_answers.newborn())]
    world.api.say("孩子上户口", chat=chat)
    brief, question = world.answered(chat, times=2)
    assert "【新生儿出生】（重庆市江北区）" in brief and CERTIFICATE in brief and say("not_reviewed") in brief
    assert len(brief) < 700
    first = next(message for message in world.api.shown[chat].values())
    assert [button["text"] for row in first["reply_markup"]["inline_keyboard"] for button in row] == list(page("answers")["telegram_aspects"].values())
    assert question == "孩子的爸爸妈妈领结婚证了吗？"
    assert world.api.buttons(chat) == ["已领结婚证", "没领结婚证", "不清楚"]


def test_pressing_an_option_says_its_words_once_and_shows_what_was_picked(world: World, chat: int) -> None:
    world.rasa.script = lambda text: [text_only(f"答：{text}")] if "结婚证" in text else [reply_of(sample_answers.newborn())]
    world.api.say("孩子上户口", chat=chat)
    world.answered(chat, times=2)
    world.api.press("没领结婚证", chat=chat)
    world.api.press("没领结婚证", chat=chat)
    texts = world.answered(chat, times=3)
    assert texts[1].endswith("✓ 没领结婚证") and texts[2] == "答：没领结婚证"
    world.api.wait(lambda: world.api.pending == 0)
    assert world.heard(chat) == ["孩子上户口", "没领结婚证"]


def test_a_button_of_an_aspect_asks_about_its_own_matter_whatever_was_said_since(world: World, chat: int) -> None:
    world.rasa.script = lambda text: [reply_of(sample_answers.newborn())] if text == "孩子上户口" else [text_only(f"答：{text}")]
    world.api.say("孩子上户口", chat=chat)
    world.answered(chat, times=2)
    world.api.say("开饭馆", chat=chat)
    world.answered(chat, times=3)
    world.api.press("去哪办", chat=chat)
    assert world.answered(chat, times=4)[-1] == "答：新生儿出生，去哪办"


def test_why_tells_the_reasons_and_the_sources_without_rasa(world: World, chat: int) -> None:
    world.rasa.broken = True
    world.with_list(chat)
    world.api.say("/list", chat=chat)
    world.answered(chat)
    world.api.press("为什么", chat=chat)
    text = "\n".join(world.answered(chat, times=2)[1:])
    assert "为什么要：" in text and "依据：" in text and PAPER in text


def test_somebody_is_seen_typing_while_an_answer_is_made(world: World, chat: int) -> None:
    world.rasa.script = lambda text: time.sleep(0.5) or [text_only(text)]
    world.api.say("孩子上户口", chat=chat)
    world.answered(chat)
    assert any(call.given["action"] == "typing" and int(call.given["chat_id"]) == chat for call in world.api.of("sendChatAction"))


def test_what_looks_like_html_arrives_as_it_was_written(world: World, chat: int) -> None:
    wild = "收费 <b>0</b> 元 & 2 < 3 &amp; \"x\" <script>"
    world.rasa.script = lambda _text: [text_only(wild)]
    world.api.say("多少钱", chat=chat)
    assert world.answered(chat) == [wild]


def test_a_long_answer_comes_in_pieces_cut_at_pauses(world: World, chat: int) -> None:
    sections = [f"第{n}段。" + "办事指南<&>" * 60 + "😀" * 20 for n in range(20)]
    world.rasa.script = lambda _text: [text_only("\n\n".join(sections))]
    world.api.say("全部", chat=chat)
    texts = world.api.wait(lambda: "第19段" in "".join(world.api.texts(chat)) and world.api.texts(chat))
    assert len(texts) > 1 and "\n\n".join(texts) == "\n\n".join(sections)
    assert all(messages.units(text) <= 4096 for text in texts)


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("短", 10, ["短"]),
        ("一段。\n\n二段。", 6, ["一段。", "二段。"]),
        ("一句。二句。三句", 7, ["一句。二句。", "三句"]),
        ("没有任何停顿的话", 4, ["没有任何", "停顿的话"]),
        ("😀😀😀", 4, ["😀😀", "😀"]),
        ("👨‍👩‍👧👨‍👩‍👧", 10, ["👨‍👩‍👧", "👨‍👩‍👧"]),
    ],
)
def test_a_text_is_cut_where_a_reader_pauses(text: str, longest: int, expected: Sequence[str]) -> None:
    assert list(messages.pieces(text, longest=longest)) == expected


# --- the list ---


def test_a_tick_changes_the_message_in_place_and_says_what_is_missing(world: World, chat: int) -> None:
    world.with_list(chat)
    world.api.say("/list", chat=chat)
    (before,) = world.answered(chat)
    left = world.list_of(chat).left
    assert f"还差 {left} 样" in before
    query = world.api.press(f"⬜ {PAPER}", chat=chat)
    world.api.wait(lambda: f"还差 {left - 1} 样" in world.api.texts(chat)[0] and world.api.texts(chat))
    assert any(title.startswith(f"✅ {PAPER}") for title in world.api.buttons(chat))
    (toast,) = [call for call in world.api.of("answerCallbackQuery") if call.given["callback_query_id"] == query]
    assert toast.given["text"].startswith(f"还差 {left - 1} 样")
    assert world.list_of(chat).left == left - 1


def test_a_finger_that_hits_twice_ticks_once(world: World, chat: int) -> None:
    world.with_list(chat)
    world.api.say("/list", chat=chat)
    world.answered(chat)
    left = world.list_of(chat).left
    queries = [world.api.press(f"⬜ {PAPER}", chat=chat) for _ in range(2)]
    world.api.wait(lambda: {call.given["callback_query_id"] for call in world.api.of("answerCallbackQuery")} >= set(queries))
    world.api.wait(lambda: world.api.pending == 0)
    assert world.list_of(chat).left == left - 1 and len(world.api.texts(chat)) == 1


def test_a_tick_is_taken_back_by_pressing_again(world: World, chat: int) -> None:
    world.with_list(chat)
    world.api.say("/list", chat=chat)
    world.answered(chat)
    left = world.list_of(chat).left
    world.api.press(f"⬜ {PAPER}", chat=chat)
    world.api.wait(lambda: any(title.startswith("✅") for title in world.api.buttons(chat)))
    world.api.press(f"✅ {PAPER}", chat=chat)
    world.api.wait(lambda: not any(title.startswith("✅") for title in world.api.buttons(chat)))
    assert world.list_of(chat).left == left


def test_the_list_comes_as_a_pdf_and_its_days_for_the_calendar(world: World, chat: int) -> None:
    world.with_list(chat)
    world.api.say("/list", chat=chat)
    world.answered(chat)
    world.api.press("打印", chat=chat)
    shown = world.api.wait(lambda: [one for one in world.api.shown[chat].values() if one.get("document")], seconds=20)
    assert shown[0]["bytes"].startswith(b"%PDF") and shown[0]["document"]["file_name"] == f"{MATTER_NAME}清单.pdf"
    world.api.press("日历", chat=chat)
    texts = world.answered(chat, times=3)
    documents = [one for one in world.api.shown[chat].values() if one.get("document")]
    assert texts[-1] == say("telegram_no_dates") or documents[-1]["bytes"].startswith(b"BEGIN:VCALENDAR")


def test_a_published_change_is_told_by_the_list_not_by_a_tick_or_a_paper_or_a_code(world: World, chat: int) -> None:
    world.with_list(chat)
    lists, holder, key = Lists(world.here), world.holder(chat), keyboards.key(MATTER)
    published_otherwise(world.here.engine, holder, MATTER)
    assert lists.tick(holder, key, keyboards.key(world.here.checklists.all(holder)[0].answer.checklist[0].id), ticked=True)
    assert isinstance(lists.file(holder, key, "pdf"), File) and lists.share(holder, key) and lists.why(holder, key)
    first, again = ("".join(message.html for message in lists.open(holder, key)) for _ in range(2))
    assert DROPPED in first and DROPPED not in again


def test_several_lists_are_buttons_that_open_them(world: World, chat: int) -> None:
    world.with_list(chat)
    world.with_list(chat, "restaurant")
    world.api.say("/list", chat=chat)
    world.answered(chat)
    assert len(world.api.buttons(chat)) == 2
    world.api.press("开办餐饮店", chat=chat)
    assert "【开办餐饮店】清单" in world.answered(chat, times=2)[1]


def test_family_gets_a_code_and_a_list_shared_to_look_at_cannot_be_ticked(world: World, chat: int) -> None:
    world.with_list(chat)
    world.api.say("/list", chat=chat)
    world.answered(chat)
    world.api.press("给家人看", chat=chat)
    code = world.answered(chat, times=2)[1].partition("QD")[2][:14]
    reader = next(CHATS)
    assert world.here.checklists.join(world.holder(reader), f"QD{code}")
    world.api.say("/list", chat=reader)
    (text,) = world.answered(reader)
    assert say("list_only_to_read") in text and f"⬜ {PAPER}" in text
    assert not any(title.startswith(("⬜", "✅")) for title in world.api.buttons(reader))


def test_nobody_ticks_or_opens_a_list_of_somebody_else_with_a_forged_button(world: World, chat: int) -> None:
    world.with_list(chat)
    line = next(line.id for line in world.list_of(chat).answer.checklist)
    forger = next(CHATS)
    message = {"message_id": 1, "date": 1, "chat": {"id": forger, "type": "private"}, "text": "x"}
    world.api.known.add(forger)
    for data in (f"tick:1:{keyboards.key(MATTER)}:{keyboards.key(line)}", f"list:{keyboards.key(MATTER)}", f"file:pdf:{keyboards.key(MATTER)}"):
        world.api.press_data(data, message=message)
    assert set(world.answered(forger, times=2)) == {say("telegram_list_gone")}
    assert not any(line.ticked for line in world.list_of(chat).answer.checklist)


@pytest.mark.parametrize("data", ["tick:1", "tick:1:zzz:zzz", "nothing", "ask:materials:zzz", "ask:zzz:zzz", "say:99", "again", "::", "list:zzz", "forget:maybe"])
def test_a_button_that_is_too_old_or_was_never_made_says_so_and_breaks_nothing(world: World, chat: int, data: str) -> None:
    world.api.say("你好", chat=chat)
    world.answered(chat)
    message = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "x"}
    query = world.api.press_data(data, message=message)
    world.api.wait(lambda: any(call.given["callback_query_id"] == query for call in world.api.of("answerCallbackQuery")))
    world.api.say("还在吗", chat=chat)
    world.api.wait(lambda: "答：还在吗" in world.api.texts(chat))


def test_a_list_that_was_given_up_says_so_when_an_old_button_is_pressed(world: World, chat: int) -> None:
    world.with_list(chat)
    world.api.say("/list", chat=chat)
    world.answered(chat)
    world.here.checklists.drop(world.holder(chat), MATTER)
    query = world.api.press(f"⬜ {PAPER}", chat=chat)
    (call,) = world.api.wait(lambda: [call for call in world.api.of("answerCallbackQuery") if call.given["callback_query_id"] == query])
    assert call.given["text"] == say("telegram_list_gone")


def test_the_buttons_of_every_published_list_fit_into_what_telegram_carries(world: World) -> None:
    for matter in world.here.catalogues.current().matters:
        question = Question(matter=matter, on=dt.date(2026, 11, 23), aspects=("overview", "materials"))
        answer = world.here.checklists.keep("somebody", question, world.here.guidance.answer(question)).to_dict()
        for keyboard in (keyboards.checklist(answer), keyboards.aspects(matter), keyboards.lists(answer["lists"])):
            data = [str(button.callback_data) for row in (keyboard.inline_keyboard if keyboard else ()) for button in row]
            assert len(set(data)) == len(data) <= 100 and all(len(one.encode()) <= 64 for one in data)
        assert all(messages.units(message.html) <= 4096 for message in (*answers.of(answer), *answers.why(answer)))


# --- to be forgotten ---


def test_everything_about_a_person_is_deleted_only_when_they_say_yes(world: World, chat: int) -> None:
    world.with_address(chat)
    world.api.say("/delete", chat=chat)
    world.api.wait(lambda: say("telegram_delete_ask") in world.api.texts(chat))
    world.api.press(say("telegram_delete_no"), chat=chat)
    world.api.wait(lambda: say("telegram_kept") in world.api.texts(chat))
    assert world.list_of(chat)
    world.api.say("/delete", chat=chat)
    world.api.wait(lambda: say("telegram_delete_ask") in world.api.texts(chat))
    world.api.press(say("telegram_delete_yes"), chat=chat)
    world.api.wait(lambda: say("telegram_deleted") in world.api.texts(chat))
    assert world.list_of(chat) is None and world.address(chat) is None
