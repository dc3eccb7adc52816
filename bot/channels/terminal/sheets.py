"""`yjs kb export|import`: guides as spreadsheets, out for editors and in again."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Iterator, Optional

import click

from bot.channels.terminal import asked
from bot.channels.terminal.opening import assistant_here
from knowledge import clock
from knowledge.assistant import Assistant
from knowledge.editing import drafts, library
from knowledge.editing.sheets import changes, opening, writing
from knowledge.editing.sheets.changes import Plan
from knowledge.editing.sheets.columns import BY_TITLE
from knowledge.editing.sheets.differences import Change
from knowledge.errors import ContentError

NOTHING = "（空）"


@click.command(help="导出表格：yjs kb export CODE OUT.xlsx（一件事的全部），或 --table 材料要求 OUT.xlsx（所有事的一张表）")
@click.argument("what", nargs=-1, required=True, metavar="[CODE] OUT.xlsx")
@click.option("--table", type=click.Choice([*BY_TITLE]), metavar="表名", help=f"只要这张表，所有事都在里面：{'、'.join(BY_TITLE)}")
@click.option("--force", is_flag=True, help="有同名文件就覆盖")
def export(what: tuple[str, ...], table: Optional[str], force: bool) -> None:
    """Write a workbook; never over one that is there, unless told to."""
    if len(what) != (1 if table else 2):
        raise click.UsageError("写成 yjs kb export CODE OUT.xlsx，或 yjs kb export --table 材料要求 OUT.xlsx。")
    path = Path(what[-1])
    if path.suffix.lower() != ".xlsx":
        raise click.UsageError(f"文件名“{path.name}”要以 .xlsx 结尾。")
    if path.exists() and not force:
        raise click.UsageError(f"{path} 已经有了，没有动它。换一个名字，或加 --force 覆盖。")
    if not path.parent.is_dir():
        raise click.UsageError(f"没有文件夹 {path.parent}。先建好它，或换一个地方。")
    path.write_bytes(_workbook(assistant_here(), None if table else what[0], table))
    click.echo(f"写好了：{path}。改好后运行 yjs kb import {path}，先看会改什么。")


@click.command("import", help="导入表格：yjs kb import FILE.xlsx 只看会改什么；加 --submit --as 张三 --why 原因 才交审")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--submit", "handed_in", is_flag=True, help="把改动交审；有一处不对就全不交")
@click.option("--as", "by", help="谁改的（交审时要写）")
@click.option("--why", help="改了什么、为什么（交审时要写）")
def import_(file: Path, handed_in: bool, by: Optional[str], why: Optional[str]) -> None:
    """Show row by row what a workbook would change, and hand it in where asked to: all of it or nothing."""
    here = assistant_here()
    plan = _plan(here, file)
    click.echo("\n".join(told(plan, here)))
    if not handed_in or not plan.matters:
        click.echo("只是看看，什么都没有写进去。" + (f"要交审：yjs kb import {file} --submit --as 您的名字 --why 原因" if plan.matters else ""))
        return
    if not by or not why:
        raise click.UsageError("交审要写 --as 您的名字 --why 改了什么、为什么。什么都没有写进去。")
    numbers = drafts.submit(here.engine, plan.matters, author=asked.signed(here, by), why=why, at=clock.now(here.settings))
    for number, matter in zip(numbers, plan.matters):
        click.echo(f"第 {number} 号稿子：{matter.name}。请另一个人看 yjs kb diff {number}，再 yjs kb review {number} --as 名字")


def told(plan: Plan, here: Assistant) -> Iterator[str]:
    """Yield what an import would do, line by line, as an editor reads it."""
    yield from (f"注意 {hint}" for hint in plan.hints)
    names = {matter.code: matter.name for matter in plan.matters}
    for code, found in groupby(plan.changes, key=lambda change: change.matter):
        known = here.catalogues.current().matters.get(code)
        yield f"{names[code]}（{code}，{f'现在是第 {known.version} 版' if known else '新的一件事'}）"
        yield from (f"  {_line(change)}" for change in found)
    count = {did: sum(change.did == did for change in plan.changes) for did in ("changed", "added", "removed", "moved")}
    if plan.changes:
        yield f"共 {len(plan.matters)} 件事：改 {count['changed']} 处，加 {count['added']} 行，删 {count['removed']} 行，换次序 {count['moved']} 处。"
    else:
        yield "和现在生效的完全一样，没有要改的。"


def _line(change: Change) -> str:
    where = f"{change.sheet} 第 {change.row} 行" if change.row else change.sheet
    who = f"{where}，{change.line}" if change.line else where
    if change.did == "changed":
        return f"改  {who}：{change.field} “{change.before or NOTHING}” → “{change.after or NOTHING}”"
    if change.did == "moved":
        return f"换次序  {who}：{change.before} → {change.after}"
    return f"加  {who}：{change.after}" if change.did == "added" else f"删  {who}：{change.before}"


def _workbook(here: Assistant, code: Optional[str], table: Optional[str]) -> bytes:
    matters, shared = here.catalogues.current().matters, library.shared_materials()
    if table:
        return writing.of_table(BY_TITLE[table], [*matters.values()], shared=shared)
    return writing.of_matter(asked.matter(matters, code or ""), shared=shared)


def _plan(here: Assistant, file: Path) -> Plan:
    # Looked at before it is read: a file of some gigabytes must not be in memory.
    try:
        opening.look_at_size(file.stat().st_size)
        matters = here.catalogues.current().matters
        return changes.plan(file.read_bytes(), in_force=matters, shared=library.shared_materials())
    except ContentError as error:
        click.echo(f"{file.name} 里有 {len(error.faults)} 处要先改好，什么都没有写进去：", err=True)
        raise


COMMANDS = (export, import_)
