"""The process: everything put together, then asking Telegram or being called by it, until cancelled."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from contextlib import AsyncExitStack
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot
from telegram.error import NetworkError, RetryAfter
from telegram.request import HTTPXRequest

from bot.channels.telegram import commands, webhook
from bot.channels.telegram.asking import Asking
from bot.channels.telegram.channel import ALLOWED, Channel
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.lists import Lists
from bot.channels.telegram.news import Bulletin
from bot.channels.telegram.people import CHANNEL, People
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.pressing import Pressing
from bot.channels.telegram.sending import Sending, silence
from bot.channels.telegram.updates import Inbox, Taken
from bot.door.limits import Limits
from bot.rasa_client import RasaClient
from knowledge import assistant, clock
from knowledge.settings import Settings
from knowledge.store import taken_updates

logger = logging.getLogger(__name__)

TELEGRAM = "https://api.telegram.org/bot"
CONNECTIONS = 64
LONGEST_PAUSE = 30.0
# Buttons and commands that never reach Rasa, whose own door counts what does: at once, and a second.
BURST, PER_SECOND = 20, 1


@dataclass(frozen=True)
class Timing:
    """How long is waited for what, in seconds."""

    # What Telegram has not answered by then may have arrived or not; see docs/adr/0009-telegram.md.
    read: float = 10.0
    connect: float = 5.0
    # Webhooks promise no order; a message waits this long for one that was sent before it.
    settle: float = 0.1
    # What is under way when we are stopped; the launcher waits 8 s.
    finish: float = 5.0
    first_pause: float = 1.0


async def serve(settings: Settings, *, timing: Timing = Timing()) -> None:
    """Serve until cancelled; raise InvalidToken where Telegram does not know the bot."""
    async with AsyncExitStack() as stack:
        rasa = await stack.enter_async_context(RasaClient(settings.rasa.url))
        bot = make_bot(settings, timing)
        stack.push_async_callback(bot.shutdown)
        await _connected(bot, timing)
        parts = await asyncio.to_thread(_put_together, settings, timing, bot, rasa)
        stack.push_async_callback(parts.inbox.finish, within=timing.finish)
        telling = asyncio.create_task(parts.bulletin.run())
        stack.callback(telling.cancel)
        await (_be_called if settings.telegram_webhook_url else _ask)(settings, bot, parts.inbox)


def make_bot(settings: Settings, timing: Timing) -> Bot:
    """Return the bot of the settings, with connections for many chats at once."""
    return Bot(
        str(settings.telegram_token),
        base_url=settings.telegram_base_url or TELEGRAM,
        request=HTTPXRequest(CONNECTIONS, read_timeout=timing.read, connect_timeout=timing.connect, pool_timeout=timing.read),
        get_updates_request=HTTPXRequest(2, read_timeout=timing.read, connect_timeout=timing.connect, pool_timeout=timing.read),
    )


@dataclass(frozen=True)
class _Parts:
    inbox: Inbox
    bulletin: Bulletin


def _put_together(settings: Settings, timing: Timing, bot: Bot, rasa: RasaClient) -> _Parts:
    here = assistant.build(settings)
    people = People(here, secret=settings.secret())
    sending = Sending(bot)
    delivery, asking, lists = Delivery(sending), Asking(here, rasa), Lists(here)
    channel = Channel(
        people=people,
        asking=asking,
        lists=lists,
        pressing=Pressing(people=people, asking=asking, lists=lists, delivery=delivery),
        delivery=delivery,
        limits=Limits(burst=BURST, per_second=PER_SECOND),
        username=bot.username,
    )
    taken = Taken(
        known=lambda number: taken_updates.known(here.engine, CHANNEL, str(number)),
        remember=lambda number: taken_updates.put(here.engine, CHANNEL, str(number), at=clock.now(settings)),
    )
    inbox = Inbox(channel, taken=taken, settle=timing.settle if settings.telegram_webhook_url else 0)
    return _Parts(inbox, Bulletin(here, people=people, sending=sending))


async def _connected(bot: Bot, timing: Timing) -> None:
    """Wait until Telegram answers, and give it the menu; without it there is nothing else to do."""
    pause = timing.first_pause
    while True:
        try:
            await bot.initialize()
            await bot.set_my_commands(commands.menu())
            logger.info("Telegram answers: @%s", bot.username)
            return
        except (NetworkError, RetryAfter) as error:
            wait = max(pause, silence(error))
            logger.warning("Telegram does not answer: %s; tried again in %.0f s", error, wait)
            await asyncio.sleep(wait)
            pause = min(2 * pause, LONGEST_PAUSE)


async def _ask(_settings: Settings, bot: Bot, inbox: Inbox) -> None:
    await bot.delete_webhook()
    await Polling(bot, inbox, allowed=ALLOWED).run()


async def _be_called(settings: Settings, bot: Bot, inbox: Inbox) -> None:
    secret = settings.telegram_webhook_secret or _own_secret(settings)
    url = str(settings.telegram_webhook_url)
    app = webhook.make_app(bot, inbox, path=urlsplit(url).path or "/", secret=secret)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.telegram.host, settings.telegram.port).start()
        await bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED)
        logger.info("listening on %s for %s", settings.telegram.url, url)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


def _own_secret(settings: Settings) -> str:
    """Return the secret of an operator who gave none: without one, anybody could call."""
    return hmac.new(settings.secret(), b"telegram webhook", hashlib.sha256).hexdigest()
