"""`yjs editor`: accounts of editors and of staff."""

from __future__ import annotations

import click

from bot.channels.terminal.opening import assistant_here
from knowledge import clock
from knowledge.editing import accounts
from knowledge.store import editors as store
from knowledge.values.editing import Role
from knowledge.wording import label

ROLES = ("author", "reviewer", "publisher", "agent")


@click.group(help="管账号：编写、审核、发布、坐席。")
def editor() -> None:
    """Hold the commands for accounts."""


@editor.command(help="添加账号，或重设密码和角色：yjs editor add 张三 --role author --role publisher")
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="author 编写 | reviewer 审核 | publisher 发布 | agent 坐席")
def add(name: str, roles: tuple[Role, ...]) -> None:
    """Add an account; the password is asked for, or given by YJS_EDITOR_PASSWORD."""
    here = assistant_here()
    password = here.settings.editor_password or click.prompt(f"给 {name} 设密码", hide_input=True, confirmation_prompt="再输一次", err=True)
    accounts.add(here.engine, name, password=password, roles=roles, at=clock.now(here.settings))
    click.echo(f"有了账号：{name}（{'、'.join(label('roles', role) for role in roles)}）")


@editor.command("list", help="列出账号")
def list_() -> None:
    """List every open account with its roles."""
    for one in store.everybody(assistant_here().engine):
        click.echo(f"{one.name}  {'、'.join(label('roles', role) for role in one.roles)}")


@editor.command(help="停用账号；历史里的名字留着")
@click.argument("name")
def remove(name: str) -> None:
    """Close an account."""
    here = assistant_here()
    store.remove(here.engine, name, at=clock.now(here.settings))
    click.echo(f"已停用：{name}")
