"""A list from its file into force: everything checked first, then written batch by batch, then put in force at once."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional, Sequence, TypeVar

from knowledge.items import reading
from knowledge.store import items as store
from knowledge.store.engine import Engine
from knowledge.values.items import ListedItem, ListedQuestion, Listing

BATCH = 500
Progress = Callable[[int, int], None]
Row = TypeVar("Row", ListedItem, ListedQuestion)


@dataclass(frozen=True)
class Imported:
    """What an import came to: how many rows the file has, and how many of them were already there from an interrupted one."""

    items: int
    questions: int
    gone_on_from: int
    unchanged: bool
    ignored: tuple[str, ...]
    absent: tuple[str, ...]


def run(
    engine: Engine,
    path: Path,
    *,
    region: str,
    title: str,
    by: str,
    now: Callable[[], dt.datetime],
    issuer: Optional[str] = None,
    verified_on: Optional[dt.date] = None,
    progress: Progress = lambda done, whole: None,
) -> Imported:
    """Put the list of `path` in force for `region`; `progress` hears (rows on file, rows in all) after every batch.

    Interrupted at any moment, what was in force stays so, and the same call goes on after the last row on file.
    """
    listing = Listing(region=region, title=title, issuer=issuer, verified_on=verified_on, digest=_digest(path))
    contents = reading.read(path)
    if any(_same(one, listing) for one in store.in_force(engine)):
        return _imported(contents, done=0, unchanged=True)
    pk = store.begin(engine, listing, by=by, at=now())
    already = sum(store.counts(engine, pk))
    whole = len(contents.items) + len(contents.questions)
    progress(already, whole)
    _write(engine, pk, contents.items, progress=lambda done: progress(done, whole))
    _write(engine, pk, contents.questions, progress=lambda done: progress(len(contents.items) + done, whole))
    store.finish(engine, pk, region=region, at=now())
    return _imported(contents, done=already, unchanged=False)


def _write(engine: Engine, pk: int, rows: Sequence[Row], *, progress: Callable[[int], None]) -> None:
    """Write what follows the last row on file."""
    after = store.last_row(engine, pk, type(rows[0])) if rows else 0
    rest = [row for row in rows if row.row > after]
    for start in range(0, len(rest), BATCH):
        batch = rest[start : start + BATCH]
        store.add(engine, pk, batch, after=after)
        after = batch[-1].row
        progress(len(rows) - len(rest) + start + len(batch))


def _same(known: Listing, listing: Listing) -> bool:
    return all(getattr(known, name) == entry for name, entry in vars(listing).items())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _imported(contents: reading.Contents, *, done: int, unchanged: bool) -> Imported:
    return Imported(
        items=len(contents.items),
        questions=len(contents.questions),
        gone_on_from=done,
        unchanged=unchanged,
        ignored=contents.ignored,
        absent=contents.absent,
    )
