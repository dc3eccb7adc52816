"""Rasa's default Chinese pipeline beside ours, on the same lines: what somebody does, and which matter; `make bench` trains both."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Mapping, Optional, Sequence

from rasa.core.agent import Agent

from bot.evaluation import measures
from bot.evaluation.counting import share
from bot.evaluation.measures import OUT_OF_SCOPE, Understood


@dataclass(frozen=True)
class Compared:
    """One thing that both are asked: with which model, on which lines, and what counts as right."""

    name: str
    models: str
    asked: Callable[[Understood], bool]
    ours: Callable[[Sequence[Understood]], float]
    right: Callable[[Understood, Any], bool]


# Other business apart: its lines call that a question, and ours decides it by what is published.
ACT = Compared("act", "reference-*.tar.gz", lambda one: one.line.act != OUT_OF_SCOPE, measures.act, lambda one, label: label == one.line.act)
# Its own fallback is passed over, in its favour: what it thinks likeliest counts.
MATTER = Compared("matter", "matters.tar.gz", lambda one: one.line.in_scope, measures.matter, lambda one, label: label in one.line.matters)
INDIRECT = Compared("matter, indirect", "matters.tar.gz", lambda one: one.line.in_scope and one.line.variety == "indirect", MATTER.ours, MATTER.right)


def beside(folder: Path, sets: Mapping[str, Sequence[Understood]]) -> str:
    """Return the shares right, ours and its own."""
    return "\n".join(row for compared in (ACT, MATTER, INDIRECT) for row in _compared(folder, compared, sets))


def _compared(folder: Path, compared: Compared, sets: Mapping[str, Sequence[Understood]]) -> list[str]:
    model = _newest(folder, compared.models)
    if model is None:
        return [f"{compared.name}: {folder} holds no {compared.models}: `make bench REFERENCE=1` trains it (about ten minutes), then again"]
    return asyncio.run(_rows(Agent.load(str(model)), compared, sets))


def _newest(folder: Path, pattern: str) -> Optional[Path]:
    return max(folder.glob(pattern), key=lambda path: path.stat().st_mtime, default=None)


async def _rows(agent: Agent, compared: Compared, sets: Mapping[str, Sequence[Understood]]) -> list[str]:
    rows = []
    for name, understood in sets.items():
        asked = [one for one in understood if compared.asked(one)]
        labels = [_likeliest(await agent.parse_message(one.line.text)) for one in asked]
        theirs = share(list(zip(asked, labels)), lambda pair: compared.right(*pair))
        rows.append(f"{compared.name}, {name}, {len(asked)} lines: ours {compared.ours(asked):.3f}, the reference {theirs:.3f}")
    return rows


def _likeliest(parse: Mapping[str, Any]) -> str:
    ranking = [entry["name"] for entry in parse["intent_ranking"] if entry["name"] != "nlu_fallback"]
    return str(ranking[0]) if ranking else ""
