"""An answer (the `custom` of CONTRACT §4) → messages as Telegram people expect them: short first, the rest by buttons."""

from __future__ import annotations

from html import escape
from typing import Any, Iterator, Mapping, Optional, Sequence

from telegram import InlineKeyboardMarkup

from bot.channels.telegram import keyboards
from bot.channels.telegram.messages import Message, bold, pieces, plain
from bot.rendering import lines
from bot.rendering import plain as whole
from bot.rendering.labels import labels
from knowledge.checklists import standing
from knowledge.values.answer import Answer
from knowledge.values.checklist import Progress
from knowledge.wording import choices, say

Part = Mapping[str, Any]
MOST_NAMES = 6
# Options longer than this get a row of their own.
SHORT_OPTION = 8


def of(answer: Part) -> tuple[Message, ...]:
    """Return the messages that say `answer`; an open question comes last, with its options under it."""
    if answer["lists"]:
        return lists(answer["lists"], *answer["said"])
    return (*_body(answer), *_question(answer))


def checklist(answer: Part) -> tuple[Message, ...]:
    """Return a person's list as one message whose buttons tick."""
    return _with_head(say("telegram_list_head", matter=answer["matter_name"]), answer, _list_lines(answer), keyboards.checklist(answer))


def lists(summaries: Sequence[Part], *said: str) -> tuple[Message, ...]:
    """Return a person's lists, one button each."""
    return plain("\n".join(said) or say("list_head", count=len(summaries)), keyboards.lists(summaries))


def why(answer: Part) -> tuple[Message, ...]:
    """Return for every material why it is asked for, on whose word, and what depends on the case."""
    shown = {**answer, "questions": (), "notices": (), "said": (), "steps": (), "items": (), "time_limit": None, "fee": None, "places": (), "notes": ()}
    return plain(whole.text(shown))


def _body(answer: Part) -> tuple[Message, ...]:
    if answer["outcome"] == "answered" and answer["matter_name"]:
        if answer["type"] == "answer" and "overview" in answer["aspects"]:
            return _with_head(say("telegram_head", matter=answer["matter_name"]), answer, _brief_lines(answer), keyboards.aspects(answer["matter"]))
        if answer["checklist"] and answer["progress"] and set(answer["aspects"]) <= {"materials"} or answer["type"] == "checklist":
            return checklist(answer)
    text = whole.text({**answer, "questions": ()})
    return plain(text) if text else ()


def _with_head(head: str, answer: Part, body: Iterator[str], keyboard: Optional[InlineKeyboardMarkup]) -> tuple[Message, ...]:
    """Return one message, or several where there is too much for one: what is said, the bold head, the body."""
    # The conversation says how far a list is as well; here it stands in the body, where ticking changes it.
    known = _left(answer["progress"]) if answer["progress"] else None
    said = "\n".join((*answer["notices"], *(one for one in answer["said"] if one != known), *(one["text"] for one in answer["elsewhere"])))
    place = say("telegram_place", place=answer["region_name"]) if answer["region_name"] else ""
    parts = list(pieces("\n".join(line for line in body if line), longest=3000))
    first = "\n".join(part for part in (f"{escape(said, quote=False)}\n" if said else "", bold(head) + escape(place), escape(parts[0], quote=False)) if part)
    html = [first, *(escape(part, quote=False) for part in parts[1:])]
    return (*(Message(part) for part in html[:-1]), Message(html[-1], keyboard))


def _brief_lines(answer: Part) -> Iterator[str]:
    """Yield what somebody wants to know first."""
    yield answer["summary"] or ""
    yield from lines.notes(answer, blocking=True, borrowed=False)
    yield f"{answer['heading']}：" if answer["heading"] else ""
    yield from lines.notes(answer, blocking=True, borrowed=True)
    yield _bring(answer)
    if answer["time_limit"]:
        yield f"{labels()['time_limit']}：{_unmarked(lines.limit, answer['time_limit'])}"
    if answer["fee"]:
        yield f"{labels()['fee']}：{_unmarked(lines.cost, answer['fee'])}"
    if answer["places"]:
        yield f"{labels()['places']}：{'、'.join(place['name'] for place in answer['places'][:2])}"
    yield from answer["missing"]
    yield answer["faq"] or ""
    yield answer["review"] or ""


def _bring(answer: Part) -> str:
    names = list(dict.fromkeys(line["name"] for line in keyboards.shown(answer) if line["needed"] == "required"))
    if not names:
        return say("telegram_bring_unclear") if answer["checklist"] else ""
    listed = "、".join(names[:MOST_NAMES])
    said = say("telegram_bring", count=len(names), names=say("telegram_bring_more", names=listed) if len(names) > MOST_NAMES else listed)
    maybe = {line["name"] for line in answer["checklist"] if line["only_if"] and not line["exempt"]}
    # Nobody goes with what is sure alone while more may be wanted.
    return said + (say("telegram_bring_maybe", count=len(maybe)) if maybe else "")


def _list_lines(answer: Part) -> Iterator[str]:
    progress = answer["progress"]
    yield f"{answer['heading']}：" if answer["heading"] else ""
    if not answer["checklist"]:
        yield say("telegram_no_list")
    elif progress and progress["role"] == "reader":
        yield from (say("list_only_to_read"), *(f"{keyboards.TICKED if one['ticked'] else keyboards.OPEN} {keyboards.material(one)}" for one in keyboards.shown(answer)))
        yield _left(progress)
    elif progress:
        yield _left(progress)
        yield say("telegram_tap") if progress["left"] else ""
    exempt = dict.fromkeys(line["name"] for line in answer["checklist"] if line["exempt"] and not line["only_if"])
    yield labels()["exempt"].format(names="、".join(exempt)) if exempt else ""
    yield answer["review"] or ""


def _left(progress: Part) -> str:
    return standing.left(Progress(**progress))


def _question(answer: Part) -> tuple[Message, ...]:
    if not answer["questions"]:
        return ()
    question = answer["questions"][0]
    short = all(len(option) <= SHORT_OPTION for option in question["options"])
    return plain(question["text"], keyboards.words(question["options"], verb="say", in_a_row=2 if short else 1))


def _unmarked(words: Any, line: Part) -> str:
    """Return a line without its source number: the sources stand behind a button; that it is not verified stays."""
    return str(words({**line, "source": None}))


def menu(text: str) -> tuple[Message, ...]:
    """Return `text` with the examples of what can be asked as buttons."""
    return plain(text, keyboards.words(choices("capability_examples"), verb="try"))


def sentence(text: str) -> Part:
    """Return an answer that only says something."""
    return Answer(type="talk", outcome="unavailable", said=(text,)).to_dict()
