"""`yjs chat`: the same conversation as on the page, through the running Rasa."""

from __future__ import annotations

import asyncio
import secrets

import click

from bot.channels.terminal.asking import show_answer
from bot.channels.terminal.opening import assistant_here
from bot.rasa_client import RasaClient, RasaUnavailable
from knowledge import settings
from knowledge.assistant import Assistant
from knowledge.conversation.context import Context
from knowledge.search import reading

PROMPT = "您"


@click.command(help="和助手对话；Rasa 没开时只凭知识库回答。空行结束。")
def chat() -> None:
    """Talk until an empty line."""
    asyncio.run(_chat())


async def _chat() -> None:
    async with RasaClient(settings.load().rasa.url) as rasa:
        if await rasa.healthy():
            await _with_rasa(rasa)
            return
    click.echo("Rasa 没有开（用 make run 启动），下面只凭知识库回答，听懂的会少一些。\n")
    _without_rasa(assistant_here())


async def _with_rasa(rasa: RasaClient) -> None:
    sender = f"terminal-{secrets.token_hex(8)}"
    while text := click.prompt(PROMPT, default="", show_default=False):
        try:
            for reply in await rasa.send(sender, text):
                click.echo(f"\n{reply['text']}\n")
        except RasaUnavailable as error:
            click.echo(f"{error}", err=True)


def _without_rasa(here: Assistant) -> None:
    context = Context()
    while text := click.prompt(PROMPT, default="", show_default=False):
        utterance = reading.understand(text, here.catalogues.current().index)
        turn = here.conversation.take(context, utterance, holder="")
        context = turn.context
        click.echo()
        show_answer(turn.answer, as_json=False)
        click.echo()
