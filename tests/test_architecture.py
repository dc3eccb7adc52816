"""Who may import whom, where files may lie, and what no file may name."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Iterator

import pytest

from knowledge.settings import ROOT

OURS = ("bot", "actions", "knowledge")
MODULES = sorted(path.relative_to(ROOT) for top in OURS for path in (ROOT / top).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute, so that this test can read them"
            yield f"{node.module}"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def offenders(modules: list[Path], forbidden: tuple[str, ...], allowed: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{path} imports {name}"
        for path in modules
        for name in imported(path)
        if below(name, forbidden) and not below(name, allowed)
    ]


def below(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def modules_in(folder: str) -> list[Path]:
    return [path for path in MODULES if path.is_relative_to(folder)]


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip(f"git does not list this checkout: {listed.stderr.strip()}")
    return [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_knowledge_knows_neither_the_bot_nor_the_actions_nor_rasa_nor_a_web_framework() -> None:
    assert not offenders(modules_in("knowledge"), ("bot", "actions", "rasa", "rasa_sdk", "sanic", "aiohttp", "telegram"))


def test_the_bot_and_the_actions_stand_side_by_side() -> None:
    assert not offenders(modules_in("bot"), ("actions", "rasa_sdk"))
    assert not offenders(modules_in("actions"), ("bot", "rasa"))


def test_rendering_knows_only_the_values_and_the_calendar_of_knowledge() -> None:
    assert not offenders(modules_in("bot/rendering"), OURS, allowed=("bot.rendering", "knowledge.values", "knowledge.rules"))


def test_sql_is_spoken_in_the_store_alone() -> None:
    outside = [path for path in MODULES if not path.is_relative_to("knowledge/store")]
    assert not offenders(outside, ("sqlalchemy", "alembic"))


def test_only_the_status_platforms_ask_other_hosts_from_knowledge() -> None:
    inside = [path for path in modules_in("knowledge") if not path.name.startswith("platform")]
    assert not offenders(inside, ("requests", "urllib.request", "http.client"))


def test_folders_are_at_most_three_deep() -> None:
    deep = {path.parent for path in tracked() if len(path.parent.parts) > 4}
    assert not deep, "a folder lies at most three below a folder of the top"


def test_a_folder_with_one_module_is_not_a_folder() -> None:
    files = [path for path in tracked() if path.suffix == ".py" and path.name != "__init__.py"]
    filled = Counter(parent for path in files for parent in path.parents)
    lonely = {folder for folder, count in filled.items() if count == 1 and "migrations" not in folder.parts}
    assert not lonely


def test_no_file_names_a_path_of_somebody_s_machine_or_a_package_registry() -> None:
    # Written in pieces, so that this file does not name them either.
    words = [f"/{home}/" for home in ("root", "home/[a-z]+", "Users/[A-Za-z]+", "work/(?:main|shared)", "tmp/lock")]
    hosts = [rf"{host}\.(?:org|com|cn|io)" for host in ("pypi", "pythonhosted", "npmjs", "tuna\\.tsinghua\\.edu")]
    named = re.compile("|".join(rf"(?<![\w.]){word}" for word in words) + "|" + "|".join(hosts))
    texts = ((path, (ROOT / path).read_bytes().decode(errors="replace")) for path in tracked())
    assert not [f"{path}: {found.group()}" for path, text in texts if (found := named.search(text))]
