"""A matter as a call script for the hotline: what to ask first, what to read out, limits, phone numbers, sources."""

from __future__ import annotations

from typing import Callable, Iterator, Mapping, Optional, Sequence

from bot.rendering import lines
from bot.rendering.labels import labels
from bot.rendering.lines import Part
from bot.rendering.plain import checklist

RENDER = {"time_limit": lines.limit, "fee": lines.cost}


def text(answer: Part) -> str:
    """Return the whole answer in the order in which an agent needs it while somebody is on the phone."""
    place = answer["reference_name"] or ""
    sure = [line for line in answer["checklist"] if not line["only_if"]]
    parts = {
        "ask_first": _questions(answer),
        "closed": [_marked(lines.note(note), note, place) for note in answer["notes"] if note["blocks"]],
        "read_out": checklist([line for line in sure if not line["borrowed"]]),
        "read_out_borrowed": checklist([line for line in sure if line["borrowed"]]),
        "read_out_if": [_marked(f"· {line['name']}{lines.mark(line)}", line, place) for line in answer["checklist"] if line["only_if"]],
        "do": [_marked(_step(step), step, place) for step in answer["steps"]],
        "how_long": [*_single_line(answer, lines.limit, "time_limit", place), *(_marked(lines.item(one), one, place) for one in answer["items"])],
        "how_much": _single_line(answer, lines.cost, "fee", place),
        "where_to": lines.places(answer),
        "missing": list(answer["missing"]),
        **{about: _notes(answer, about, place) for about in ("refusal", "delivery", "cross_region")},
        "else": _notes(answer, None, place),
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
    return f"{step['n']}. [{labels()['channel'][step['channel']]}] {step['text']}{where}{lines.mark(step)}"


def _single_line(answer: Part, render: Callable[[Part], str], name: str, place: str) -> list[str]:
    return [_marked(render(answer[name]), answer[name], place)] if answer[name] else []


def _notes(answer: Part, about: Optional[str], place: str) -> list[str]:
    return [_marked(lines.note(note), note, place) for note in answer["notes"] if note["about"] == about and not note["blocks"]]


def _marked(words: str, line: Part, place: str) -> str:
    """Return a line with its whole condition, which an agent can ask, and with the place it is borrowed from."""
    condition = f" ←{labels()['only_if'].format(only_if=line['only_if'])}" if line.get("only_if") else ""
    return words + condition + (labels()["script"]["borrowed"].format(place=place) if line["borrowed"] else "")


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
    before, after = (_single_line(answer, RENDER[name], name, answer["reference_name"] or "") for answer in (first, second))
    if before != after:
        yield from _pair(labels()["script"][name], *("".join(side) or None for side in (before, after)))



def _pair(label: str, before: Optional[str], after: Optional[str]) -> Iterator[str]:
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
