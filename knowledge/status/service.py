"""The one door to an application's status, whatever stands behind it."""

from __future__ import annotations

import logging
import os
from typing import Mapping, Optional

from knowledge import clock
from knowledge.errors import PlatformUnavailable, SettingError, StoreUnavailable
from knowledge.settings import Settings
from knowledge.status import demo, identity, platform_mapping, words
from knowledge.status.own import OwnProvider
from knowledge.status.platform import PlatformProvider
from knowledge.status.provider import StatusProvider
from knowledge.store import applications
from knowledge.store.engine import Engine
from knowledge.tries import Tries
from knowledge.values.status import ApplicationStatus, LookUp

NOT_FOUND = LookUp(outcome="not_found")
LOG = logging.getLogger(__name__)


class StatusService:
    """Answers how far an application has got."""

    def __init__(self, provider: StatusProvider, *, tries: Tries) -> None:
        self._provider = provider
        self._tries = tries

    def look_up(self, application_no: str, *, check: str, who: str = "") -> LookUp:
        """Return what `who` may know; a wrong number, a wrong check and too many tries give the same NOT_FOUND.

        “” is staff at this machine, whom only the limit of the number meets.
        """
        number, last_four = identity.clean_number(application_no), identity.clean_check(check)
        if number is None or last_four is None:
            return NOT_FOUND
        try:
            status = self._allowed(number, last_four, who)
        except (PlatformUnavailable, StoreUnavailable) as error:
            LOG.warning("no status can be had: %s", error)
            return LookUp(outcome="unavailable", phone=words.phone())
        return LookUp(outcome="found", status=status) if status else NOT_FOUND

    def _allowed(self, number: str, check: str, who: str) -> Optional[ApplicationStatus]:
        """Return the status; whatever fails does the same work, so that the time it takes tells nothing."""
        spent = self._tries.spent(who, number)
        status = self._provider.lookup(number, check=check)
        if status is not None and not spent:
            return status
        self._tries.failed(who, number, spent=spent)
        return None


def build(settings: Settings, engine: Engine, *, environ: Mapping[str, str] = os.environ) -> StatusService:
    """Return the service on the real platform where `YJS_STATUS_URL` is set, else on our own tables."""
    tries = Tries(engine, settings.secret(), lambda: clock.now(settings), purpose="status")
    return StatusService(_provider(settings, engine, environ), tries=tries)


def _provider(settings: Settings, engine: Engine, environ: Mapping[str, str]) -> StatusProvider:
    own = OwnProvider(engine, secret=settings.secret(), today=lambda: clock.now(settings).date())
    if demo.allowed(settings, engine=engine):
        invented = demo.DemoProvider(own)
        invented.refresh()
        return invented
    applications.remove_demo(engine)
    if settings.status_url is None:
        return own
    if not settings.status_url.startswith(("http://", "https://")):
        raise SettingError(f"YJS_STATUS_URL={settings.status_url!r} is no HTTP address. Give for example https://HOST.")
    mapping = platform_mapping.load(settings.status_mapping)
    return PlatformProvider(settings.status_url, mapping=mapping, today=own.today, environ=environ)
