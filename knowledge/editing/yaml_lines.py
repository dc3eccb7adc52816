"""YAML read quickly, and read again with line numbers where a fault has to name the line an editor must change."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Sequence, Union

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor, SafeConstructor
from ruamel.yaml.error import MarkedYAMLError

from knowledge.errors import ContentError, Fault
from knowledge.wording import fault

Key = Union[str, int]
TIMESTAMP = "tag:yaml.org,2002:timestamp"


class _Quick(SafeConstructor):
    """Leaves dates as they are written: a wrong one is told of with its line, not by an exception."""


class _WithLines(RoundTripConstructor):
    """As `_Quick`, and remembers where everything stood; twenty times slower."""


_Quick.add_constructor(TIMESTAMP, SafeConstructor.construct_yaml_str)
_WithLines.add_constructor(TIMESTAMP, RoundTripConstructor.construct_yaml_str)


def read(path: Path) -> Any:
    """Return the parsed file; raise ContentError, with the line, where it is no YAML."""
    try:
        return _load("safe", _Quick, path)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise ContentError([Fault(path.name, line, *fault("not_yaml", problem=error.problem))]) from error
    except UnicodeDecodeError as error:
        raise ContentError([Fault(path.name, 1, *fault("not_utf8"))]) from error


def line_of(path: Path, keys: Sequence[Key]) -> int:
    """Return the 1-based line of the deepest existing node on the way `keys`."""
    node, line = _load("rt", _WithLines, path), 1
    for key in keys:
        if isinstance(node, CommentedMap) and key in node:
            nested = isinstance(node[key], (CommentedMap, CommentedSeq))
            line = (node.lc.value(key) if nested else node.lc.key(key))[0] + 1
        elif isinstance(node, CommentedSeq) and isinstance(key, int) and key < len(node):
            line = node.lc.item(key)[0] + 1
        else:
            break
        node = node[key]
    return line


def _load(kind: str, constructor: Any, path: Path) -> Any:
    yaml = YAML(typ=kind)
    yaml.Constructor = constructor
    return yaml.load(path.read_text(encoding="utf-8"))
