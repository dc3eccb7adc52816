"""Somebody who talks with the whole of `knowledge`, on a database of their own and at a moment that can be moved."""

from __future__ import annotations

import dataclasses
import uuid
from pathlib import Path
from typing import Any, Optional

import sqlalchemy as sa

from knowledge import assistant, clock
from knowledge.conversation.context import Context
from knowledge.settings import Settings, load
from knowledge.store import checklists, tables_of_people
from knowledge.store.engine import Engine, open_engine
from knowledge.store.references import References
from knowledge.values.answer import Answer
from knowledge.values.utterance import Utterance
from tests.installation import copied


def emptied(engine: Engine) -> None:
    """Take out what belongs to people: other tests talk on the shared content."""
    with engine.begin() as connection:
        for table in vars(tables_of_people).values():
            if isinstance(table, sa.Table):
                connection.execute(table.delete())


# What `published_otherwise` lets a list have had, and what its news name.
DROPPED = "计划生育证明"


def published_otherwise(engine: Engine, holder: str, matter: str = "newborn") -> None:
    """Let a list have been shown with a line that is not published any more, and nobody have told that."""
    kept = checklists.find(engine, holder, matter)
    assert kept is not None
    checklists.see(engine, holder, kept.number, {**kept.seen, "dropped": f"{DROPPED}|original|1|required|None"}, revision=-1)


class House:
    """An installation without processes; `at` moves it to another moment."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.here = assistant.build(settings)

    @classmethod
    def built(cls, content: Engine, folder: Path) -> House:
        """Return one with the content on file, on Friday 20 November 2026."""
        copied(content, folder / "yjs.db")
        emptied(open_engine(f"sqlite:///{folder / 'yjs.db'}"))
        return cls(load({"YJS_DATA_DIR": str(folder), "YJS_SECRET": "一把钥匙", "YJS_NOW": "2026-11-20T10:00:00"}))

    def at(self, now: str) -> House:
        """Return the same installation at another moment."""
        return House(dataclasses.replace(self.settings, now=now))

    def person(self) -> Person:
        """Return somebody who was never here."""
        return Person(self)

    @property
    def file(self) -> bytes:
        """Return everything that is stored."""
        return b"".join(path.read_bytes() for path in self.settings.data_dir.iterdir() if path.is_file())


class Person:
    """One holder with a conversation."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.holder = uuid.uuid4().hex
        self.context = Context(greeted=True)

    def at(self, now: str) -> None:
        """Let time go by."""
        self.house = self.house.at(now)

    def says(self, text: str, act: str = "ask", matter: Optional[str] = None, **heard: Any) -> Answer:
        status = heard.pop("matter_status", "clear" if matter else "none")
        utterance = Utterance(text=text, act=act, matter=matter, matter_status=status, **heard)
        turn = self.house.here.conversation.take(self.context, utterance, holder=self.holder)
        self.context = Context.from_dict(turn.context.to_dict())
        return turn.answer

    def sealed(self, number: str) -> str:
        """Return the reference that the door leaves in the place of a number."""
        here = self.house.here
        return References(here.engine, here.settings.secret(), lambda: clock.now(self.house.settings)).seal(self.holder, number)

