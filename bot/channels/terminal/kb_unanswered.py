"""`yjs kb unanswered`: what citizens asked in vain, most often asked first, and where each belongs."""

from __future__ import annotations

from typing import Optional

import click

from bot.channels.terminal import asked
from bot.channels.terminal.opening import assistant_here
from knowledge import clock
from knowledge.assistant import Assistant
from knowledge.editing import samples, unanswered
from knowledge.editing.unanswered import Group
from knowledge.wording import tell

MOST = 30


@click.command("unanswered", help="没答上的问题：意思差不多的归在一组，问得多的在前；--add-to CODE 号码 --as 名字 加进一件事，--done 号码 去掉一组")
@click.option("--since", help="从什么时候起：7d（7 天内）、8h 或 2026-11-20，默认全部")
@click.option("--all", "everything", is_flag=True, help=f"全部列出，不只前 {MOST} 组")
@click.option("--add-to", nargs=2, type=(str, int), help="把第几组的例句加进哪件事的示例问法：CODE 号码")
@click.option("--as", "by", help="谁加的")
@click.option("--why", help="为什么加；不写就写问过几次")
@click.option("--done", type=int, help="去掉第几组")
def listed(
    since: Optional[str], everything: bool, add_to: Optional[tuple[str, int]], by: Optional[str], why: Optional[str], done: Optional[int]
) -> None:
    """List the groups, make one a sample question, or remove one."""
    here = assistant_here()
    unanswered.forget(here.engine, at=clock.now(here.settings))
    if add_to is not None:
        _add(here, *add_to, by=by, why=why)
    elif done is not None:
        _done(here, done)
    else:
        found = unanswered.groups(here.engine, since=asked.since(here, since) if since else None)
        _show(here, found if everything else found[:MOST], of=len(found))


def _show(here: Assistant, found: tuple[Group, ...], *, of: int) -> None:
    for group in found:
        days = f"{group.first}" if group.first == group.last else f"{group.first} 到 {group.last}"
        click.echo(tell("group", number=group.number, count=group.count, days=days, example=group.example))
        _show_nearest(here, group)
    if len(found) < of:
        click.echo(f"还有 {of - len(found)} 组，用 --all 看。")
    click.echo(tell("group_how", days=unanswered.KEPT.days) if found else tell("group_none"))


def _show_nearest(here: Assistant, group: Group) -> None:
    catalogue = here.catalogues.current()
    near = unanswered.nearest(group.example, catalogue.index)
    if near:
        click.echo(tell("group_near", name=catalogue.names[near.code], code=near.code, score=near.score, phrase=near.phrase))


def _add(here: Assistant, code: str, number: int, *, by: Optional[str], why: Optional[str]) -> None:
    if not by:
        raise click.UsageError("加示例问法要写 --as 谁。")
    group = unanswered.group(here.engine, number)
    add_sample(here, code, text=group.example, by=by, why=why or tell("group_why", count=group.count))
    click.echo(tell("group_added_done", number=group.number))


def add_sample(here: Assistant, code: str, *, text: str, by: str, why: str) -> None:
    """Hand in a draft in which the matter has one more sample question, and say what comes next."""
    matters = here.catalogues.current().matters
    matter = asked.matter(matters, code)
    author = asked.signed(here, by)
    number = samples.add(here.engine, matters, matter.code, text=text, author=author, why=why, at=clock.now(here.settings))
    click.echo(tell("sample_added", number=number, name=matter.name, text=text.strip()))


def _done(here: Assistant, number: int) -> None:
    group = unanswered.group(here.engine, number)
    unanswered.clear(here.engine, group)
    click.echo(tell("group_done", number=number, count=group.count))


COMMANDS = (listed,)
