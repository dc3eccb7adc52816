"""`yjs kb`: the knowledge base for editors."""

from __future__ import annotations

from pathlib import Path

import click

from bot.channels.terminal.opening import assistant_here
from knowledge import clock
from knowledge.editing import library, publishing
from knowledge.store import matters as store

FILES = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help="管内容：检查、装载、发布、下架。")
def kb() -> None:
    """Hold the commands for content."""


@kb.command(help="检查内容文件，不写数据库；不给文件就检查全部。")
@click.argument("files", nargs=-1, type=FILES)
def check(files: tuple[Path, ...]) -> None:
    """Check files; every fault names its file, line and mend."""
    matters = library.read_all(files or library.content_files())
    for matter in matters:
        lines = sum(len(guide.requirements) for guide in matter.guides)
        click.echo(f"没有问题：{matter.name}（{matter.code}），{len(matter.guides)} 个地方，{lines} 条材料要求")


@kb.command(help="把内容文件夹装进数据库；没变的不动，有一处错就全不装。")
def load() -> None:
    """Publish the content folder as far as it differs from what is in force."""
    here = assistant_here()
    loaded = publishing.load(here.engine, at=clock.now(here.settings))
    click.echo(f"已装载：{'、'.join(loaded.published)}" if loaded.published else "没有变化，不用装载。")
    for code, who in loaded.left.items():
        click.echo(f"没有动 {code}：最近是 {who} 发布或下架的，以他的为准。")


@kb.command(help="发布一个文件：yjs kb publish FILE.yml --as 张三 --reviewed-by 李四")
@click.argument("file", type=FILES)
@click.option("--as", "by", required=True, help="谁发布")
@click.option("--reviewed-by", required=True, help="谁审核（不能是发布的人）")
def publish(file: Path, by: str, reviewed_by: str) -> None:
    """Publish one file; the reviewer is another person than the author."""
    if by.strip() == reviewed_by.strip():
        raise click.UsageError(f"发布的人和审核的人都是“{by}”。请由另一个人审核。")
    here = assistant_here()
    matter, changed = publishing.publish(here.engine, file, by=by, reviewed_by=reviewed_by, at=clock.now(here.settings))
    click.echo(f"已发布：{matter.name}（{matter.code}）" if changed else f"没有变化：{matter.name}（{matter.code}）")


@kb.command(help="下架一件事：yjs kb retire CODE --as 张三 --reason 原因")
@click.argument("code")
@click.option("--as", "by", required=True, help="谁下架")
@click.option("--reason", required=True, help="为什么")
def retire(code: str, by: str, reason: str) -> None:
    """Take one matter out of force."""
    here = assistant_here()
    store.retire(here.engine, code, by=by, reason=reason, at=clock.now(here.settings))
    click.echo(f"已下架：{code}")
