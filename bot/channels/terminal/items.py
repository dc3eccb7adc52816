"""`yjs items`: a city's list of single services, in and out of force."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path
from typing import Any, Callable, Optional

import click

from bot.channels.terminal.asked import region as code_of
from bot.channels.terminal.asked import signed
from bot.channels.terminal.asking import show_answer
from bot.channels.terminal.opening import assistant_here
from knowledge import clock
from knowledge.errors import NotOnFile
from knowledge.items import answering, importing
from knowledge.items.catalogue import ItemCatalogue, WholeItem
from knowledge.items.importing import Imported
from knowledge.language import regions
from knowledge.store import items as store
from knowledge.store.engine import Engine
from knowledge.values.items import ItemList

FILES = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help="管事项清单：一个地方的全部单个事项，导入、查看、撤下。")
def items() -> None:
    """Hold the commands for lists of single services."""


@items.command("import", help="导入一份清单：yjs items import 清单.xlsx --region 长沙 --title 清单名称 --as 张三")
@click.argument("file", type=FILES)
@click.option("--region", required=True, help="哪个地方的清单，例如 长沙")
@click.option("--title", required=True, help="清单的名称，回答时作为依据写出来")
@click.option("--issuer", help="谁发布的清单")
@click.option("--verified-on", type=click.DateTime(["%Y-%m-%d"]), help="哪一天核对过")
@click.option("--as", "by", required=True, help="谁导入")
def import_(file: Path, region: str, title: str, issuer: Optional[str], verified_on: Optional[dt.datetime], by: str) -> None:
    """Put a list in force, whole or not at all."""
    here = assistant_here()
    code, by, began = str(code_of(region)), signed(here, by), time.monotonic()
    click.echo(f"正在读 {file.name}，检查每一格……")
    with click.progressbar(length=1, label="写入", show_pos=True, show_percent=True) as bar:
        try:
            imported = importing.run(
                here.engine,
                file,
                region=code,
                title=title,
                issuer=issuer,
                verified_on=verified_on.date() if verified_on else None,
                by=by,
                now=lambda: clock.now(here.settings),
                progress=_shown(bar),
            )
        except KeyboardInterrupt:
            click.echo("\n停下了。原来的清单照常生效；再运行一次同样的命令，会接着导入。", err=True)
            raise click.Abort() from None
    _tell(imported, code, time.monotonic() - began)


@items.command("list", help="列出导入过的清单。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def list_(as_json: bool) -> None:
    """List every list ever imported, with its state."""
    engine = assistant_here().engine
    rows = [_row(engine, one) for one in store.all_lists(engine)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['state']}  {row['place']}  {row['title']}  {row['items']} 个事项，{row['questions']} 个问题  {row['imported_by']} {row['started_at']}")
    if not rows:
        click.echo("还没有导入过清单。用 yjs items import 导入。")


@items.command(help="看一个事项：yjs items show 事项编码")
@click.argument("code")
@click.option("--region", help="几个地方都有这个编码时，看哪个地方的")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def show(code: str, region: Optional[str], as_json: bool) -> None:
    """Show one item as citizens are answered."""
    here = assistant_here()
    found = _whole(here.items, code, code_of(region))
    show_answer(answering.answer(found, on=clock.now(here.settings).date()), as_json)


@items.command(help="撤下一个地方的清单：yjs items retire 长沙 --as 张三")
@click.argument("region")
@click.option("--as", "by", required=True, help="谁撤下")
def retire(region: str, by: str) -> None:
    """Take a place's list out of force."""
    here = assistant_here()
    code = str(code_of(region))
    store.retire(here.engine, code, by=signed(here, by), at=clock.now(here.settings))
    click.echo(f"已撤下{regions.name_of(code)}的事项清单。")


def _shown(bar: Any) -> Callable[[int, int], None]:
    def moved(done: int, whole: int) -> None:
        bar.length = whole
        bar.update(done - bar.pos)

    return moved


def _tell(imported: Imported, code: str, seconds: float) -> None:
    place = regions.name_of(code)
    if imported.unchanged:
        click.echo(f"没有变化：{place}生效的就是这份清单。")
        return
    went_on = f"（接着上次的 {imported.gone_on_from} 行）" if imported.gone_on_from else ""
    click.echo(f"已生效：{place}，{imported.items} 个事项，{imported.questions} 个问题，用了 {seconds:.1f} 秒{went_on}。")
    if imported.absent:
        click.echo(f"表里没有这些列，回答时会说“没有收录”：{'、'.join(imported.absent)}")
    if imported.ignored:
        click.echo(f"这些列没有用到：{'、'.join(imported.ignored)}")


def _row(engine: Engine, one: ItemList) -> dict[str, Any]:
    state = "已撤下" if one.retired_at else "生效" if one.finished_at else "没导入完"
    items_on_file, questions = store.counts(engine, one.pk)
    return {
        "state": state,
        "region": one.region,
        "place": regions.name_of(one.region),
        "title": one.title,
        "items": items_on_file,
        "questions": questions,
        "imported_by": one.imported_by,
        "started_at": f"{one.started_at:%Y-%m-%d %H:%M}",
    }


def _whole(catalogue: ItemCatalogue, code: str, region: Optional[str]) -> WholeItem:
    lists = [one for one in catalogue.current().lists if region in (None, one.region)]
    found = [whole for one in lists if (whole := catalogue.whole(one, code))]
    if not found:
        raise NotOnFile(f"没有编码是 {code} 的事项。用 yjs search 按名称找。")
    if len(found) > 1:
        raise NotOnFile(f"{'、'.join(regions.name_of(one.listing.region) for one in found)}都有编码 {code}。请加 --region。")
    return found[0]

