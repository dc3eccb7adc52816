"""Every error that `knowledge` raises on purpose.

KnowledgeError
├── ContentError          a guide file is wrong: file, line, fault, mend
├── NotOnFile             a matter, region or version that nobody has published
├── Refused               a step of an editor that the rules forbid
├── SettingError          an environment variable that cannot be used
├── StoreUnavailable      the database cannot be reached or is locked
└── PlatformUnavailable   the status service of a real platform does not answer
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence


class KnowledgeError(Exception):
    """Something the caller can be told in one sentence."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a content file: where, what, and how to mend it."""

    file: str
    line: int
    fault: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.fault} {self.mend}"


class ContentError(KnowledgeError):
    """A content file has faults; nothing of it was loaded."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class NotOnFile(KnowledgeError):
    """What was asked for is not published."""


class Refused(KnowledgeError):
    """What an editor wants to do is not theirs to do, or not yet."""


class SettingError(KnowledgeError):
    """A setting has a value that cannot be used."""


class StoreUnavailable(KnowledgeError):
    """The database does not answer."""


class PlatformUnavailable(KnowledgeError):
    """A real platform's status service does not answer."""
