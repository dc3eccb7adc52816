"""`python -m bot.evaluation --model PATH`: ask the model everything that is known, print the figures, write JSON and a page."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence

import click
from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from bot.evaluation import left_out, lines, measures, naming, parsing, reference, report
from bot.evaluation.lines import Named, Naming
from bot.evaluation.measures import Understood
from bot.evaluation.table import table
from bot.nlu.published import published
from knowledge import settings


@dataclass(frozen=True)
class Asked:
    """What the model made of everything."""

    sets: Mapping[str, Sequence[Understood]]
    named: Sequence[tuple[Naming, Sequence[Named]]]
    spoiled: Mapping[str, Any]


@click.command()
@click.option("--model", type=click.Path(path_type=Path, exists=True), help="a model file or a folder of them; default: the data folder's")
@click.option("--out", type=click.Path(path_type=Path), help="where the figures go as JSON; default: evaluation.json in the data folder")
@click.option("--report", "page", type=click.Path(path_type=Path), help="where the page goes; default: evaluation.html in the data folder")
@click.option("--wrong", is_flag=True, help="print what was misunderstood in dev and in entities.yml (never in test)")
@click.option("--beside-reference", is_flag=True, help="also ask the reference of `make bench` (Rasa's own pipeline), if it is trained")
def main(model: Optional[Path], out: Optional[Path], page: Optional[Path], wrong: bool, beside_reference: bool) -> None:
    """Measure how well a trained model understands."""
    configure_structlog(logging.WARNING)
    here = settings.load()
    file = _newest(model or here.models_dir)
    with tempfile.TemporaryDirectory() as folder:
        _use(f"sqlite:///{folder}/evaluation.db")
        asked = asyncio.run(_ask(Agent.load(str(file))))
        figures = _figures(asked, file)
        names = published().current().names
    _write(out or here.data_dir / "evaluation.json", json.dumps(figures, ensure_ascii=False, indent=1))
    _write(page or here.data_dir / "evaluation.html", report.page(figures, names=names))
    click.echo(table(figures))
    if wrong:
        _print_wrong(asked)
    if beside_reference:
        click.echo(reference.beside(here.data_dir / "bench", asked.sets))


def _newest(given: Path) -> Path:
    return max(given.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime) if given.is_dir() else given


def _use(url: str) -> None:
    """Let the components read a database and a moment of their own."""
    parsing.publish_content(url)
    os.environ.update(YJS_DATABASE_URL=url, YJS_NOW=parsing.NOON)


async def _ask(agent: Agent) -> Asked:
    understood = {name: await parsing.understand(agent, lines.read(name)) for name in lines.SETS}
    named = await parsing.find_named(agent, lines.read_entities())
    return Asked(sets=understood, named=named, spoiled=await parsing.spoiled(agent, understood["dev"]))


def _figures(asked: Asked, model: Path) -> dict[str, Any]:
    return {
        "model": model.name.removesuffix(".tar.gz"),
        "date": f"{dt.date.today():%Y-%m-%d}",
        "dev": measures.report(asked.sets["dev"], quote=True),
        "test": measures.report(asked.sets["test"]),
        "training": measures.report(left_out.understand(model)),
        "robustness": asked.spoiled,
        "entities": {"sentences": len(asked.named), "kinds": naming.report(asked.named)},
    }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _print_wrong(asked: Asked) -> None:
    for one in asked.sets["dev"]:
        line = one.line
        if one.act != line.act or line.in_scope and not one.matter_right or not one.aspects_right and line.act == "ask":
            click.echo(f"{line.text}\n    right {line.act} {'|'.join(line.matters)} {sorted(line.aspects)}")
            click.echo(f"    said  {one.act} {one.said_label} {one.offered[:2]} {sorted(one.aspects)}")
    for title, missed in (("missed", naming.missed(asked.named)), ("added", naming.added(asked.named))):
        for text, named in missed:
            click.echo(f"{title}: {named.kind} {named.text} {named.value or ''} in {text}")


if __name__ == "__main__":
    main()
