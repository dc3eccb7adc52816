"""Whether a service of ours answers, and Rasa's first sentence, which takes longest."""

from __future__ import annotations

import json
import urllib.request
from http.client import HTTPException

SECONDS = 3.0
FIRST_SECONDS = 60.0
# Any sentence will do: it is understood and stored nowhere.
FIRST_SENTENCE = "给孩子上户口要带什么材料"


def answers(url: str) -> bool:
    """Tell whether `url` says 200 within `SECONDS`."""
    return _is_ok(urllib.request.Request(url), seconds=SECONDS)


def warm_up(rasa_url: str) -> bool:
    """Let Rasa understand one sentence, so that dictionaries and encoder are loaded before the first citizen comes."""
    body = json.dumps({"text": FIRST_SENTENCE}).encode()
    request = urllib.request.Request(f"{rasa_url}/model/parse", body, {"Content-Type": "application/json"})
    return _is_ok(request, seconds=FIRST_SECONDS)


def _is_ok(request: urllib.request.Request, *, seconds: float) -> bool:
    # Proxies that the machine is set to use have nothing to do with its own addresses.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=seconds) as response:
            return bool(response.status == 200)
    except (OSError, HTTPException):
        return False
