"""What moment it is: Asia/Shanghai, or the moment that `YJS_NOW` says (tests only)."""

from __future__ import annotations

import datetime as dt
from typing import Optional
from zoneinfo import ZoneInfo

from knowledge.errors import SettingError
from knowledge.settings import Settings

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now(settings: Settings) -> dt.datetime:
    """Return the present moment in Asia/Shanghai; raise SettingError where `YJS_NOW` is no date or time."""
    return _given(settings.now) or moment()


def moment() -> dt.datetime:
    """Return the present moment by this machine's clock, in Asia/Shanghai."""
    return dt.datetime.now(SHANGHAI)


def _given(text: Optional[str]) -> Optional[dt.datetime]:
    if text is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise SettingError(f"YJS_NOW={text!r} is no moment. Give for example 2026-11-22T09:30:00.") from error
    return local(moment)


def local(moment: dt.datetime) -> dt.datetime:
    """Return the moment in Asia/Shanghai; without a zone, as SQLite gives moments back, it is that already."""
    return moment.astimezone(SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
