"""Whether a service of ours answers."""

from __future__ import annotations

import urllib.request
from http.client import HTTPException

SECONDS = 3.0


def answers(url: str) -> bool:
    """Tell whether `url` says 200 within `SECONDS`; proxies of the machine are not asked."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=SECONDS) as response:
            return bool(response.status == 200)
    except (OSError, HTTPException):
        return False
