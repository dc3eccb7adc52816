"""`yjs show|compare|changed`: for hotline staff, in two seconds, while somebody is on the phone."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Optional

import click

from bot.channels.terminal import asked
from bot.channels.terminal.opening import assistant_here
from bot.rendering import script
from knowledge import clock
from knowledge.assistant import Assistant
from knowledge.checklists import standing
from knowledge.editing import difference
from knowledge.errors import NotOnFile
from knowledge.store import history
from knowledge.store import matters as store
from knowledge.values.answer import Answer, Question
from knowledge.values.editing import Event
from knowledge.values.guide import ASPECTS, Matter
from knowledge.wording import label


@click.command(help="一件事的话术：先问什么、照着念什么。例如：yjs show newborn --region 重庆 --given parents=married")
@click.argument("code")
@asked.case_options
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="写成一张 A4 清单，例如 --pdf list.pdf")
def show(code: str, region: Optional[str], given: tuple[str, ...], on: Optional[dt.datetime], as_json: bool, pdf: Optional[Path]) -> None:
    """Show everything on file about one matter for a place, a case and a day, as a call script or as a list on paper."""
    here = assistant_here()
    matter = asked.matter(here.catalogues.current().matters, code)
    if pdf:
        _on_paper(pdf, _answer(here, matter, region, given, on, whole=False))
        return
    answer = _answer(here, matter, region, given, on)
    click.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=1) if as_json else script.text(answer.to_dict()))


@click.command(help="两地或两种情形差在哪：yjs compare newborn 长沙 重庆，或 yjs compare newborn parents=married parents=unmarried")
@click.argument("code")
@click.argument("first")
@click.argument("second")
@click.option("--region", help="两种情形都在哪里")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="哪一天的规定，默认今天")
def compare(code: str, first: str, second: str, region: Optional[str], on: Optional[dt.datetime]) -> None:
    """Show what differs between two places or two cases."""
    here = assistant_here()
    matter = asked.matter(here.catalogues.current().matters, code)
    sides = [_side(here, matter, words, region, on).to_dict() for words in (first, second)]
    click.echo(f"【{matter.name}】 A：{first}  B：{second}\n")
    click.echo(script.differences(*sides))


@click.command(help="从什么时候起改了什么：yjs changed --since 8h（8 小时内），3d（3 天内），或 2026-11-20")
@click.option("--since", required=True, help="8h、3d 或日期")
@click.option("--changes", is_flag=True, help="改了哪些字也列出来")
def changed(since: str, changes: bool) -> None:
    """Show what editors published, retired or restored since then."""
    here = assistant_here()
    names = here.catalogues.current().names
    events = [event for event in history.since(here.engine, asked.since(here, since)) if event.version or event.did == "retired"]
    for event in events:
        click.echo(f"{event.at:%m-%d %H:%M}  {names.get(event.code, event.code)} {label('did', event.did)}  {event.why or ''}".rstrip())
        if changes and event.version:
            _changes(here, event)
    if not events:
        click.echo("没有变化。")


def _changes(here: Assistant, event: Event) -> None:
    number = event.version or 1
    before = store.version(here.engine, event.code, number - 1) if number > 1 else None
    for change in difference.between(before, store.version(here.engine, event.code, number)):
        click.echo(f"    {change}")


def _side(here: Assistant, matter: Matter, words: str, region: Optional[str], on: Optional[dt.datetime]) -> Answer:
    """Return the answer for one side: a place, answers, or both, separated by commas."""
    parts = [part for part in re.split("[,，]", words) if part]
    given = tuple(part for part in parts if "=" in part)
    places = [part for part in parts if "=" not in part]
    if len(places) > 1:
        raise NotOnFile(f"“{words}”里有几个地方：{'、'.join(places)}。一边只写一个。")
    return _answer(here, matter, places[0] if places else region, given, on)


def _on_paper(file: Path, answer: Answer) -> None:
    """Write a list with nothing ticked."""
    # What makes PDFs takes a third of a second to import, which no other command should wait for.
    from bot.rendering import paper

    if answer.outcome != "answered":
        raise NotOnFile("".join(answer.said))
    file.write_bytes(paper.pdf(standing.checklist(answer, "reader")))
    click.echo(f"已写好 {file}（{file.stat().st_size / 1e3:.0f} KB）。")


def _answer(
    here: Assistant, matter: Matter, region: Optional[str], given: tuple[str, ...], on: Optional[dt.datetime], *, whole: bool = True
) -> Answer:
    day = on.date() if on else clock.now(here.settings).date()
    situation, place = asked.situation(matter, given), asked.region(region)
    return here.guidance.answer(Question(matter=matter.code, on=day, aspects=ASPECTS if whole else ("overview",), region=place, situation=situation, whole=whole))
