"""`yjs understand`: why a sentence is taken for what it is, and in the same breath one more example for a matter."""

from __future__ import annotations

import asyncio
import json
from functools import lru_cache
from typing import Any, Iterator, Mapping, Optional, Sequence

import click
from ruamel.yaml import YAML

from bot.channels.terminal import training_lines
from bot.channels.terminal.kb_unanswered import add_sample
from bot.channels.terminal.opening import assistant_here
from bot.channels.terminal.training_lines import Line, Near
from bot.rasa_client import RasaClient, RasaUnavailable
from knowledge import settings
from knowledge.editing import explaining
from knowledge.editing.explaining import Explained
from knowledge.language import masks
from knowledge.search import reading
from knowledge.search.index import ELSEWHERE
from knowledge.wording import label, tell

MOST = 5
MOST_LINES = 3
Names = Mapping[str, str]
Parse = Mapping[str, Any]


@click.command(help="看一句话听成了什么、为什么：yjs understand “孩子上户口要带啥”；--add 代码 --as 名字 --why 原因 加成示例问法")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.option("--add", "code", help="把这句话加进哪件事的示例问法（交一份稿子）")
@click.option("--as", "by", help="谁加的")
@click.option("--why", help="为什么加")
def understand(text: str, as_json: bool, code: Optional[str], by: Optional[str], why: Optional[str]) -> None:
    """Explain one sentence, or add it to a matter's sample questions."""
    here = assistant_here()
    if code is not None:
        if not by or not why:
            raise click.UsageError("加示例问法要写 --as 谁 和 --why 为什么。")
        add_sample(here, code, text=text, by=by, why=why)
        return
    catalogue = here.catalogues.current()
    parse, explained = asyncio.run(_parse(text)), explaining.explain(text, catalogue)
    kept = here.settings.data_dir / "cache" / "training_lines.npz"
    near = training_lines.nearest(text, most=MOST_LINES, folder=training_lines.FOLDER, cache=kept)
    if as_json:
        click.echo(json.dumps(_plain(parse, explained, near, catalogue.names), ensure_ascii=False, indent=1))
        return
    click.echo(f"听到的：{explained.utterance.text}\n分成词：{' / '.join(explained.words)}\n")
    click.echo("\n".join(_trained(parse, catalogue.names) if parse else (tell("rasa_off"),)))
    click.echo("\n只凭知识库（发布以后马上变）")
    click.echo("\n".join(_alone(explained, catalogue.names)))
    click.echo("\n最像的训练句（nlu_data/intents，改了要重新训练）")
    click.echo("\n".join(f"  {one.likeness:.2f}  {one.line.text}（{_taught(one.line, catalogue.names)}；{one.line.file}）" for one in near))
    click.echo(f"\n{tell('sample_how')}")


async def _parse(text: str) -> Optional[Parse]:
    async with RasaClient(settings.load().rasa.url) as rasa:
        try:
            return await rasa.parse(text)
        except RasaUnavailable:
            return None


def _trained(parse: Parse, names: Names) -> Iterator[str]:
    """Yield what the trained model makes of it, step by step as in config.yml."""
    yield "训练过的理解（Rasa）"
    if parse.get("mended", "") not in ("", masks.read(parse["text"]).text):
        yield f"同音字改作：{parse['mended']}"
    yield from _act(parse)
    yield from _aspects(parse)
    yield from _matter(parse, names)
    yield from _nearest(parse)
    for entity in parse["entities"]:
        typed = parse["text"][entity["start"] : entity["end"]]
        yield f"提到：{label('entities', entity['entity'])} “{typed}” → {entity.get('name') or entity['value']}"


def _act(parse: Parse) -> Iterator[str]:
    act, ranking = parse["intent"], parse["intent_ranking"]
    other = next((one for one in ranking if one["name"] != act["name"]), None)
    beside = f"；其次：{_act_share(other)}" if other else ""
    yield f"在做什么：{_act_share(act)}{beside}"
    if ranking and ranking[0]["name"] != act["name"]:
        yield f"  句子本身像“{label('acts', ranking[0]['name'])}”，可收录的事没有一件对得上，改判了。"


def _act_share(act: Parse) -> str:
    return f"{label('acts', act['name'])} {act['confidence']:.2f}"


