"""What the processes find when they start: a key, a database of today's shape, what is published, the demo."""

from __future__ import annotations

from bot.launcher.report import Say
from knowledge import clock
from knowledge.editing import publishing
from knowledge.settings import Settings
from knowledge.status import demo
from knowledge.store.engine import masked_url, migrate, open_engine


def prepare(settings: Settings, *, say: Say) -> None:
    """Make everything ready that is kept; what is there already stays."""
    now = clock.now(settings)
    secret = settings.secret()
    engine = open_engine(settings.database_url)
    migrate(engine)
    changed = publishing.load(engine, at=now)
    if demo.allowed(settings, engine=engine):
        demo.load(engine, secret=secret, today=now.date())
    engine.dispose()
    say(f"database {masked_url(settings.database_url)}: {_published(changed)}")


def _published(changed: tuple[str, ...]) -> str:
    return f"{len(changed)} matters published" if changed else "content up to date"
