"""Serve the web page until stopped: `python -m bot.channels.web`."""

from __future__ import annotations

import logging

from aiohttp import web

from bot.channels.web.server import make_app
from knowledge import settings

# Open connections get this long to end; the launcher stops everything within 10 seconds.
SHUTDOWN_SECONDS = 3


def main() -> None:
    """Read the settings and serve."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    given = settings.load()
    # No access log: addresses of citizens are nobody's business here.
    web.run_app(make_app(given), host=given.web.host, port=given.web.port, shutdown_timeout=SHUTDOWN_SECONDS, access_log=None)


if __name__ == "__main__":
    main()
