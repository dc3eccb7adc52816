"""The processes of this installation: what starts each one, and what tells that it answers."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Optional

from knowledge.settings import Listen, Settings


@dataclass(frozen=True)
class Service:
    """One process; `health` is a URL that answers 200 once it works, None where being alive has to do."""

    name: str
    argv: tuple[str, ...]
    health: Optional[str]


def services(settings: Settings, *, model: Path) -> tuple[Service, ...]:
    """Return everything to be started, with Telegram where there is a token and a program for it."""
    return (
        _actions(settings.actions),
        _rasa(settings.rasa, model),
        Service("web", _python("bot.channels.web"), f"{settings.web.url}/healthz"),
        *((Service("telegram", _python("bot.channels.telegram"), None),) if telegram_wanted(settings) else ()),
    )


def telegram_wanted(settings: Settings) -> bool:
    """Tell whether the Telegram process is to be started."""
    return settings.telegram_token is not None and importlib.util.find_spec("bot.channels.telegram") is not None


def listens(settings: Settings) -> Mapping[str, Listen]:
    """Return every address that will be listened on, by its setting."""
    wanted = {"YJS_WEB_LISTEN": settings.web, "YJS_RASA_LISTEN": settings.rasa, "YJS_ACTIONS_LISTEN": settings.actions}
    if telegram_wanted(settings) and settings.telegram_webhook_url:
        wanted["YJS_TELEGRAM_LISTEN"] = settings.telegram
    return wanted


def environment(settings: Settings, *, given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of every process: what was given, after what keeps Rasa quiet, local and light."""
    return {**_QUIET, **given, **_ours(settings)}


def serving(environ: Mapping[str, str]) -> dict[str, str]:
    """Return `environ` for processes that answer: one sentence is too little work to share among threads; training is not.

    Memory is given back early and taken from two heaps instead of one a thread: 16 MB less in Rasa, 18 in the action server.
    """
    return {**_ONE_THREAD, **_SPARING, **environ}


def _ours(settings: Settings) -> dict[str, str]:
    return {
        "YJS_DATA_DIR": str(settings.data_dir),
        # endpoints.yml reads this one.
        "YJS_ACTIONS_URL": settings.actions.url,
        # rasa-sdk listens on every address unless this names one.
        "SANIC_HOST": settings.actions.host,
        "MPLCONFIGDIR": str(settings.data_dir / "cache" / "matplotlib"),
        "RASA_CACHE_DIRECTORY": str(settings.data_dir / "cache" / "rasa"),
    }


_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_SPARING = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_MMAP_THRESHOLD_": "131072"}
_QUIET = {
    # Rasa would wait for a host that it cannot reach.
    "RASA_TELEMETRY_ENABLED": "false",
    "HF_HUB_OFFLINE": "1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore::DeprecationWarning",
    "PYTHONUNBUFFERED": "1",
    "MPLBACKEND": "Agg",
}


def _actions(listen: Listen) -> Service:
    return Service("actions", _python("rasa_sdk", "--actions", "actions", "--port", str(listen.port)), f"{listen.url}/health")


def _rasa(listen: Listen, model: Path) -> Service:
    # Without --enable-api Rasa has no routes that would hand out anybody's conversation.
    argv = _python(
        *("rasa", "run", "--interface", listen.host, "--port", str(listen.port), "--model", str(model)),
        *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
    )
    return Service("rasa", argv, f"{listen.url}/")


def _python(module: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *arguments)
