"""What passes the door, what stops there, and what Rasa gets to see of it."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import sqlite3
from functools import partial
from pathlib import Path

import pytest

from bot.door import identity, masking
from bot.door.cleaning import clean, harmless, says_nothing
from bot.door.door import LONGEST, Admitted, Door, Refused
from bot.door.duplicates import WINDOW, Duplicates
from bot.door.limits import Limits
from bot.door.lines import Lines
from knowledge.language import numbers
from knowledge.store.engine import Engine, migrate, open_engine
from knowledge.store.references import KEPT, References
from knowledge.wording import say

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))
ID_CARD = "11010519491231002X"


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    opened = open_engine(f"sqlite:///{tmp_path / 'yjs.db'}")
    migrate(opened)
    return opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def references(engine: Engine, clock: Clock) -> References:
    return References(engine, b"a secret", clock)


@pytest.fixture
def door(references: References) -> Door:
    return Door(limits=Limits(burst=300, per_second=2), references=references)


# --- identity ---


def test_a_sender_is_the_same_for_the_same_person_and_nobody_else() -> None:
    mine = identity.sender("web", "小王", secret=b"key")
    assert mine == identity.sender("web", "小王", secret=b"key")
    assert re.fullmatch("[0-9a-f]{32}", mine)
    others = {("web", "小李", b"key"), ("telegram", "小王", b"key"), ("web", "小王", b"other key")}
    assert mine not in {identity.sender(channel, user, secret=secret) for channel, user, secret in others}


# --- cleaning ---


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  孩子上户口 \n 要带啥  ", "孩子上户口   要带啥"),
        ("\x00上\x07户\x1b口", "上户口"),
        ("上\u200b户\u2060口\ufeff", "上户口"),
        ("\u202e上户口\u2066", "上户口"),
        ("上\ud800户口", "上户口"),
        ("上户口\U000e0041\ufe0f\u3164", "上户口"),
        ("cafe\u0301", "café"),
        ("/greet", "／greet"),
        ('  //inform{"region":"x"}', '／／inform{"region":"x"}'),
        ("\u200b/restart", "／restart"),
        ("水/电/气", "水/电/气"),
        ("〔办件编号#abcdefgh〕查进度", "（办件编号#abcdefgh）查进度"),
    ],
)
def test_what_cannot_be_seen_goes_and_what_would_command_is_made_harmless(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@pytest.mark.parametrize("typed", ["/greet", " \t//a", "〔x#y〕", "上\ud800\udfff户", "水/电"])
def test_made_harmless_a_text_keeps_its_length_so_that_spans_still_fit(typed: str) -> None:
    assert len(harmless(typed)) == len(typed)
    assert not harmless(typed).lstrip().startswith("/")


@pytest.mark.parametrize("text", ["", "😀", "👍🏽 🎉", "☎️"])
def test_blank_and_pictures_say_nothing(text: str) -> None:
    assert says_nothing(clean(text))


@pytest.mark.parametrize("text", ["1", "？", "好", "好😀", "ok"])
def test_a_single_character_may_say_something(text: str) -> None:
    assert not says_nothing(clean(text))


# --- limits, duplicates, order ---


def test_a_burst_passes_and_then_only_the_long_run_rate() -> None:
    limits = Limits(burst=8, per_second=1)
    assert [limits.allow("小王", at=0) for _ in range(10)] == [True] * 8 + [False] * 2
    assert limits.allow("小李", at=0)
    assert [limits.allow("小王", at=2.5) for _ in range(3)] == [True, True, False]
    assert [limits.allow("小王", at=100) for _ in range(9)] == [True] * 8 + [False]


def test_a_crowd_of_senders_takes_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.door.limits.MOST_SENDERS", 10)
    monkeypatch.setattr("bot.door.duplicates.MOST_MESSAGES", 10)
    limits, duplicates = Limits(burst=8, per_second=1), Duplicates[int]()

    async def crowd() -> None:
        for n in range(100):
            assert limits.allow(f"{n}", at=0)
            await duplicates.once((f"{n}", "1"), partial(made, n), keep=bool)

    async def made(n: int) -> int:
        return n

    asyncio.run(crowd())
    assert len(limits._full_at) <= 10
    assert len(duplicates._made) <= 11


async def test_the_same_message_again_gets_the_same_reply_without_a_second_turn() -> None:
    now, turns = [0.0], []

    async def take() -> str:
        turns.append("turn")
        await asyncio.sleep(0)
        return f"reply {len(turns)}"

    duplicates = Duplicates[str](clock=lambda: now[0])

    async def once(message_id: str | None, *, keep: bool = True) -> str:
        return await duplicates.once(("小王", message_id), take, keep=lambda _: keep)

    assert await asyncio.gather(once("m1"), once("m1")) == ["reply 1", "reply 1"]
    assert await once("m1") == "reply 1"
    assert await once("m2") == "reply 2"
    assert [await once(None), await once(None)] == ["reply 3", "reply 4"]
    assert [await once("m3", keep=False), await once("m3")] == ["reply 5", "reply 6"]
    now[0] = WINDOW + 1
    assert await once("m1") == "reply 7"


async def test_a_turn_that_failed_is_tried_again() -> None:
    duplicates = Duplicates[str]()

    async def fail() -> str:
        raise RuntimeError

    async def work() -> str:
        return "reply"

    with pytest.raises(RuntimeError):
        await duplicates.once(("小王", "m1"), fail, keep=bool)
    assert await duplicates.once(("小王", "m1"), work, keep=bool) == "reply"


async def test_messages_of_one_sender_wait_their_turn_and_others_do_not() -> None:
    lines, done = Lines(longest=2), []

    async def take(sender: str, name: str, seconds: float) -> None:
        async with lines.place(sender):
            await asyncio.sleep(seconds)
            done.append(name)

    tasks = [
        asyncio.create_task(take(*turn))
        for turn in (("小王", "first", 0.05), ("小王", "second", 0), ("小李", "other", 0))
    ]
    await asyncio.sleep(0)
    assert lines.full("小王")
    assert not lines.full("小李")
    await asyncio.gather(*tasks)
    assert done == ["other", "first", "second"]
    assert not lines._locks
    assert not lines._waiting


# --- masking ---


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        (f"我的身份证{ID_CARD}要带吗", "我的身份证〔身份证号#1〕要带吗"),
        ("身份证１１０１０５１９４９１２３１００２Ｘ，", "身份证〔身份证号#1〕，"),
        ("110105 1949 1231 002x", "〔身份证号#1〕"),
        ("手机138 0000 0000，尾号1234", "手机〔手机号#2〕，尾号〔校验码#1〕"),
        ("打１３８-００００-００００", "打〔手机号#1〕"),
        ("打+86 138-0000-0000", "打〔手机号#1〕"),
        ("１３８ ００００ ００００，谢谢", "〔手机号#1〕，谢谢"),
        ("430102 19900101 1234", "〔身份证号#1〕"),
        ("受理号110105194912310021", "受理号〔办件编号#1〕"),
        ("手机一三八零零零零零零零零", "手机〔手机号#1〕"),
        ("查一下编号CQ-2024-000123", "查一下编号〔办件编号#1〕"),
        ("1234", "〔校验码#1〕"),
        ("带两份复印件，打12345问", "带两份复印件，打12345问"),
    ],
)
def test_numbers_that_identify_become_placeholders(typed: str, masked: str) -> None:
    sealed: list[str] = []

    def seal(value: str) -> str:
        sealed.append(value)
        return f"{len(sealed)}"

    assert masking.mask(typed, seal) == masked
    assert masking.identifies(typed) == bool(sealed)


def test_a_reference_does_not_itself_look_like_a_number(references: References) -> None:
    assert not numbers.find(f"查〔办件编号#{references.seal('小王', 'CQ-2024-000123')}〕的进度")


# --- references ---


def test_a_reference_opens_for_its_holder_alone(references: References) -> None:
    reference = references.seal("小王", ID_CARD)
    assert references.open("小王", reference) == ID_CARD
    assert references.open("小李", reference) is None
    assert references.open("小王", "abcdefghijkl") is None


def test_a_reference_expires_and_is_deleted(references: References, clock: Clock, tmp_path: Path) -> None:
    reference = references.seal("小王", ID_CARD)
    clock.now += KEPT
    assert references.open("小王", reference) is None
    references.purge()
    assert sqlite3.connect(tmp_path / "yjs.db").execute("select count(*) from reference").fetchone() == (0,)


def test_another_secret_opens_nothing(references: References, engine: Engine, clock: Clock) -> None:
    reference = references.seal("小王", ID_CARD)
    assert References(engine, b"another secret", clock).open("小王", reference) is None


def test_the_database_never_holds_a_number_in_clear(references: References, tmp_path: Path) -> None:
    references.seal("小王", ID_CARD)
    assert all(ID_CARD.encode() not in file.read_bytes() for file in tmp_path.iterdir())


# --- the whole door ---


async def test_an_ordinary_sentence_passes_as_it_is(door: Door) -> None:
    assert await door.admit("小王", text="孩子上户口要带啥？", at=0) == Admitted("孩子上户口要带啥？")


async def test_what_was_masked_can_be_opened_by_its_holder(door: Door, references: References) -> None:
    admitted = await door.admit("小王", text=f"身份证{ID_CARD}", at=0)
    assert isinstance(admitted, Admitted)
    found = re.fullmatch(r"身份证〔身份证号#([a-z]{8,12})〕", admitted.text)
    assert found
    assert references.open("小王", found.group(1)) == ID_CARD


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "empty"),
        ("\u200b \u3000", "empty"),
        ("😀😀", "empty"),
        pytest.param("材" * (LONGEST + 1), "too_long", id="one too many"),
        pytest.param("a" * 10_000, "too_long", id="10,000 characters"),
        pytest.param("\u200b" * 20_000, "too_long", id="20,000 unseen characters"),
    ],
)
async def test_what_cannot_be_answered_is_refused_with_a_reviewed_sentence(
    door: Door, typed: str, sentence: str
) -> None:
    refused = await door.admit("小王", text=typed, at=0)
    assert isinstance(refused, Refused)
    assert refused.sentence == sentence
    assert say(refused.sentence, **refused.values)


async def test_too_many_messages_are_refused_politely(references: References) -> None:
    door = Door(limits=Limits(burst=2, per_second=1), references=references)
    assert [await door.admit("小王", text="你好", at=0) for _ in range(3)][2] == Refused("too_fast")


async def test_a_number_that_cannot_be_sealed_stops_at_the_door(tmp_path: Path, clock: Clock) -> None:
    nowhere = References(open_engine(f"sqlite:///{tmp_path / 'empty.db'}"), b"a secret", clock)
    door = Door(limits=Limits(burst=8, per_second=1), references=nowhere)
    assert await door.admit("小王", text=f"身份证{ID_CARD}", at=0) == Refused("unavailable")
    assert await door.admit("小王", text="你好", at=0) == Admitted("你好")
