"""Guides into force and out of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Optional, Sequence

from knowledge.editing import library
from knowledge.search import phrases
from knowledge.store import matters as store
from knowledge.store.engine import Engine
from knowledge.store.matters import Publication
from knowledge.values.guide import Matter


def load(engine: Engine, *, at: dt.datetime, paths: Optional[Sequence[Path]] = None) -> tuple[str, ...]:
    """Publish every content file whose matter differs from what is in force; return the codes published."""
    return _publish_changed(engine, library.read_all(paths or library.content_files()), Publication(by="content", reviewed_by=None, at=at))


def publish(engine: Engine, path: Path, *, by: str, reviewed_by: str, at: dt.datetime) -> tuple[Matter, bool]:
    """Publish one file; return its matter and whether it differs from what was in force."""
    (matter,) = library.read_all([path])
    return matter, bool(_publish_changed(engine, (matter,), Publication(by=by, reviewed_by=reviewed_by, at=at)))


def _publish_changed(engine: Engine, matters: Sequence[Matter], publication: Publication) -> tuple[str, ...]:
    known = store.published_fingerprints(engine)
    changed = [matter for matter in matters if known.get(matter.code) != store.fingerprint(matter)]
    if changed:
        store.publish(engine, [(matter, phrases.of(matter)) for matter in changed], publication=publication)
    return tuple(matter.code for matter in changed)
