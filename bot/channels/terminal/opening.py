"""What the commands work on: the knowledge base of this installation, made ready on first use."""

from __future__ import annotations

from knowledge import assistant, clock, settings
from knowledge.assistant import Assistant
from knowledge.editing import publishing
from knowledge.store.engine import migrate, open_engine


def assistant_here() -> Assistant:
    """Return the services on this installation's database; an empty one is filled from the content folder."""
    given = settings.load()
    migrate(open_engine(given.database_url))
    here = assistant.build(given, opened=assistant.in_clear)
    if not here.catalogues.current().matters:
        publishing.load(here.engine, at=clock.now(here.settings))
        return assistant.build(given, opened=assistant.in_clear)
    return here
