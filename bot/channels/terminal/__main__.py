"""The commands of `yjs`."""

from __future__ import annotations

import sys
from typing import Optional, Sequence

import click

from bot.channels.terminal import (
    asking,
    backup,
    chat,
    doctor,
    editors,
    hotline,
    items,
    kb,
    lists,
    status,
    tickets,
    understand,
)
from knowledge.errors import KnowledgeError


@click.group(help="一件事助手：问事、查指南、查进度、管内容。")
def yjs() -> None:
    """Hold the commands."""


CITIZENS = (chat.chat, asking.ask, status.status)
STAFF = (asking.search, hotline.show, hotline.compare, hotline.changed, lists.show_list, *tickets.COMMANDS)
EDITORS = (kb.kb, understand.understand, items.items, editors.editor)
OPERATORS = (doctor.doctor, backup.backup, backup.restore)
for command in (*CITIZENS, *STAFF, *EDITORS, *OPERATORS):
    yjs.add_command(command)


def main(arguments: Optional[Sequence[str]] = None) -> None:
    """Run a command; an error on purpose becomes one message and exit code 1."""
    try:
        yjs.main(arguments, prog_name="yjs", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except KnowledgeError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
