"""One guide file → one Matter: the shorthand that editors may write, then strict validation with line numbers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path
from typing import Any, Mapping, Optional

from pydantic import ValidationError, parse_obj_as

from knowledge.editing import yaml_lines
from knowledge.errors import ContentError, Fault
from knowledge.values.guide import NATION, Guide, Matter
from knowledge.wording import fault, page

BLOCKS = ("items", "requirements", "steps", "time_limits", "fees", "offices", "notes", "faqs", "elsewhere")
MATTER_KEYS = ("code", "name", "audience", "stage", "summary", "aliases", "questions", "situations", "materials", "sources", "contradictions")
GUIDE_KEYS = ("region", "effective_from", "effective_to", "reference", "whole", "entry", "drops", *BLOCKS)
AUDIENCES = {"个人": "person", "企业": "business", "经营主体": "business", "法人": "business", "个人和企业": "both"}
SHORT_LINES = {"items": "name", "notes": "text", "fees": "text", "time_limits": "text"}
MISSING = re.compile(r"missing \d+ required keyword-only arguments?: (.+)")
UNKNOWN = re.compile(r"unexpected keyword argument '(\w+)'")



def read(path: Path) -> Matter:
    """Return the matter in `path`; raise ContentError naming every fault's line."""
    raw = yaml_lines.read(path)
    if not isinstance(raw, Mapping):
        raise ContentError([Fault(path.name, 1, *fault("not_mapping"))])
    unknown = [key for key in raw if key not in (*MATTER_KEYS, *GUIDE_KEYS, "regions")]
    faults = [
        Fault(path.name, yaml_lines.line_of(path, [key]), *fault("unknown_key", key=key))
        for key in unknown
    ]
    guides = [_guide(raw, (), path, raw, faults)]
    for index, layer in enumerate(raw.get("regions") or ()):
        guides.append(_guide(layer, ("regions", index), path, raw, faults))
    matter = _matter(raw, path, faults)
    if faults or matter is None:
        raise ContentError(faults)
    return dataclasses.replace(matter, guides=tuple(guide for guide in guides if guide))


def _matter(raw: Mapping[str, Any], path: Path, faults: list[Fault]) -> Optional[Matter]:
    data = {key: raw[key] for key in MATTER_KEYS if key in raw}
    data["audience"] = AUDIENCES.get(data.get("audience", ""), data.get("audience"))
    data["sources"] = _with_ids(raw.get("sources"))
    data["materials"] = _with_ids(raw.get("materials"))
    data["contradictions"] = _with_ids(raw.get("contradictions"))
    data["situations"] = [_situation(question) for question in raw.get("situations") or ()]
    matter: Optional[Matter] = _parse(Matter, _plain(data), (), path, faults)
    return matter


def _guide(
    layer: Any, where: tuple[Any, ...], path: Path, raw: Mapping[str, Any], faults: list[Fault]
) -> Optional[Guide]:
    if not isinstance(layer, Mapping):
        faults.append(Fault(path.name, yaml_lines.line_of(path, where), *fault("region_not_mapping")))
        return None
    data: dict[str, Any] = {key: layer[key] for key in GUIDE_KEYS if key in layer}
    data.setdefault("effective_from", raw.get("effective_from"))
    data["region"] = str(data.get("region", NATION))
    for block in BLOCKS:
        data[block] = [_line(block, number, line) for number, line in enumerate(_listed(data.get(block)), 1)]
    guide: Optional[Guide] = _parse(Guide, _plain(data), where, path, faults)
    return guide


def _line(block: str, number: int, line: Any) -> Any:
    if isinstance(line, str):
        line = {SHORT_LINES.get(block, "text"): line}
    if not isinstance(line, Mapping):
        return line
    data = dict(line)
    data["id"] = str(data.get("id") or data.get("material") or f"{block}-{number}")
    if "source" in data and data["source"] is not None:
        data["source"] = str(data["source"])
    data["when"] = _when(data.get("when"))
    if block == "notes":
        data.setdefault("aspect", "overview")
    return data


def _when(when: Any) -> Any:
    if when is None:
        return []
    alternatives = when if isinstance(when, list) else [when]
    return [
        {key: [str(v) for v in _listed(values)] for key, values in one.items()} if isinstance(one, Mapping) else one
        for one in alternatives
    ]


def _situation(question: Any) -> Any:
    if not isinstance(question, Mapping):
        return question
    return {**question, "when": _when(question.get("when"))}


def _with_ids(entries: Any) -> list[Any]:
    if isinstance(entries, Mapping):
        return [{"id": str(key), **entry} if isinstance(entry, Mapping) else entry for key, entry in entries.items()]
    listed = _listed(entries)
    return [
        {"id": str(number), **({"title": entry} if isinstance(entry, str) else entry)}
        for number, entry in enumerate(listed)
    ]


def _listed(entry: Any) -> list[Any]:
    if entry is None:
        return []
    return list(entry) if isinstance(entry, (list, tuple)) else [entry]


def _plain(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {str(key): _plain(entry) for key, entry in node.items()}
    if isinstance(node, (list, tuple)):
        return [_plain(entry) for entry in node]
    if isinstance(node, bool) or node is None or isinstance(node, (dt.date, int)):
        return node
    return str(node)


def _parse(kind: Any, data: Any, where: tuple[Any, ...], path: Path, faults: list[Fault]) -> Any:
    try:
        return parse_obj_as(kind, data)
    except ValidationError as error:
        faults.extend(_fault(found, where, path) for found in error.errors())
    return None


def _fault(found: Mapping[str, Any], where: tuple[Any, ...], path: Path) -> Fault:
    keys = [*where, *(key for key in found["loc"] if key != "__root__")]
    missing, unknown = MISSING.search(found["msg"]), UNKNOWN.search(found["msg"])
    if missing:
        told = fault("missing", key=_at(keys, missing.group(1).replace("'", "")))
    elif unknown:
        keys.append(unknown.group(1))
        told = fault("unknown_key", key=_at(keys))
    else:
        told = fault("wrong_value", key=_at(keys), problem=_problem(found))
    return Fault(path.name, yaml_lines.line_of(path, keys), *told)


def _problem(found: Mapping[str, Any]) -> str:
    permitted = "、".join(str(one) for one in (found.get("ctx") or {}).get("permitted", ()))
    return str(page("faults")["pydantic"].get(found["type"], found["msg"])).format(permitted=permitted)


def _at(keys: list[Any], *more: str) -> str:
    return ".".join(str(key) for key in (*keys, *more))
