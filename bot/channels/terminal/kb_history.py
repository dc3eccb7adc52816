"""`yjs kb history|stale|corrections`: what was done, and what wants looking at."""

from __future__ import annotations

from itertools import pairwise

import click

from bot.channels.terminal.asked import matter as find_matter
from bot.channels.terminal.asked import signed
from bot.channels.terminal.opening import assistant_here
from knowledge import clock
from knowledge.editing import difference
from knowledge.editing import stale as looking
from knowledge.language import regions
from knowledge.store import corrections as told
from knowledge.store import history as events
from knowledge.store import matters as store
from knowledge.store.engine import Engine
from knowledge.wording import label


@click.command(help="一件事改过什么：谁、什么时候、为什么；--changes 连改动一起看")
@click.argument("code")
@click.option("--changes", is_flag=True, help="每一版改了哪些字")
def history(code: str, changes: bool) -> None:
    """Show every event and version of a matter, newest first."""
    here = assistant_here()
    for event in events.of(here.engine, code):
        version = f" 第 {event.version} 版" if event.version else ""
        draft = f" 第 {event.draft} 号稿子" if event.draft else ""
        click.echo(f"{event.at:%Y-%m-%d %H:%M}  {event.who} {label('did', event.did)}{version}{draft}  {event.why or ''}".rstrip())
    if changes:
        _changes(here.engine, code)


def _changes(engine: Engine, code: str) -> None:
    versions = store.versions(engine, code)
    for newer, older in pairwise(versions):
        click.echo(f"\n第 {older.version} 版 → 第 {newer.version} 版（{newer.published_at:%Y-%m-%d %H:%M} {newer.published_by}）")
        before, after = store.version(engine, code, older.version), store.version(engine, code, newer.version)
        click.echo("\n".join(map(str, difference.between(before, after))) or "内容一样")


@click.command(help="该再看一眼的：过期的规定、该复核的依据、互相矛盾的说法、没有依据的行；不写 CODE 就看全部")
@click.argument("codes", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="一条一条列出来；不写只数个数")
def stale(codes: tuple[str, ...], everything: bool) -> None:
    """Show what wants looking at, counted by kind, or line by line."""
    here = assistant_here()
    matters = here.catalogues.current().matters
    chosen = [find_matter(matters, code) for code in codes] or list(matters.values())
    found = looking.findings(chosen, on=clock.now(here.settings).date())
    for kind in looking.KINDS:
        of_kind = [finding for finding in found if finding.kind == kind]
        click.echo(f"{label('stale', kind)}：{len(of_kind)}")
        for finding in of_kind if everything or codes else ():
            click.echo(f"  【{finding.matter}】{finding.text}")
    click.echo(f"窗口说法不一样、还没处理的：{len(told.waiting(here.engine))}（yjs kb corrections）")


@click.command(help="市民和坐席反映“窗口说的不一样”：列出；--done 号码 --as 名字 --outcome 结果 处理完")
@click.option("--done", type=int, help="处理完哪一条")
@click.option("--as", "by", help="谁处理的")
@click.option("--outcome", help="怎么处理的")
def corrections(done: int | None, by: str | None, outcome: str | None) -> None:
    """List what people were told differently, or close one."""
    here = assistant_here()
    if done is not None:
        if not by or not outcome:
            raise click.UsageError("处理完要写 --as 谁 和 --outcome 怎么处理的。")
        told.close(here.engine, done, by=signed(here, by), outcome=outcome, at=clock.now(here.settings))
        click.echo(f"第 {done} 条处理完了。")
        return
    names = here.catalogues.current().names
    for one in told.waiting(here.engine):
        place = regions.name_of(one.region) if one.region else "没说地方"
        click.echo(f"{one.number}  {one.at:%Y-%m-%d}  {names.get(one.matter, one.matter)}  {place}：{one.told}")


COMMANDS = (history, stale, corrections)
