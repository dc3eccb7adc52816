"""`python -m bot.evaluation --model PATH`: parse the evaluation sets and print the figures."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import os
import tempfile
import time
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence

import click
from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from bot.evaluation import lines, measures
from bot.evaluation.lines import Line
from bot.evaluation.measures import Understood
from knowledge import settings
from knowledge.editing import publishing
from knowledge.store.engine import migrate, open_engine

SETS = ("dev", "test")


@click.command()
@click.option("--model", type=click.Path(path_type=Path, exists=True), help="a model file or a folder of them; default: the data folder's")
@click.option("--out", type=click.Path(path_type=Path), help="where the figures go as JSON; default: evaluation.json in the data folder")
@click.option("--wrong", is_flag=True, help="print the lines of dev that were misunderstood (never those of test)")
def main(model: Optional[Path], out: Optional[Path], wrong: bool) -> None:
    """Measure how well a trained model understands."""
    configure_structlog(logging.WARNING)
    here = settings.load()
    agent = Agent.load(str(model or here.models_dir))
    with tempfile.TemporaryDirectory() as folder:
        _publish_content(f"sqlite:///{folder}/evaluation.db")
        understood = {name: asyncio.run(_parse(agent, lines.read(name))) for name in SETS}
    figures = {name: measures.report(ones) for name, ones in understood.items()}
    _write(out or here.data_dir / "evaluation.json", figures)
    _print(figures)
    if wrong:
        _print_wrong(understood["dev"])


def _publish_content(url: str) -> None:
    """Scores hold for the content folder, whatever this machine has published: the components read a database of their own."""
    engine = open_engine(url)
    migrate(engine)
    publishing.load(engine, at=dt.datetime.now(dt.timezone.utc))
    os.environ["YJS_DATABASE_URL"] = url


async def _parse(agent: Agent, asked: Sequence[Line]) -> list[Understood]:
    await agent.parse_message(asked[0].text)  # the first message loads what is published
    understood = []
    for line in asked:
        start = time.perf_counter()
        parse = await agent.parse_message(line.text)
        understood.append(Understood.of(line, parse, time.perf_counter() - start))
    return understood


def _write(path: Path, figures: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


def _print(figures: Mapping[str, Mapping[str, Any]]) -> None:
    for key in figures[SETS[0]]:
        for name, values in figures.items():
            click.echo(f"{key:28} {name:5} {_plain(values[key])}")


def _plain(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    return "  ".join(f"{key} {_plain(inner) if not isinstance(inner, dict) else inner['f1']}" for key, inner in value.items())


def _print_wrong(understood: Sequence[Understood]) -> None:
    for one in understood:
        line, code = one.line, one.matter["code"] or one.matter["status"]
        if one.act != line.act or line.in_scope and not one.matter_right or one.aspects != line.aspects and line.act == "ask":
            right = f"{line.act} {'|'.join(line.matters)} {sorted(line.aspects)}"
            click.echo(f"{line.text}\n    right {right}\n    said  {one.act} {code} {one.candidates[:2]} {sorted(one.aspects)}")


if __name__ == "__main__":
    main()
