"""Guides into force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Optional, Sequence

from knowledge.editing import library
from knowledge.search import phrases
from knowledge.store import matters as store
from knowledge.store.engine import Engine
from knowledge.values.editing import Did, Publication
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
    known = store.published_fingerprints(engine)
    changed = [matter for matter in matters if matter.code not in left and known.get(matter.code) != store.fingerprint(matter)]
    put_in_force(engine, changed, Publication(by=store.CONTENT_FOLDER, at=at))
    return Loaded(published=tuple(matter.code for matter in changed), left=left)


def put_in_force(engine: Engine, matters: Sequence[Matter], publication: Publication, *, did: Did = "published") -> None:
    """Publish matters with the phrases they are understood by, all of them or none."""
    if matters:
        store.publish(engine, [(matter, phrases.of(matter)) for matter in matters], publication=publication, did=did)
