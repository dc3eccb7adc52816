"""Documents are tested as code: the files they name exist, the commands they show are real."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.wording import page

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md"))]
FILE_NAME = re.compile(r"`((?:bot|actions|knowledge|nlu_data|docs|tests|bin)/[\w./<>-]*|config\.yml|endpoints\.yml|credentials\.yml|Makefile)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
TARGET = re.compile(r"\bmake ([a-z][a-z-]*)\b")
YJS = re.compile(r"\bbin/yjs ([a-z]+)(?: ([a-z]+))?")


def named(pattern: re.Pattern[str], document: Path) -> set[str]:
    """Return what `pattern` finds in `document`."""
    return set(pattern.findall(document.read_text(encoding="utf-8")))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_document_names_exists(document: Path) -> None:
    assert [name for name in sorted(named(FILE_NAME, document)) if "<" not in name and not (ROOT / name).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    assert [link for link in sorted(named(LINK, document)) if not (document.parent / link).exists()] == []


def test_every_reviewed_sentence_is_said_somewhere() -> None:
    code = "".join(path.read_text(encoding="utf-8") for top in ("bot", "knowledge", "actions") for path in (ROOT / top).rglob("*.py"))
    composed = re.compile(r"missing_.*|.*_again|.*_maybe|national_(person|business)|list_shared_.*")
    assert [name for name in page("answers") if f'"{name}"' not in code and not composed.fullmatch(name)] == []


def test_the_walk_names_a_file_for_every_step() -> None:
    steps = [line for line in (ROOT / "docs/walk.md").read_text(encoding="utf-8").splitlines() if re.match(r"\| \d+ \|", line)]
    assert len(steps) >= 10
    assert [step for step in steps if not FILE_NAME.search(step)] == []


@pytest.mark.parametrize("document", DOCUMENTS[:2], ids=lambda path: path.name)
def test_every_make_target_that_a_readme_shows_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named(TARGET, document) <= targets and {"run", "test"} <= targets


@pytest.mark.parametrize("document", DOCUMENTS[:2], ids=lambda path: path.name)
def test_every_command_of_yjs_that_a_readme_shows_exists(document: Path) -> None:
    from bot.channels.terminal.__main__ import yjs

    for command, verb in named(YJS, document):
        assert command in yjs.commands, f"{document.name} shows `bin/yjs {command}`"
        group = yjs.commands[command]
        assert not hasattr(group, "commands") or verb in group.commands, f"{document.name} shows `bin/yjs {command} {verb}`"
