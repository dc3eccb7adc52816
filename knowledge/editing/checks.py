"""What must hold in a guide beyond its shape: references, sources, questions that decide something."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Iterator
from urllib.parse import urlsplit

from knowledge.editing.guide_file import BLOCKS
from knowledge.values.guide import NATION, AnyLine, Guide, Material, Matter
from knowledge.wording import fault

# Citizens are led to these hosts alone.
OFFICIAL = ".gov.cn"


def faults(matter: Matter, shared: tuple[Material, ...]) -> Iterator[tuple[str, str]]:
    """Yield (fault, mend) for everything in `matter` that an editor has to change before it may be published."""
    yield from _references(matter, shared)
    yield from _spans(matter)
    yield from _links(matter)
    yield from _national_lines(matter)
    yield from _situations(matter)


def lines(guide: Guide) -> Iterator[tuple[str, AnyLine]]:
    """Yield every line of `guide` with the name of its block."""
    for block in BLOCKS:
        for line in getattr(guide, block):
            yield block, line


def _references(matter: Matter, shared: tuple[Material, ...]) -> Iterator[tuple[str, str]]:
    sources = {source.id for source in matter.sources}
    materials = {material.id for material in (*shared, *matter.materials)}
    for guide in matter.guides:
        for block, line in lines(guide):
            named = {"region": guide.region, "block": block, "id": line.id}
            if line.source is not None and line.source not in sources:
                yield fault("unknown_source", **named, source=line.source)
        for requirement in guide.requirements:
            if requirement.material not in materials:
                yield fault("unknown_material", region=guide.region, material=requirement.material)


def _links(matter: Matter) -> Iterator[tuple[str, str]]:
    for source in matter.sources:
        host = urlsplit(source.url or "").hostname or ""
        if source.url and not host.endswith(OFFICIAL):
            yield fault("unofficial_link", source=source.id, url=source.url)


def _spans(matter: Matter) -> Iterator[tuple[str, str]]:
    """Yield the ids written twice for the same day, and the days that lie between two wordings of a line."""
    for guide in matter.guides:
        wordings: dict[tuple[str, str], list[AnyLine]] = {}
        for block, line in lines(guide):
            wordings.setdefault((block, line.id), []).append(line)
        for (block, name), said in wordings.items():
            for earlier, later in pairwise(sorted(said, key=lambda line: line.effective_from or guide.effective_from)):
                begins, ended = later.effective_from or guide.effective_from, earlier.effective_to or dt.date.max
                named = {"region": guide.region, "block": block, "id": name}
                if begins <= ended:
                    yield fault("line_twice", **named)
                elif begins - ended > dt.timedelta(days=1):
                    yield fault("date_gap", **named, ended=ended, begins=begins)


def _national_lines(matter: Matter) -> Iterator[tuple[str, str]]:
    scope = {source.id: source.scope for source in matter.sources}
    for guide in matter.guides:
        if guide.region != NATION:
            continue
        for block, line in lines(guide):
            if line.source and scope.get(line.source, NATION) != NATION:
                yield fault("national_on_regional", block=block, id=line.id, source=line.source, scope=scope[line.source])


def _situations(matter: Matter) -> Iterator[tuple[str, str]]:
    options = {question.key: {option.value for option in question.options} for question in matter.situations}
    used: set[str] = set()
    for guide in matter.guides:
        for block, line in lines(guide):
            named = {"region": guide.region, "block": block, "id": line.id}
            for key, values in (entry for alternative in line.when for entry in alternative.items()):
                used.add(key)
                if key not in options:
                    yield fault("nobody_asks", **named, key=key)
                for value in sorted(set(values) - options.get(key, set(values))):
                    yield fault("no_such_option", **named, key=key, value=value)
    used |= {key for question in matter.situations for alternative in question.when for key in alternative}
    for key in set(options) - used:
        yield fault("changes_nothing", key=key)
