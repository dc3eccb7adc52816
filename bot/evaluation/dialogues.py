"""`python -m bot.evaluation.dialogues --rasa URL`: speak whole dialogues with a running assistant, print the share of turns right."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, Mapping, Optional, Sequence

import click
from ruamel.yaml import YAML

from bot.evaluation.counting import grouped, share
from bot.evaluation.expecting import Reply, Turn, complaints
from bot.evaluation.lines import FOLDER
from bot.rasa_client import RasaClient, RasaUnavailable
from knowledge import settings

# What to choose by, and what to report with: nobody looks at what went wrong in the second.
SETS = {"dev": FOLDER / "dialogues.yml", "test": FOLDER / "dialogues_test.yml"}
MOST_QUOTED = 160


@dataclass(frozen=True)
class Spoken:
    """A turn that was spoken: what the reply said, and what was wrong with it."""

    dialogue: str
    kind: str
    say: str
    text: str
    wrong: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Tell whether nothing was wrong."""
        return not self.wrong


@click.command()
@click.option("--rasa", help="where a running assistant listens; default: this machine's own (YJS_RASA_LISTEN)")
@click.option("--set", "name", type=click.Choice(list(SETS)), default="dev", show_default=True)
@click.option("--wrong", is_flag=True, help="print every turn of dev that was not right, what differed, and how the reply begins")
def main(rasa: Optional[str], name: str, wrong: bool) -> None:
    """Speak every dialogue, print turns right by kind."""
    try:
        spoken = asyncio.run(speak(rasa or settings.load().rasa.url, read(SETS[name])))
    except RasaUnavailable as error:
        raise click.ClickException(f"No assistant to speak with. {error}") from error
    click.echo(table(spoken))
    if wrong and name == "dev":
        click.echo("\n".join(_told(one) for one in spoken if not one.right))


def read(table: Path) -> list[Mapping[str, Any]]:
    """Return the dialogues of a table."""
    rows: list[Mapping[str, Any]] = YAML(typ="safe").load(table.read_text(encoding="utf-8"))
    return rows


async def speak(rasa: str, dialogues: Sequence[Mapping[str, Any]]) -> list[Spoken]:
    """Return every turn of `dialogues`, spoken one after the other with the assistant at `rasa`."""
    async with RasaClient(rasa) as client:
        return [one for dialogue in dialogues for one in await _speak(client, dialogue["dialogue"], dialogue["turns"])]


async def _speak(client: RasaClient, name: str, turns: Sequence[Turn]) -> list[Spoken]:
    # Nobody who spoke before: what an earlier run said must not be remembered.
    sender = f"dialogue-{uuid.uuid4().hex}"
    replies: list[Reply] = [(await client.send(sender, turn["say"]))[0] for turn in turns]
    return [_held(name, turn, reply, before) for turn, reply, before in zip(turns, replies, [None, *replies])]


def _held(name: str, turn: Turn, reply: Reply, before: Optional[Reply]) -> Spoken:
    wrong = tuple(complaints(turn, reply, before=before))
    return Spoken(dialogue=name, kind=turn["kind"], say=turn["say"], text=reply["text"], wrong=wrong)


def turns_right(spoken: Sequence[Spoken]) -> float:
    """Return the share of turns that were right."""
    return share(spoken, lambda one: one.right)


def table(spoken: Sequence[Spoken]) -> str:
    """Return turns right and all, by kind of turn and together."""
    return "\n".join(_rows(spoken))


def _rows(spoken: Sequence[Spoken]) -> Iterator[str]:
    whole = grouped(spoken, lambda one: one.dialogue).values()
    yield f"{'dialogues without fault':24} {sum(all(one.right for one in turns) for turns in whole):4} of {len(whole):3}"
    yield _row("turns", spoken)
    yield from (_row(f"  {kind}", turns) for kind, turns in grouped(spoken, lambda one: one.kind).items())


def _row(name: str, spoken: Sequence[Spoken]) -> str:
    return f"{name:24} {sum(one.right for one in spoken):4} of {len(spoken):3}  {turns_right(spoken):6.1%}"


def _told(one: Spoken) -> str:
    reply = one.text.replace("\n", " ")
    return f"\n{one.dialogue} [{one.kind}] {one.say}\n    " + "\n    ".join([*one.wrong, f"said: {reply[:MOST_QUOTED]}"])


if __name__ == "__main__":
    main()
