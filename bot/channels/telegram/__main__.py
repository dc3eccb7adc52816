"""Serve Telegram until stopped: `python -m bot.channels.telegram`."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys

from telegram.error import InvalidToken

from bot.channels.telegram.process import serve
from knowledge import settings
from knowledge.errors import KnowledgeError

logger = logging.getLogger(__name__)


def main() -> int:
    """Read the settings and serve; tell the operator what went wrong in words."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # It would write every address that is called, and the token is part of it.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        asyncio.run(_until_stopped())
    except InvalidToken:
        logger.error("Telegram does not know this bot. Give in YJS_TELEGRAM_TOKEN the token that @BotFather shows.")
        return 1
    except KnowledgeError as error:
        logger.error("%s", error)
        return 1
    return 0


async def _until_stopped() -> None:
    serving = asyncio.create_task(serve(settings.load()))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
    try:
        await serving
    except asyncio.CancelledError:
        logger.info("stopped")


if __name__ == "__main__":
    sys.exit(main())
