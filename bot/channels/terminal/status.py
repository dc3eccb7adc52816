"""`yjs status`: how far an application has got."""

from __future__ import annotations

import dataclasses
import json
from typing import Optional

import click

from bot.channels.terminal.asking import show_answer
from bot.channels.terminal.opening import assistant_here
from knowledge.conversation.context import Context, Pending
from knowledge.status import demo
from knowledge.values.utterance import Utterance


@click.command(help="查办件进度：yjs status 办件编号 --check 后四位；--demo 列出演示用的虚构办件。")
@click.argument("application_no", required=False)
@click.option("--check", help="申请人身份证号或手机号的后四位")
@click.option("--demo", "list_demo", is_flag=True, help="列出虚构办件")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def status(application_no: Optional[str], check: Optional[str], list_demo: bool, as_json: bool) -> None:
    """Look up one application, or list the invented ones."""
    here = assistant_here()
    if list_demo:
        listed = [dataclasses.asdict(one) for one in demo.demo_listing(here.settings, engine=here.engine)]
        click.echo(json.dumps(listed, ensure_ascii=False) if as_json else "\n".join("  ".join(one.values()) for one in listed))
        return
    if not application_no or not check:
        raise click.UsageError("请给出办件编号和 --check 后四位，例如：yjs status YJSDEMO-NB-0001 --check 1234")
    utterance = Utterance(text="", act="check_status", application_no=application_no, check=check)
    context = Context(greeted=True, pending=Pending(kind="check", key="check"))
    show_answer(here.conversation.take(context, utterance, holder="").answer, as_json)
