"""What every source of statuses offers: the one seam between us and a platform."""

from __future__ import annotations

from typing import Optional, Protocol

from knowledge.values.status import ApplicationStatus


class StatusProvider(Protocol):
    """Knows applications by their number."""

    def lookup(self, application_no: str, *, check: str) -> Optional[ApplicationStatus]:
        """Return the status, None where number and check do not belong together; raise PlatformUnavailable."""
