"""A matter as a call script for the hotline: what to ask first, what to read out, limits, phone numbers, sources."""

from __future__ import annotations

from typing import Any, Iterator, Mapping, Sequence

from bot.rendering import lines
from bot.rendering.labels import labels
from bot.rendering.lines import Part
from bot.rendering.plain import checklist


def text(answer: Part) -> str:
    """Return the whole answer in the order in which an agent needs it while somebody is on the phone."""
    parts = {
        "ask_first": _questions(answer),
        "closed": [*lines.notes(answer, blocking=True, borrowed=False), *lines.notes(answer, blocking=True, borrowed=True)],
        "read_out": checklist([line for line in answer["checklist"] if not line["only_if"]]),
        "read_out_if": [f"· {line['name']}{lines.mark(line)}{_only_if(line)}" for line in answer["checklist"] if line["only_if"]],
        "do": [_step(step) for step in answer["steps"]],
        "how_long": _both(answer, lines.time_limit),
        "how_much": _both(answer, lines.fee),
        "where_to": lines.places(answer) or list(answer["missing"]),
        **{about: _notes(answer, about) for about in ("refusal", "delivery", "cross_region")},
        "else": _notes(answer, None),
        "not_this": [f"· {line['text']}{lines.mark(line)}（{'、'.join(line['asks'][:2])}）" for line in answer["elsewhere"]],
    }
    titled = [[f"■ {labels()['script'][name]}", *part] for name, part in parts.items() if part]
    return "\n\n".join("\n".join(section) for section in ([_headline(answer)], list(answer["said"]), *titled, lines.sources(answer)) if section)


def _headline(answer: Part) -> str:
    place = answer["region_name"] or labels()["script"]["no_place"]
    borrowed = f" ｜ {answer['heading']}" if answer["heading"] else ""
    return f"【{answer['matter_name'] or ''}】 {place} ｜ {labels()['script']['as_of'].format(day=answer['as_of'])}{borrowed}"


def _questions(answer: Part) -> list[str]:
    return [f"{n}. {question['text']} {' / '.join(question['options'])}" for n, question in enumerate(answer["questions"], 1)]


def _step(step: Part) -> str:
    where = f"（{step['where']}）" if step["where"] else ""
    return f"{step['n']}. [{labels()['channel'][step['channel']]}] {step['text']}{where}{lines.mark(step)}{_only_if(step)}"


def _only_if(line: Part) -> str:
    """Return the whole condition: an agent can ask."""
    return f" ←{labels()['only_if'].format(only_if=line['only_if'])}" if line["only_if"] else ""


def _both(answer: Part, render: Any) -> list[str]:
    return [*render(answer, borrowed=False), *render(answer, borrowed=True)]


def _notes(answer: Part, about: str | None) -> list[str]:
    return [lines.note(note) for note in answer["notes"] if note["about"] == about and not note["blocks"]]


def differences(first: Part, second: Part) -> str:
    """Return what differs between two answers on the same matter, line by line."""
    sections = [_differing(name, first, second) for name in ("checklist", "items", "steps", "notes", "places")]
    single = [_single(name, first, second) for name in ("time_limit", "fee")]
    found = [line for section in (*sections, *single) for line in section]
    return "\n".join(found) if found else str(labels()["script"]["same"])


def _differing(name: str, first: Part, second: Part) -> Iterator[str]:
    old, new = _by_identity(first[name]), _by_identity(second[name])
    label = labels()["script"][name]
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield from _pair(label, old.get(key), new.get(key))


def _single(name: str, first: Part, second: Part) -> Iterator[str]:
    render = getattr(lines, name)
    before, after = "，".join(_both(first, render)[:1]), "，".join(_both(second, render)[:1])
    if before != after:
        yield from _pair(labels()["script"][name], before or None, after or None)



def _pair(label: str, before: str | None, after: str | None) -> Iterator[str]:
    nothing = labels()["script"]["nothing"]
    yield f"· {label}"
    yield f"    A：{before or nothing}"
    yield f"    B：{after or nothing}"


def _by_identity(entries: Sequence[Part]) -> Mapping[str, str]:
    return {entry.get("id") or entry.get("name") or entry["text"]: _words(entry) for entry in entries}


def _words(entry: Part) -> str:
    if "needed" in entry:
        return "，".join(part.strip() for part in lines.material(1, entry)).removeprefix("1. ")
    if "limit" in entry:
        return lines.item(entry)
    return str(entry.get("text") or entry.get("phone") or entry["name"])