def _aspects(parse: Parse) -> Iterator[str]:
    bars = _settings("AspectClassifier")
    asked = "、".join(f"{label('aspects', one['name'])} {one['confidence']:.2f}" for one in parse["aspects"])
    yield f"问哪方面：{asked or '没有问'}"
    yield f"  最像的总算一个；再多一个要到 {bars['bar']:.2f}，分句读的要到 {bars['bar_of_clauses']:.2f}"


def _matter(parse: Parse, names: Names) -> Iterator[str]:
    bars, matter = _settings("MatterRanker"), parse["matter"]
    sure = f" {matter['confidence']:.2f}" if matter["status"] != "none" else ""
    yield f"哪件事：{label('matter_status', matter['status'])}{sure}"
    for place, one in enumerate(parse["matter_ranking"][:MOST], 1):
        yield f"  {place}. {one['confidence']:.2f}  {names.get(one['code'], one['code'])}（{one['code']}）"
    yield f"  第二名到第一名的 {bars['close']:.2f} 倍就算分不清；像别处的事到 {bars['foreign']:.2f} 就可能算没收录"


def _nearest(parse: Parse) -> Iterator[str]:
    if faq := parse.get("faq"):
        yield f"常见问题：{faq['id']} 像 {faq['likeness']:.2f}（到 {_settings('MatterRanker')['faq_likeness']:.2f} 才算问的是它）"
    if parse.get("elsewhere"):
        yield "不归这里管：指南里写着它归别处，见下面"


def _alone(explained: Explained, names: Names) -> Iterator[str]:
    """Yield what the knowledge base alone makes of it: the best matters with the published wording that spoke for each."""
    understood = explained.utterance
    yield f"哪件事：{label('matter_status', understood.matter_status)}（要到 {reading.SURE:.2f}；和第一名差不过 {reading.CLOSE:.2f} 就算分不清）"
    for place, one in enumerate(explained.ranked[:MOST], 1):
        yield f"  {place}. {one.score:.2f}  {names[one.code]}（{one.code}）  最像：{one.phrase}"
    if explained.elsewhere:
        yield f"  不归这里管的更像（要到 {ELSEWHERE:.2f}）：“{names[explained.elsewhere.matter]}”里写的“{explained.elsewhere.phrase}”"
        yield f"  会回答：{explained.elsewhere.text}"
    yield f"问哪方面：{'、'.join(label('aspects', aspect) for aspect in understood.aspects) or '没有认出来'}（只看字面）"


def _taught(line: Line, names: Names) -> str:
    """Return the labels of a training line in words: what is done, with which matter, asking what."""
    matters = "、".join(names.get(code, code) if code else "别处的事" for code in line.matters)
    aspects = "、".join(label("aspects", aspect) for aspect in line.aspects)
    return "；".join(part for part in (label("acts", line.act), matters, aspects) if part)


def _plain(parse: Optional[Parse], explained: Explained, near: Sequence[Near], names: Names) -> dict[str, Any]:
    """Return everything as JSON-ready values."""
    understood = explained.utterance
    ranked = explained.ranked[:MOST]
    return {
        "text": understood.text,
        "words": explained.words,
        "rasa": parse,
        "training_lines": [{**vars(one.line), "likeness": one.likeness} for one in near],
        "bars": {name: _settings(name) for name in ("AspectClassifier", "MatterRanker")},
        "knowledge": {
            "status": understood.matter_status,
            "matter": understood.matter,
            "aspects": understood.aspects,
            "ranking": [{"code": one.code, "name": names[one.code], "score": round(one.score, 3), "nearest": one.phrase} for one in ranked],
            "elsewhere": vars(explained.elsewhere) if explained.elsewhere else None,
            "bars": {"sure": reading.SURE, "close": reading.CLOSE, "elsewhere": ELSEWHERE},
        },
    }


def _settings(component: str) -> dict[str, float]:
    """Return the values of a component in config.yml."""
    entry = next(one for one in _config()["pipeline"] if one["name"].endswith(f".{component}"))
    return {name: setting for name, setting in entry.items() if name not in ("name", "version")}


@lru_cache(maxsize=1)
def _config() -> Any:
    return YAML(typ="safe").load((settings.ROOT / "config.yml").read_text(encoding="utf-8"))
