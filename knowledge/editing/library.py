"""The content folder, or one file, read and checked as a whole: all of it or nothing."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, Mapping, Sequence

from pydantic import ValidationError, parse_obj_as

from knowledge.editing import checks, guide_file, yaml_lines
from knowledge.errors import ContentError, Fault
from knowledge.values.guide import Material, Matter
from knowledge.wording import fault

CONTENT = Path(__file__).resolve().parent.parent / "content"
SHARED = "materials.yml"
NO_GUIDES = (SHARED, "demo_applications.yml", "national_lists.yml", "ticket_promises.yml")


def content_files(folder: Path = CONTENT) -> tuple[Path, ...]:
    """Return the guide files of a content folder, in order."""
    return tuple(path for path in sorted(folder.glob("*.yml")) if path.name not in NO_GUIDES)


def read_all(paths: Sequence[Path]) -> tuple[Matter, ...]:
    """Return the matters in `paths` with the shared documents they name; raise ContentError with every fault of every file."""
    shared = shared_materials()
    faults: list[Fault] = []
    matters: list[Matter] = []
    for path in paths:
        try:
            matters.append(_read(path, shared))
        except ContentError as error:
            faults.extend(error.faults)
    if faults:
        raise ContentError(faults)
    return tuple(matters)


def shared_materials(folder: Path = CONTENT) -> tuple[Material, ...]:
    """Return the documents that several matters ask for."""
    path = folder / SHARED
    raw = yaml_lines.read(path)
    try:
        return tuple(parse_obj_as(list[Material], [{"id": key, **entry} for key, entry in raw.items()]))
    except ValidationError as error:
        raise ContentError(
            [_shared_fault(path, raw, found) for found in error.errors()]
        ) from error


def _shared_fault(path: Path, raw: Any, found: Mapping[str, Any]) -> Fault:
    key = list(raw)[int(found["loc"][1])]
    return Fault(path.name, yaml_lines.line_of(path, [key]), *fault("wrong_value", key=key, problem=found["msg"]))


def _read(path: Path, shared: tuple[Material, ...]) -> Matter:
    matter = guide_file.read(path)
    faults = [Fault(path.name, 1, wrong, mend) for wrong, mend in checks.faults(matter, shared)]
    if faults:
        raise ContentError(faults)
    return dataclasses.replace(matter, materials=_needed(matter, shared))


def _needed(matter: Matter, shared: tuple[Material, ...]) -> tuple[Material, ...]:
    named = {requirement.material for guide in matter.guides for requirement in guide.requirements}
    own = {material.id for material in matter.materials}
    return (*matter.materials, *(material for material in shared if material.id in named - own))
