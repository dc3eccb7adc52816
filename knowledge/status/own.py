"""The status provider on our own tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Callable, Optional

from knowledge.status import identity
from knowledge.status.items import item_status
from knowledge.store import applications
from knowledge.store.engine import Engine
from knowledge.values.status import ApplicationStatus, StoredApplication


@dataclass(frozen=True)
class OwnProvider:
    """Looks applications up in the database; `today` says up to which day promised time is counted."""

    engine: Engine
    secret: bytes
    today: Callable[[], dt.date]

    def lookup(self, application_no: str, *, check: str) -> Optional[ApplicationStatus]:
        """Return the status, None alike for a wrong number and a wrong check; raise StoreUnavailable."""
        stored = applications.check_hash(self.engine, application_no)
        if not identity.check_matches(check, stored=stored, application_no=application_no, secret=self.secret):
            return None
        application = applications.find(self.engine, application_no)
        return status_of(application, today=self.today()) if application else None


def status_of(application: StoredApplication, *, today: dt.date) -> ApplicationStatus:
    """Return the status of a stored application on a day."""
    items = tuple(
        item_status(
            item.name, department=item.department, timeline=item.timeline, limit_days=item.limit_days, today=today
        )
        for item in application.items
    )
    return ApplicationStatus(
        application_no_masked=identity.mask(application.application_no),
        matter=application.matter,
        region=application.region,
        state=application.state,
        items=items,
    )
