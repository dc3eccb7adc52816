"""YAML with line numbers: so that a fault can name the line an editor has to change."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Sequence, Union

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError

from knowledge.errors import ContentError, Fault
from knowledge.wording import fault

Key = Union[str, int]


def read(path: Path) -> Any:
    """Return the parsed file; raise ContentError, with the line, where it is no YAML."""
    try:
        return _loader().load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise ContentError(
            [Fault(path.name, line, *fault("not_yaml", problem=error.problem))]
        ) from error
    except UnicodeDecodeError as error:
        raise ContentError(
            [Fault(path.name, 1, *fault("not_utf8"))]
        ) from error


def _loader() -> YAML:
    """Return a loader that leaves dates as they are written: a wrong one is told of with its line, not by an exception."""
    yaml = YAML(typ="rt")
    yaml.Constructor = _DatesAsWritten
    return yaml


class _DatesAsWritten(RoundTripConstructor):
    """Reads timestamps as text."""


_DatesAsWritten.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_yaml_str)


def line_of(node: Any, keys: Sequence[Key]) -> int:
    """Return the 1-based line of the deepest existing node on the way `keys`."""
    line = 1
    for key in keys:
        if isinstance(node, CommentedMap) and key in node:
            line = node.lc.value(key)[0] + 1 if isinstance(node[key], (CommentedMap, CommentedSeq)) else node.lc.key(key)[0] + 1
            node = node[key]
        elif isinstance(node, CommentedSeq) and isinstance(key, int) and key < len(node):
            line = node.lc.item(key)[0] + 1
            node = node[key]
        else:
            break
    return line
