"""`yjs ask` and `yjs search`: answers from the knowledge base alone, no model and no Rasa."""

from __future__ import annotations

import json
from typing import Optional

import click

from bot.channels.terminal import asked
from bot.channels.terminal.opening import assistant_here
from bot.rendering import plain
from knowledge.conversation.context import Context
from knowledge.language import regions
from knowledge.search import reading
from knowledge.search.finder import Finder, Found
from knowledge.values.answer import Answer

MOST_RESULTS = 8
KINDS = {"matter": "一件事", "item": "事项"}


@click.command(help="用一句话问，例如：yjs ask \"孩子刚出生，户口医保怎么办\"")
@click.argument("text")
@click.option("--region", help="地方，例如 重庆江北")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def ask(text: str, region: Optional[str], as_json: bool) -> None:
    """Answer one sentence, as a conversation of one turn."""
    here = assistant_here()
    utterance = reading.understand(text, here.catalogues.current().index)
    context = Context(region=asked.region(region), greeted=True)
    show_answer(here.conversation.take(context, utterance, holder="").answer, as_json)


@click.command(help="找一件事或一个事项：名称、别名、一句话、拼音或拼音首字母（xse）。")
@click.argument("text")
@click.option("--region", help="只要这个地方的事项，例如 长沙")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def search(text: str, region: Optional[str], as_json: bool) -> None:
    """List the matters and single services that `text` may mean, likeliest first."""
    here = assistant_here()
    finder = Finder(here.catalogues.current(), here.items.current())
    found = finder.find(text, asked.region(region), most=MOST_RESULTS)
    if as_json:
        click.echo(json.dumps([_row(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        place = f"，{regions.name_of(one.region)}" if one.region else ""
        click.echo(f"{one.score:.2f}  {KINDS[one.kind]}  {one.name}（{one.code}{place}）  最像：{one.why}")
    if not found:
        click.echo(f"没有找到“{text}”。换个说法，或只写名称里的几个字。")


def _row(one: Found) -> dict[str, object]:
    return {"kind": one.kind, "code": one.code, "name": one.name, "region": one.region, "score": round(one.score, 3), "nearest": one.why}


def show_answer(answer: Answer, as_json: bool) -> None:
    """Print an answer in plain words, or as the JSON that channels get."""
    custom = answer.to_dict()
    click.echo(json.dumps(custom, ensure_ascii=False, indent=1) if as_json else plain.text(custom))
