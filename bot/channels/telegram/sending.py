"""The one place that calls the Bot API: waits where it says so, tries again where that does no harm."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from dataclasses import dataclass
from functools import partial
from typing import Any, Awaitable, Callable, Optional, TypeVar

import httpx
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.messages import Message

logger = logging.getLogger(__name__)
T = TypeVar("T")
Work = Callable[[], Awaitable[T]]

# Who is answered at once need not see a sign; Telegram's goes out after five seconds.
TYPING_AFTER = 0.3
TYPING_SECONDS = 4.0
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
NOT_MODIFIED = "message is not modified"
GONE = ("chat not found", "user is deactivated")


class Gone(Exception):
    """Nobody can be written to in this chat: blocked, deleted or never there."""


class Unsure(Exception):
    """Telegram did not say whether it took the message."""


class Failed(Exception):
    """Telegram does not take it, now or at all."""


@dataclass(frozen=True)
class Patience:
    """How often a call is tried and how long is waited in between, in seconds."""

    tries: int = 5
    first_pause: float = 0.5
    # A longer ban than this is not waited for: the person would have gone by then.
    longest_pause: float = 60.0


class Sending:
    """Sends to chats; what Telegram may have taken already is never sent a second time by itself."""

    def __init__(self, bot: Bot, *, patience: Patience = Patience()) -> None:
        self._bot = bot
        self._patience = patience
        self._signs: set[asyncio.Task[None]] = set()

    async def send(self, chat: int, message: Message, *, reply_to: Optional[int] = None) -> None:
        """Send a message; raise Gone, Unsure or Failed."""
        about = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        send = partial(
            self._bot.send_message,
            chat,
            message.html,
            parse_mode=ParseMode.HTML,
            reply_markup=message.keyboard,
            reply_parameters=about,
            link_preview_options=NO_PREVIEW,
        )
        await self._call(send, harmless=False)

    async def document(self, chat: int, content: bytes, *, name: str, caption: str) -> None:
        """Send a file."""
        await self._call(partial(self._bot.send_document, chat, content, filename=name, caption=caption), harmless=False)

    async def edit(self, chat: int, message_id: int, message: Message) -> None:
        """Change a message that was sent; to change it to the same twice does no harm."""
        change = partial(
            self._bot.edit_message_text,
            message.html,
            chat_id=chat,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=message.keyboard,
            link_preview_options=NO_PREVIEW,
        )
        await self._call(change, harmless=True)

    async def take_buttons_away(self, chat: int, message_id: int) -> None:
        """Leave a message without buttons."""
        empty = InlineKeyboardMarkup(())
        await self._call(partial(self._bot.edit_message_reply_markup, chat, message_id, reply_markup=empty), harmless=True)

    async def acknowledge(self, query_id: str, text: Optional[str] = None) -> None:
        """Let a pressed button stop waiting; where it has waited too long already, nothing is lost."""
        try:
            await self._call(partial(self._bot.answer_callback_query, query_id, text), harmless=True)
        except Failed as error:
            logger.info("a pressed button was acknowledged too late: %s", error)

    async def type_until(self, chat: int, work: Awaitable[T]) -> T:
        """Show that somebody is typing while `work` takes its time, and return what came of it."""
        working, pause = asyncio.ensure_future(work), TYPING_AFTER
        while not (await asyncio.wait([working], timeout=pause))[0]:
            # Beside the work: a sign that Telegram is slow to take must not hold up the answer.
            signing = asyncio.create_task(self._type(chat))
            self._signs.add(signing)
            signing.add_done_callback(self._signs.discard)
            pause = TYPING_SECONDS
        return working.result()

    async def _type(self, chat: int) -> None:
        try:
            await self._bot.send_chat_action(chat, ChatAction.TYPING)
        except TelegramError as error:
            logger.info("the typing sign was not shown: %s", error)

    async def _call(self, work: Work[T], *, harmless: bool) -> Optional[T]:
        """Return what Telegram answers, None where nothing had to be changed; `harmless`: may be done twice."""
        pause = self._patience.first_pause
        for _ in range(self._patience.tries):
            try:
                return await work()
            except RetryAfter as error:
                wait = silence(error)
                if wait > self._patience.longest_pause:
                    raise Failed(f"Telegram wants {wait:.0f} s of silence") from error
            except (Forbidden, BadRequest) as error:
                if NOT_MODIFIED in error.message.lower():
                    return None
                raise _refused(error) from error
            except NetworkError as error:
                if not harmless and _may_have_arrived(error):
                    raise Unsure(str(error)) from error
                wait, pause = pause, pause * 2
            except TelegramError as error:
                raise Failed(str(error)) from error
            await asyncio.sleep(wait)
        raise Failed("Telegram does not answer")


def _refused(error: TelegramError) -> Exception:
    gone = isinstance(error, Forbidden) or any(words in error.message.lower() for words in GONE)
    return Gone(error.message) if gone else Failed(error.message)


def _may_have_arrived(error: NetworkError) -> bool:
    """Tell whether the request may have been carried out: it left, and no answer of Telegram's came back."""
    return isinstance(error.__cause__, httpx.HTTPError) and not isinstance(error.__cause__, NOT_SENT)


def silence(error: TelegramError) -> float:
    """Return how many seconds of silence Telegram asks for with this error."""
    wait: Any = error.retry_after if isinstance(error, RetryAfter) else 0
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)
