"""What must hold in a guide beyond its shape: references, sources, questions that decide something."""

from __future__ import annotations

from typing import Iterator

from knowledge.editing.guide_file import BLOCKS
from knowledge.values.guide import NATION, AnyLine, Guide, Material, Matter


def faults(matter: Matter, shared: tuple[Material, ...]) -> Iterator[tuple[str, str]]:
    """Yield (fault, mend) for everything in `matter` that an editor has to change before it may be published."""
    yield from _references(matter, shared)
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
        seen: set[tuple[str, str]] = set()
        for block, line in lines(guide):
            name = f"region {guide.region}, {block} ‘{line.id}’"
            if (block, line.id) in seen:
                yield f"{name} stands there twice.", "Give each line its own `id:`."
            seen.add((block, line.id))
            if line.source is not None and line.source not in sources:
                yield f"{name} names the source ‘{line.source}’, which is not under `sources:`.", "Add it or correct the name."
        for requirement in guide.requirements:
            if requirement.material not in materials:
                yield (
                    f"region {guide.region}: the material ‘{requirement.material}’ is not on file.",
                    "Add it under `materials:` with its name.",
                )


def _national_lines(matter: Matter) -> Iterator[tuple[str, str]]:
    scope = {source.id: source.scope for source in matter.sources}
    for guide in matter.guides:
        if guide.region != NATION:
            continue
        for block, line in lines(guide):
            if line.source and scope.get(line.source, NATION) != NATION:
                yield (
                    f"the national {block} ‘{line.id}’ rests on a regional source ‘{line.source}’.",
                    f"Move it under `regions:` for {scope[line.source]}.",
                )


def _situations(matter: Matter) -> Iterator[tuple[str, str]]:
    options = {question.key: {option.value for option in question.options} for question in matter.situations}
    used: set[str] = set()
    for guide in matter.guides:
        for block, line in lines(guide):
            for alternative in line.when:
                for key, values in alternative.items():
                    used.add(key)
                    if key not in options:
                        yield f"region {guide.region}, {block} ‘{line.id}’ depends on ‘{key}’, which nobody asks.", "Add it under `situations:`."
                    for value in set(values) - options.get(key, set(values)):
                        yield f"region {guide.region}, {block} ‘{line.id}’: ‘{key}’ has no option ‘{value}’.", "Add the option or correct the value."
    used |= {key for question in matter.situations for alternative in question.when for key in alternative}
    for key in set(options) - used:
        yield f"the question ‘{key}’ changes no line.", "Remove it, or use it in a `when:`."
