"""`yjs list`: a caller's list by the code that they read out, and ticks on it."""

from __future__ import annotations

import getpass
import json
from typing import Optional

import click

from bot.channels.terminal.opening import assistant_here
from bot.door import identity
from bot.rendering import plain
from knowledge.assistant import Assistant
from knowledge.checklists.service import Checklists
from knowledge.errors import NotOnFile
from knowledge.values.checklist import Checklist
from knowledge.wording import say


@click.command("list", help="来电人念清单码，打开他的清单：yjs list 1234-5678-9012；打勾加 --tick 材料名，去掉勾加 --untick 材料名")
@click.argument("code")
@click.option("--tick", help="哪样材料有了")
@click.option("--untick", help="哪样材料又没有了")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def show_list(code: str, tick: Optional[str], untick: Optional[str], as_json: bool) -> None:
    """Show a list by its code, and tick on it where the code allows that."""
    here = assistant_here()
    agent = identity.sender("terminal", getpass.getuser(), secret=here.settings.secret())
    checklist = here.checklists.read(code, visitor=agent)
    if checklist is None:
        raise NotOnFile(say("list_code_wrong"))
    for name, ticked in ((tick, True), (untick, False)):
        checklist = _ticked(here, agent, code, checklist, name, ticked=ticked) if name else checklist
    answer = checklist.answer.to_dict()
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1) if as_json else plain.text(answer))


def _ticked(here: Assistant, agent: str, code: str, checklist: Checklist, name: str, *, ticked: bool) -> Checklist:
    """Tick as a companion who comes in for this one tick: callers' lists do not stay with the agent."""
    line = next((line for line in checklist.answer.checklist if name in (line.id, line.name)), None)
    if line is None:
        names = "、".join(dict.fromkeys(line.name for line in checklist.answer.checklist))
        raise NotOnFile(f"清单上没有“{name}”。有的是：{names}")
    here.checklists.join(agent, code)
    try:
        return _must_tick(here.checklists, agent, checklist.matter, line.id, ticked=ticked)
    finally:
        here.checklists.drop(agent, checklist.matter)


def _must_tick(lists: Checklists, agent: str, matter: str, requirement: str, *, ticked: bool) -> Checklist:
    done = lists.tick(agent, matter, requirement, ticked=ticked)
    if done is None:
        raise NotOnFile(say("list_only_to_read"))
    return done
