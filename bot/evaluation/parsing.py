"""The model asked: the evaluation sets as they are and spoiled, and its training lines as if it had not learned them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from typing import Any, Sequence

from rasa.core.agent import Agent

from bot.evaluation import measures, naming, spoiling
from bot.evaluation.counting import share
from bot.evaluation.lines import Line, Named, Naming
from bot.evaluation.measures import Understood
from knowledge.editing import publishing
from knowledge.store.engine import migrate, open_engine

# Sentences of entities.yml count days from here.
NOON = "2026-11-22T12:00:00"


def publish_content(url: str) -> None:
    """Publish the content folder in a new database: scores hold for it, whatever this machine has published."""
    engine = open_engine(url)
    migrate(engine)
    publishing.load(engine, at=dt.datetime.fromisoformat(NOON))


async def understand(agent: Agent, asked: Sequence[Line]) -> list[Understood]:
    """Return what the model makes of every line, one after the other."""
    await agent.parse_message(asked[0].text)  # the first message loads what is published
    return [await _understood(agent, line) for line in asked]


async def find_named(agent: Agent, sentences: Sequence[Naming]) -> list[tuple[Naming, tuple[Named, ...]]]:
    """Return what every sentence names beside what the model found in it."""
    replies = [await agent.parse_message(one.text) for one in sentences]
    return [(one, naming.found(one.text, reply["entities"])) for one, reply in zip(sentences, replies)]


async def spoiled(agent: Agent, plain: Sequence[Understood]) -> dict[str, Any]:
    """Return for every way to spoil a sentence what is still right, and the points lost beside the plain ones."""
    return {name: await _spoiled(agent, plain, name) for name in spoiling.WAYS}


async def _spoiled(agent: Agent, plain: Sequence[Understood], way: str) -> dict[str, float]:
    spoiled = [dataclasses.replace(one.line, text=spoiling.WAYS[way](one.line.text)) for one in plain]
    understood = await understand(agent, spoiled)
    matter, act = measures.matter(understood), measures.act(understood)
    return {
        "changed": share(list(zip(plain, spoiled)), lambda pair: pair[0].line.text != pair[1].text),
        "matter": matter,
        "matter_lost": round(measures.matter(plain) - matter, 4),
        "act": act,
        "act_lost": round(measures.act(plain) - act, 4),
    }


async def _understood(agent: Agent, line: Line) -> Understood:
    start = time.perf_counter()
    parse: Any = await agent.parse_message(line.text)
    return Understood.of(line, parse, time.perf_counter() - start)
