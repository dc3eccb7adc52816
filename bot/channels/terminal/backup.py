"""`yjs backup` and `yjs restore`: everything in one file, and back."""

from __future__ import annotations

from pathlib import Path

import click
import requests

from knowledge import clock, settings
from knowledge.errors import Refused
from knowledge.settings import Settings
from knowledge.store import backup as keeping
from knowledge.wording import tell


@click.command(help="备份：数据库和密钥装进一个文件（运行时也可以）。yjs backup 2026-11-22.tar.gz")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a backup."""
    size = keeping.write(settings.load(), file)
    click.echo(f"已备份到 {file}（{size / 1e6:.1f} MB）。里面有密钥，请放在别人拿不到的地方。")


@click.command(help="恢复备份：先停下 make run；现在的数据会另存，不会丢。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.confirmation_option("--yes", prompt="现在的数据会换成备份里的，继续吗？", help="不再问")
def restore(file: Path) -> None:
    """Put a backup in place of what is there."""
    here = settings.load()
    if _running(here):
        raise Refused(tell("restore_while_running"))
    aside = keeping.restore(here, file, at=clock.now(here))
    click.echo(f"已恢复 {file}。{f'原来的数据库在 {aside}。' if aside else ''}")


def _running(here: Settings) -> bool:
    try:
        return requests.get(f"{here.web.url}/healthz", timeout=2).status_code < 600
    except requests.RequestException:
        return False
