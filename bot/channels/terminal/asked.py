"""What commands are given in words: a matter, a place, a case, a day, a name with its password."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Callable, Mapping, Optional, TypeVar

import click

from knowledge import clock
from knowledge.assistant import Assistant
from knowledge.editing import accounts
from knowledge.errors import NotOnFile
from knowledge.language import regions
from knowledge.values.guide import Matter

F = TypeVar("F", bound=Callable[..., Any])
HOURS = re.compile(r"(\d+)\s*(?:h|小时)")
DAYS = re.compile(r"(\d+)\s*(?:d|天)")
MOMENTS = click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


def case_options(command: F) -> F:
    """Give a command `--region`, `--given` and `--on`."""
    for option in (
        click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="哪一天的规定，默认今天"),
        click.option("--given", multiple=True, help="情形，例如 parents=married，可写多次"),
        click.option("--region", help="地方，例如 重庆 或 430100"),
    ):
        command = option(command)
    return command


def matter(matters: Mapping[str, Matter], name: str) -> Matter:
    """Return the matter of that code, name or alias; raise NotOnFile where there is none."""
    found = matters.get(name) or next((one for one in matters.values() if name in (one.name, *one.aliases)), None)
    if found is None:
        raise NotOnFile(f"没有叫“{name}”的一件事。用 yjs search {name} 找一找。")
    return found


def situation(about: Matter, given: tuple[str, ...]) -> dict[str, str]:
    """Return the answers in `given`; raise NotOnFile naming what can be answered."""
    options = {question.key: [option.value for option in question.options] for question in about.situations}
    answers = dict(entry.split("=", 1) for entry in given if "=" in entry)
    for entry in given:
        key, _, value = entry.partition("=")
        if value not in options.get(key, ()):
            known = "；".join(f"{key}={'|'.join(values)}" for key, values in options.items())
            raise NotOnFile(f"“{about.name}”没有情形 {entry}。可以写：{known or '（这件事没有要分的情形）'}")
    return answers


def region(name: Optional[str]) -> Optional[str]:
    """Return the code of a place; raise NotOnFile where it is unknown or belongs to several."""
    if name is None:
        return None
    codes = regions.find(name)
    if len(codes) == 1:
        return codes[0]
    if not codes:
        raise NotOnFile(f"没认出地方“{name}”。请写到市或区县，例如 长沙市芙蓉区。")
    raise NotOnFile(f"叫“{name}”的地方有：{'、'.join(map(regions.name_of, codes))}。请写全。")


def moment(given: Optional[dt.datetime]) -> Optional[dt.datetime]:
    """Return a moment typed by an editor, as one in Asia/Shanghai."""
    return given.replace(tzinfo=clock.SHANGHAI) if given else None


def since(here: Assistant, words: str) -> dt.datetime:
    """Return the moment of “8h”, “3d” or a day; raise NotOnFile for anything else."""
    now = clock.now(here.settings)
    if found := HOURS.fullmatch(words.strip()):
        return now - dt.timedelta(hours=int(found.group(1)))
    if found := DAYS.fullmatch(words.strip()):
        return now - dt.timedelta(days=int(found.group(1)))
    try:
        return dt.datetime.fromisoformat(words).replace(tzinfo=clock.SHANGHAI)
    except ValueError as error:
        raise NotOnFile(f"没认出时间“{words}”。写 8h（小时）、3d（天）或 2026-11-20。") from error


def signed(here: Assistant, name: str) -> str:
    """Return the name of somebody whose password was right; before the first account, names are taken on trust."""
    if accounts.in_use(here.engine):
        password = here.settings.editor_password or click.prompt(f"{name} 的密码", hide_input=True, err=True)
        accounts.sign_in(here.engine, name, password)
    return name
