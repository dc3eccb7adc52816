"""From draft to published: handed in, reviewed by somebody else, published now or at a set time, taken back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Optional, Sequence

from knowledge.editing import accounts, library, publishing
from knowledge.errors import Refused
from knowledge.store import drafts as store
from knowledge.store import matters
from knowledge.store.engine import Engine
from knowledge.values.editing import Did, Draft, Publication
from knowledge.values.guide import Matter
from knowledge.wording import tell


def submit(engine: Engine, changed: Sequence[Matter], *, author: str, why: str, at: dt.datetime) -> tuple[int, ...]:
    """Hand in changed matters, all of them or none; return the numbers of their drafts."""
    accounts.require(engine, author, "author")
    known = matters.published_fingerprints(engine)
    for matter in changed:
        if known.get(matter.code) == matters.fingerprint(matter):
            raise Refused(tell("nothing_changed", name=matter.name))
    return store.submit(engine, changed, author=author, why=why, at=at)


def review(engine: Engine, number: int, *, by: str, accept: bool, remark: Optional[str], at: dt.datetime) -> Draft:
    """Accept a draft or return it to its author; raise Refused where the author reviews their own."""
    accounts.require(engine, by, "reviewer")
    draft = store.get(engine, number)
    if draft.state != "submitted":
        raise Refused(tell("not_waiting", number=number))
    if draft.author == by:
        raise Refused(tell("own_draft", name=by))
    if not accept and not remark:
        raise Refused(tell("why_returned"))
    state: Did = "accepted" if accept else "returned"
    store.judge(engine, number, state="accepted" if accept else "returned", did=state, who=by, remark=remark, at=at)
    return store.get(engine, number)


def publish(engine: Engine, number: int, *, by: str, at: dt.datetime, begins_at: Optional[dt.datetime] = None) -> Draft:
    """Put an accepted draft in force, now or at `begins_at`; raise Refused where it was written over an older version."""
    accounts.require(engine, by, "publisher")
    draft = store.get(engine, number)
    if draft.state != "accepted":
        raise Refused(tell("not_accepted", number=number))
    newest = next(iter(matters.versions(engine, draft.matter.code)), None)
    if (newest.version if newest else 0) != draft.base_version:
        raise Refused(tell("moved_on", number=number, base=draft.base_version, newest=newest.version if newest else 0))
    if begins_at is not None and begins_at <= at:
        raise Refused(tell("in_the_past", moment=f"{begins_at:%Y-%m-%d %H:%M}"))
    publication = Publication(by=by, reviewed_by=draft.reviewer, at=at, why=draft.why, begins_at=begins_at, draft=number)
    publishing.put_in_force(engine, (draft.matter,), publication, did="scheduled" if begins_at else "published")
    return draft


def publish_file(engine: Engine, path: Path, *, by: str, reviewed_by: str, at: dt.datetime) -> tuple[Matter, bool]:
    """Publish a file in one step; return its matter and whether it differed from what was in force.

    Once there are accounts, exactly this content must have been accepted by `reviewed_by`; before that, both names are
    taken on trust.
    """
    if by.strip() == reviewed_by.strip():
        raise Refused(tell("own_draft", name=by))
    accounts.require(engine, by, "publisher")
    (matter,) = library.read_all([path])
    if matters.published_fingerprints(engine).get(matter.code) == matters.fingerprint(matter):
        return matter, False
    draft = None
    if accounts.in_use(engine):
        draft = store.accepted_by(engine, matters.fingerprint(matter))
        if draft is None or draft.reviewer != reviewed_by:
            raise Refused(tell("not_reviewed_by", name=reviewed_by, matter=matter.name))
    publication = Publication(by=by, reviewed_by=reviewed_by, at=at, draft=draft.number if draft else None)
    publishing.put_in_force(engine, (matter,), publication)
    return matter, True


def restore(engine: Engine, code: str, *, by: str, why: str, at: dt.datetime, to: Optional[int] = None) -> int:
    """Put an earlier version in force again and return its number.

    Where `to` is not given, it is the newest one if that was retired, else the one before it.
    """
    accounts.require(engine, by, "publisher")
    known = matters.versions(engine, code)
    earlier = known if known and known[0].retired_at else known[1:]
    number = to if to is not None else earlier[0].version if earlier else None
    if number is None:
        raise Refused(tell("nothing_earlier", code=code))
    matter = matters.version(engine, code, number)
    reviewed_by = next((one.reviewed_by for one in known if one.version == number), None)
    publication = Publication(by=by, reviewed_by=reviewed_by, at=at, why=f"恢复第 {number} 版：{why}")
    publishing.put_in_force(engine, (matter,), publication, did="restored")
    return number


def retire(engine: Engine, code: str, *, by: str, reason: str, at: dt.datetime) -> None:
    """Take a matter out of force."""
    accounts.require(engine, by, "publisher")
    matters.retire(engine, code, by=by, reason=reason, at=at)


def cancel(engine: Engine, code: str, *, by: str, why: str, at: dt.datetime) -> None:
    """Take back a version that waits for its moment."""
    accounts.require(engine, by, "publisher")
    matters.cancel(engine, code, by=by, why=why, at=at)
