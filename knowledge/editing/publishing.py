"""Guides into force and out of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Optional, Sequence

from knowledge.editing import library
from knowledge.search import phrases
from knowledge.store import matters as store
from knowledge.store.engine import Engine
from knowledge.store.matters import Publication
from knowledge.values.guide import Matter


@dataclass(frozen=True)
class Loaded:
    """What came of loading the content folder: codes published, and codes left to the editor who changed them last."""

    published: tuple[str, ...]
    left: Mapping[str, str]


def load(engine: Engine, *, at: dt.datetime, paths: Optional[Sequence[Path]] = None) -> Loaded:
    """Publish every content file that differs from what is in force, but never over an editor's own version or retirement."""
    matters = library.read_all(paths or library.content_files())
    left = store.kept_by_editors(engine)
    ours = [matter for matter in matters if matter.code not in left]
    publication = Publication(by=store.CONTENT_FOLDER, reviewed_by=None, at=at)
    return Loaded(published=_publish_changed(engine, ours, publication), left=left)


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
