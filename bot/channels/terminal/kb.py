"""`yjs kb`: the knowledge base for editors: into force and out of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Optional

import click

from bot.channels.terminal import kb_drafts, kb_history, kb_unanswered, sheets
from bot.channels.terminal.asked import MOMENTS, moment, signed
from bot.channels.terminal.opening import assistant_here
from knowledge import clock
from knowledge.editing import drafts, library, publishing, readability

FILES = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help="管内容：写稿、检查、审核、发布、下架、恢复。")
def kb() -> None:
    """Hold the commands for content."""


@kb.command(help="检查内容文件，不写数据库；不给文件就检查全部。")
@click.argument("files", nargs=-1, type=FILES)
def check(files: tuple[Path, ...]) -> None:
    """Check files; every fault names its file, line and mend; then what could be said more plainly."""
    for matter in library.read_all(files or library.content_files()):
        lines = sum(len(guide.requirements) for guide in matter.guides)
        click.echo(f"没有问题：{matter.name}（{matter.code}），{len(matter.guides)} 个地方，{lines} 条材料要求")
        for hint in readability.hints(matter):
            click.echo(f"  可以更好懂：{hint}")


@kb.command(help="把内容文件夹装进数据库；没变的不动，有一处错就全不装。")
def load() -> None:
    """Publish the content folder as far as it differs from what is in force."""
    here = assistant_here()
    loaded = publishing.load(here.engine, at=clock.now(here.settings))
    click.echo(f"已装载：{'、'.join(loaded.published)}" if loaded.published else "没有变化，不用装载。")
    for code, who in loaded.left.items():
        click.echo(f"没有动 {code}：最近是 {who} 发布或下架的，以他的为准。")


@kb.command(help="发布审核过的稿子（yjs kb publish 3 --as 张三），或一步发布文件（FILE.yml --as 张三 --reviewed-by 李四）")
@click.argument("what")
@click.option("--as", "by", required=True, help="谁发布")
@click.option("--reviewed-by", help="谁审核的（发布文件时要写，不能是发布的人）")
@click.option("--at", "begins", type=MOMENTS, help="什么时候生效，例如 2026-12-01 或 '2026-12-01 09:00'；不写就是马上")
def publish(what: str, by: str, reviewed_by: Optional[str], begins: Optional[dt.datetime]) -> None:
    """Publish an accepted draft, now or later, or one file whose reviewer is named."""
    if what.isdigit():
        _publish_draft(int(what), by, begins)
        return
    path = Path(what)
    if not path.is_file():
        raise click.UsageError(f"没有文件“{what}”。写文件的路径，或稿子的号码（yjs kb drafts 列出）。")
    if not reviewed_by:
        raise click.UsageError("发布文件要写谁审核的：--reviewed-by 名字。")
    if begins:
        raise click.UsageError("定时发布要走审稿：先 yjs kb submit，审核后 yjs kb publish 号码 --at 时间。")
    here = assistant_here()
    matter, changed = drafts.publish_file(here.engine, path, by=signed(here, by), reviewed_by=reviewed_by, at=clock.now(here.settings))
    click.echo(f"已发布：{matter.name}（{matter.code}）" if changed else f"没有变化：{matter.name}（{matter.code}）")


def _publish_draft(number: int, by: str, begins: Optional[dt.datetime]) -> None:
    here = assistant_here()
    draft = drafts.publish(here.engine, number, by=signed(here, by), at=clock.now(here.settings), begins_at=moment(begins))
    when = f"{begins:%Y-%m-%d %H:%M} 生效" if begins else "马上生效"
    click.echo(f"已发布：{draft.matter.name}（{draft.matter.code}），{when}。要收回：yjs kb {'cancel' if begins else 'restore'} {draft.matter.code}")


@kb.command(help="恢复以前的一版：yjs kb restore CODE --as 张三 --reason 原因（不写 --to 就是上一版）")
@click.argument("code")
@click.option("--to", type=int, help="恢复哪一版")
@click.option("--as", "by", required=True, help="谁恢复")
@click.option("--reason", required=True, help="为什么")
def restore(code: str, to: Optional[int], by: str, reason: str) -> None:
    """Take a bad publication back."""
    here = assistant_here()
    number = drafts.restore(here.engine, code, by=signed(here, by), why=reason, at=clock.now(here.settings), to=to)
    click.echo(f"已恢复：{code} 第 {number} 版的内容")


@kb.command(help="取消还没到时间的发布：yjs kb cancel CODE --as 张三 --reason 原因")
@click.argument("code")
@click.option("--as", "by", required=True, help="谁取消")
@click.option("--reason", required=True, help="为什么")
def cancel(code: str, by: str, reason: str) -> None:
    """Take back a version that waits for its moment."""
    here = assistant_here()
    drafts.cancel(here.engine, code, by=signed(here, by), why=reason, at=clock.now(here.settings))
    click.echo(f"已取消：{code} 还用现在的版本")


@kb.command(help="下架一件事：yjs kb retire CODE --as 张三 --reason 原因")
@click.argument("code")
@click.option("--as", "by", required=True, help="谁下架")
@click.option("--reason", required=True, help="为什么")
def retire(code: str, by: str, reason: str) -> None:
    """Take one matter out of force."""
    here = assistant_here()
    drafts.retire(here.engine, code, by=signed(here, by), reason=reason, at=clock.now(here.settings))
    click.echo(f"已下架：{code}。要恢复：yjs kb restore {code}")


for group in (kb_drafts, kb_history, kb_unanswered, sheets):
    for command in group.COMMANDS:
        kb.add_command(command)
