"""`yjs kb new|diff|preview|submit|drafts|review`: a guide on its way to be published."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Optional

import click

from bot.channels.terminal import asked
from bot.channels.terminal.asking import show_answer
from bot.channels.terminal.opening import assistant_here
from knowledge import clock
from knowledge.assistant import Assistant
from knowledge.editing import difference, drafts, library
from knowledge.guidance.fixed import guidance_on
from knowledge.store import drafts as store
from knowledge.store import matters as versions
from knowledge.values.answer import Question
from knowledge.values.guide import Matter
from knowledge.wording import FOLDER, label


@click.command(help="新写一件事：yjs kb new CODE 名称 写出一个带说明的空白文件")
@click.argument("code")
@click.argument("name")
@click.option("--to", type=click.Path(path_type=Path), help="写到哪里，默认 CODE.yml")
def new(code: str, name: str, to: Optional[Path]) -> None:
    """Write an empty guide with its explanations; never over a file that is there."""
    path = to or Path(f"{code}.yml")
    if path.exists():
        raise click.UsageError(f"{path} 已经有了，没有动它。换一个名字，或先挪走它。")
    empty = (FOLDER / "new_guide.txt").read_text(encoding="utf-8")
    path.write_text(empty.format(code=code, name=name, today=clock.now(assistant_here().settings).date()), encoding="utf-8")
    click.echo(f"写好了：{path}。填完用 yjs kb check {path} 检查。")


@click.command(help="看改了什么：文件或稿子号码，和现在发布的比；--version 和某一版比")
@click.argument("what")
@click.option("--version", type=int, help="和哪一版比，默认现在发布的")
def diff(what: str, version: Optional[int]) -> None:
    """Show every field that differs."""
    here = assistant_here()
    matter = _matter(here, what)
    before = _before(here, matter.code, version)
    changes = difference.between(before, matter)
    click.echo("\n".join(map(str, changes)) if changes else "没有不同。")


@click.command(help="看市民会看到什么：yjs kb preview FILE.yml --region 长沙 --given parents=married --on 2026-12-01")
@click.argument("what")
@asked.case_options
def preview(what: str, region: Optional[str], given: tuple[str, ...], on: Optional[dt.datetime]) -> None:
    """Show the answer as a citizen would get it if this were published."""
    here = assistant_here()
    matter = _matter(here, what)
    question = Question(
        matter=matter.code,
        on=on.date() if on else clock.now(here.settings).date(),
        aspects=("overview", "time_limit"),
        region=asked.region(region),
        situation=asked.situation(matter, given),
    )
    show_answer(guidance_on(matter).answer(question), as_json=False)


@click.command(help="交稿等审核：yjs kb submit FILE.yml --as 张三 --why 改了什么、为什么")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "by", required=True, help="谁写的")
@click.option("--why", required=True, help="改了什么、为什么")
def submit(files: tuple[Path, ...], by: str, why: str) -> None:
    """Hand in changed files, all of them or none."""
    here = assistant_here()
    matters = library.read_all(files)
    numbers = drafts.submit(here.engine, matters, author=asked.signed(here, by), why=why, at=clock.now(here.settings))
    for number, matter in zip(numbers, matters):
        click.echo(f"第 {number} 号稿子：{matter.name}。请另一个人看 yjs kb diff {number}，再 yjs kb review {number} --as 名字")


@click.command("drafts", help="列出等审核、等发布的稿子")
def waiting() -> None:
    """List what somebody still has to review or publish."""
    found = store.waiting(assistant_here().engine)
    for draft in found:
        state = label("draft_states", draft.state)
        click.echo(f"{draft.number}  {draft.matter.name}  {state}  {draft.author} {draft.submitted_at:%Y-%m-%d %H:%M}：{draft.why}")
    if not found:
        click.echo("没有在等的稿子。")


@click.command(help="审稿：yjs kb review 3 --as 李四，或 --return --remark 原因 退回")
@click.argument("number", type=int)
@click.option("--as", "by", required=True, help="谁审核（不能是写的人）")
@click.option("--return", "returned", is_flag=True, help="退回给作者")
@click.option("--remark", help="意见；退回时必须写")
def review(number: int, by: str, returned: bool, remark: Optional[str]) -> None:
    """Accept a draft or return it."""
    here = assistant_here()
    moment = clock.now(here.settings)
    draft = drafts.review(here.engine, number, by=asked.signed(here, by), accept=not returned, remark=remark, at=moment)
    click.echo(f"第 {number} 号稿子“{draft.matter.name}”{label('draft_states', draft.state)}")


def _matter(here: Assistant, what: str) -> Matter:
    if what.isdigit():
        return store.get(here.engine, int(what)).matter
    if Path(what).is_file():
        return library.read_all([Path(what)])[0]
    return asked.matter(here.catalogues.current().matters, what)


def _before(here: Assistant, code: str, version: Optional[int]) -> Optional[Matter]:
    return versions.version(here.engine, code, version) if version else here.catalogues.current().matters.get(code)


COMMANDS = (new, diff, preview, submit, waiting, review)
