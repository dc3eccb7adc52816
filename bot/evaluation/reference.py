"""The acts of Rasa's default Chinese pipeline beside ours, on the same lines; `make bench` trains it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, Mapping, Sequence

from rasa.core.agent import Agent

from bot.evaluation import measures
from bot.evaluation.counting import share
from bot.evaluation.measures import OUT_OF_SCOPE, Understood


def beside(folder: Path, sets: Mapping[str, Sequence[Understood]]) -> str:
    """Return the share of acts right, ours and its own; other business apart, since its lines call that a question."""
    models = sorted(folder.glob("reference-*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        return f"{folder} holds no model of the reference: `make bench` trains one (about ten minutes), then again"
    return "\n".join([models[-1].name, *asyncio.run(_rows(Agent.load(str(models[-1])), sets))])


async def _rows(agent: Agent, sets: Mapping[str, Sequence[Understood]]) -> list[str]:
    rows = []
    for name, understood in sets.items():
        ours = [one for one in understood if one.line.act != OUT_OF_SCOPE]
        parses: list[Any] = [await agent.parse_message(one.line.text) for one in ours]
        theirs = share(list(zip(ours, parses)), lambda pair: pair[1]["intent"]["name"] == pair[0].line.act)
        rows.append(f"{name}: act right, {len(ours)} lines: ours {measures.act(ours):.3f}, the reference {theirs:.3f}")
    return rows
