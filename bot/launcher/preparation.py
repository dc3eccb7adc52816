"""What the processes find when they start: a key, a database of today's shape, what is published, the demo."""

from __future__ import annotations

import datetime as dt

from bot.launcher.report import Say
from knowledge import clock
from knowledge.editing import publishing
from knowledge.errors import ContentError
from knowledge.settings import Settings
from knowledge.status import demo
from knowledge.store import matters as store
from knowledge.store.engine import Engine, masked_url, migrate, open_engine


def prepare(settings: Settings, *, say: Say) -> None:
    """Make everything ready that is kept; what is there already stays."""
    prepare_database(settings, say=say)
    prepare_content(settings, say=say)


def prepare_database(settings: Settings, *, say: Say) -> None:
    """Make the key and the database in the shape that the processes expect."""
    settings.secret()
    engine = open_engine(settings.database_url)
    migrate(engine)
    engine.dispose()
    say(f"database {masked_url(settings.database_url)}")


def prepare_content(settings: Settings, *, say: Say) -> None:
    """Publish what the content folder says anew, and move the demo to today; running processes see both at once."""
    now = clock.now(settings)
    engine = open_engine(settings.database_url)
    said = _load(engine, now)
    if demo.allowed(settings, engine=engine):
        demo.load(engine, secret=settings.secret(), today=now.date())
    engine.dispose()
    say(said)


def _load(engine: Engine, now: dt.datetime) -> str:
    """Publish the content folder; a faulty one stops nothing while an older version answers."""
    try:
        published = publishing.load(engine, at=now).published
    except ContentError as error:
        if not store.published_fingerprints(engine):
            raise
        return f"content: not loaded, the versions published before go on\n{error}"
    return f"content: {len(published)} matters published" if published else "content: up to date"
