"""Invented applications for trying the assistant out; they never exist beside a real provider."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Optional, Sequence

from pydantic import parse_obj_as
from ruamel.yaml import YAML

from knowledge.rules.working_days import add_working_days
from knowledge.settings import Settings
from knowledge.status import identity
from knowledge.status.own import OwnProvider
from knowledge.store import applications
from knowledge.store.engine import Engine
from knowledge.values.base import value
from knowledge.values.status import (
    ApplicationStatus,
    Event,
    State,
    StoredApplication,
    StoredItem,
)

FILE = Path(__file__).parent.parent / "content" / "demo_applications.yml"


@value
class DemoEvent:
    """An event `ago` working days before the day on which the demo is looked at."""

    state: State
    ago: int
    note: Optional[str] = None


@value
class DemoItem:
    """One department's item of an invented application."""

    name: str
    department: str
    limit_days: Optional[int] = None
    timeline: tuple[DemoEvent, ...]


@value
class DemoApplication:
    """An invented application with its check in clear."""

    application_no: str
    check: str
    matter: str
    region: str
    state: State
    items: tuple[DemoItem, ...]


@dataclass(frozen=True, kw_only=True)
class DemoListing:
    """What `yjs status --demo` prints of an invented application."""

    application_no: str
    check: str
    matter: str
    state: State


class DemoProvider:
    """Our own provider, with the invented applications moved along every day so that they never grow old."""

    def __init__(self, own: OwnProvider) -> None:
        self._own = own
        self._loaded_on: Optional[dt.date] = None

    def lookup(self, application_no: str, *, check: str) -> Optional[ApplicationStatus]:
        """Return the status as OwnProvider does, on timelines counted back from today."""
        self.refresh()
        return self._own.lookup(application_no, check=check)

    def refresh(self) -> None:
        """Put the demo on file as of today, once a day."""
        today = self._own.today()
        if self._loaded_on != today:
            load(self._own.engine, secret=self._own.secret, today=today)
            self._loaded_on = today


def allowed(settings: Settings, *, engine: Engine) -> bool:
    """Tell whether the demo may exist: no real platform is set and our own tables hold nothing real."""
    return settings.status_url is None and not applications.has_real(engine)


def demo_listing(settings: Settings, *, engine: Engine) -> tuple[DemoListing, ...]:
    """Return number, check, matter and state of every invented application; none where the demo may not exist."""
    if not allowed(settings, engine=engine):
        return ()
    names = [field.name for field in dataclasses.fields(DemoListing)]
    return tuple(DemoListing(**{name: getattr(demo, name) for name in names}) for demo in demo_applications())


@lru_cache(maxsize=1)
def demo_applications() -> tuple[DemoApplication, ...]:
    """Return the invented applications of `demo_applications.yml`."""
    return parse_obj_as(tuple[DemoApplication, ...], YAML(typ="safe").load(FILE.read_text(encoding="utf-8")))


def load(engine: Engine, *, secret: bytes, today: dt.date) -> None:
    """Put the demo on file with timelines counted back from `today`; write nothing where it stands there already."""
    wanted = [_stored(demo, today) for demo in demo_applications()]
    if not _on_file(applications.all_demo(engine), wanted, secret):
        applications.replace_demo(engine, [_hashed(one, secret) for one in wanted])


def _on_file(stored: Sequence[StoredApplication], wanted: Sequence[StoredApplication], secret: bytes) -> bool:
    found = {one.application_no: one for one in stored}
    return len(found) == len(wanted) and all(_equal(found.get(one.application_no), one, secret) for one in wanted)


def _equal(stored: Optional[StoredApplication], wanted: StoredApplication, secret: bytes) -> bool:
    if stored is None or dataclasses.replace(stored, check_hash=wanted.check_hash) != wanted:
        return False
    return identity.check_matches(
        wanted.check_hash, stored=stored.check_hash, application_no=wanted.application_no, secret=secret
    )


def _hashed(wanted: StoredApplication, secret: bytes) -> StoredApplication:
    hashed = identity.hash_check(wanted.check_hash, application_no=wanted.application_no, secret=secret)
    return dataclasses.replace(wanted, check_hash=hashed)


def _stored(demo: DemoApplication, today: dt.date) -> StoredApplication:
    """Return what is to be on file, with the check still in clear in the place of its hash."""
    return StoredApplication(
        application_no=demo.application_no,
        check_hash=demo.check,
        matter=demo.matter,
        region=demo.region,
        state=demo.state,
        demo=True,
        items=tuple(_item(item, today) for item in demo.items),
    )


def _item(item: DemoItem, today: dt.date) -> StoredItem:
    return StoredItem(
        name=item.name,
        department=item.department,
        limit_days=item.limit_days,
        timeline=tuple(
            Event(state=event.state, on=add_working_days(today, -event.ago).date, note=event.note)
            for event in item.timeline
        ),
    )
