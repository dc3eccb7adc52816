"""The commands of the menu; each does what plain words do as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from telegram import BotCommand, Message

from bot.channels.telegram import answers, keyboards
from bot.channels.telegram.messages import Message as Sent
from bot.channels.telegram.messages import plain
from knowledge.wording import page, say


@dataclass(frozen=True)
class Command:
    """A command as typed: its name, and what stood after it."""

    name: str
    rest: str


def menu() -> tuple[BotCommand, ...]:
    """Return the menu as Telegram shows it."""
    return tuple(BotCommand(name, title) for name, title in page("answers")["telegram_commands"].items())


def of(message: Message) -> Optional[Command]:
    """Return the command that a message is, None where it is none."""
    text = message.text or ""
    first = message.entities[0] if message.entities else None
    if first is None or first.type != first.BOT_COMMAND or first.offset:
        return None
    name, _, rest = text.partition(" ")
    return Command(name.removeprefix("/").partition("@")[0].lower(), rest.strip())


def words(command: Command) -> Optional[str]:
    """Return the plain words that Rasa hears instead of a command; None where it needs no Rasa."""
    if command.name == "start" and command.rest:
        # t.me/NAME?start=CODE: a list carried on from elsewhere.
        return say("telegram_code", code=command.rest)
    said: Optional[str] = page("answers")["telegram_words"].get(command.name)
    return said


def answered(command: Command) -> tuple[Sent, ...]:
    """Return what a command says that needs neither Rasa nor the person's data; unknown ones get help."""
    if command.name == "start":
        return answers.menu("\n\n".join((say("telegram_start"), say("first_notice"))))
    if command.name == "delete":
        return plain(say("telegram_delete_ask"), keyboards.deleting())
    listed = "\n".join(f"/{name} {title}" for name, title in page("answers")["telegram_commands"].items())
    return answers.menu(say("telegram_help", commands=listed))
