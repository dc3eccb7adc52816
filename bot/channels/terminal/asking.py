"""`yjs ask`, `yjs search`, `yjs show`: answers from the knowledge base alone, no model and no Rasa."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Optional

import click

from bot.channels.terminal.opening import assistant_here
from bot.rendering import plain
from knowledge import clock
from knowledge.conversation.context import Context
from knowledge.errors import NotOnFile
from knowledge.language import encoder, regions
from knowledge.language.normalize import simplify
from knowledge.search import reading
from knowledge.values.answer import Answer, Question
from knowledge.values.guide import Matter

MOST_RESULTS = 8


@click.command(help="用一句话问，例如：yjs ask \"孩子刚出生，户口医保怎么办\"")
@click.argument("text")
@click.option("--region", help="地方，例如 重庆江北")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def ask(text: str, region: Optional[str], as_json: bool) -> None:
    """Answer one sentence, as a conversation of one turn."""
    here = assistant_here()
    utterance = reading.understand(text, here.catalogues.current().index)
    context = Context(region=_code(region), greeted=True)
    show_answer(here.conversation.take(context, utterance, holder="").answer, as_json)


@click.command(help="找一件事：名称、别名或一句话。")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def search(text: str, as_json: bool) -> None:
    """List the matters that `text` may mean, likeliest first."""
    catalogue = assistant_here().catalogues.current()
    plain_text = simplify(text)
    ranked = catalogue.index.rank(encoder.encode([plain_text])[0], text=plain_text)[:MOST_RESULTS]
    found = [
        {"code": one.code, "name": catalogue.names[one.code], "score": round(one.score, 3), "nearest": one.phrase} for one in ranked
    ]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one['score']:.2f}  {one['name']}（{one['code']}）  最像：{one['nearest']}")


@click.command(help="看一件事的指南，例如：yjs show newborn --region 重庆 --given parents=married")
@click.argument("code")
@click.option("--region", help="地方，例如 重庆 或 430100")
@click.option("--given", multiple=True, help="情形，例如 parents=married，可写多次")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="哪一天的规定，默认今天")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def show(code: str, region: Optional[str], given: tuple[str, ...], on: Optional[dt.datetime], as_json: bool) -> None:
    """Show the guide of one matter for a place, a case and a day."""
    here = assistant_here()
    matter = _matter(here.catalogues.current().matters, code)
    day = on.date() if on else clock.now(here.settings).date()
    question = Question(
        matter=matter.code, on=day, aspects=("overview", "time_limit"), region=_code(region), situation=_situation(matter, given)
    )
    show_answer(here.guidance.answer(question), as_json)


def show_answer(answer: Answer, as_json: bool) -> None:
    """Print an answer in plain words, or as the JSON that channels get."""
    custom = answer.to_dict()
    click.echo(json.dumps(custom, ensure_ascii=False, indent=1) if as_json else plain.text(custom))


def _matter(matters: Any, code: str) -> Matter:
    found = matters.get(code) or next((matter for matter in matters.values() if code in (matter.name, *matter.aliases)), None)
    if found is None:
        raise NotOnFile(f"没有叫“{code}”的一件事。用 yjs search {code} 找一找。")
    return found  # type: ignore[no-any-return]


def _situation(matter: Matter, given: tuple[str, ...]) -> dict[str, str]:
    options = {question.key: [option.value for option in question.options] for question in matter.situations}
    situation = dict(entry.split("=", 1) for entry in given if "=" in entry)
    for entry in given:
        key, _, value = entry.partition("=")
        if value not in options.get(key, ()):
            known = "；".join(f"{key}={'|'.join(values)}" for key, values in options.items())
            raise NotOnFile(f"“{matter.name}”没有情形 {entry}。可以写：{known or '（这件事没有要分的情形）'}")
    return situation


def _code(region: Optional[str]) -> Optional[str]:
    if region is None:
        return None
    codes = regions.find(region)
    if len(codes) == 1:
        return codes[0]
    if not codes:
        raise NotOnFile(f"没认出地方“{region}”。请写到市或区县，例如 长沙市芙蓉区。")
    raise NotOnFile(f"叫“{region}”的地方有：{'、'.join(map(regions.name_of, codes))}。请写全。")
