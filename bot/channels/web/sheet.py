"""A kept list as HTML to look at or to print: for family, and for paper."""

from __future__ import annotations

import re
from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence

from bot.channels.web.markup import Child, Markup, joined, tag
from bot.rendering import lines, materials
from bot.rendering.labels import labels
from bot.rendering.lines import Part
from knowledge.values.checklist import Checklist
from knowledge.wording import page

NUMBER = re.compile(r"(\+?\d[\d-]{2,}\d)")


def words() -> Mapping[str, Any]:
    """Return the labels of such a page."""
    return dict(page("web")["sheet"])


def sheet(checklist: Checklist, *, above: Child = None, beside: Child = None) -> Markup:
    """Return the whole list, `above` what stands over it, `beside` what stands at its head; nothing in it can be changed."""
    answer = checklist.answer.to_dict()
    place = tag("span", f" {answer['region_name'] or ''}", class_="place")
    return joined(
        tag("div", tag("div", tag("h1", checklist.name, place), above, _howfar(checklist)), beside, class_="top"),
        _guide(answer, borrowed=False),
        tag("p", answer["heading"], class_="notice") if answer["heading"] else None,
        _guide(answer, borrowed=True),
        _sources(answer),
    )


def _guide(answer: Part, *, borrowed: bool) -> Iterator[Child]:
    """Yield the blocks that are the place's own, or those borrowed from the reference."""
    yield (tag("p", text, class_="blocks") for text in lines.notes(answer, blocking=True, borrowed=borrowed))
    yield () if borrowed else (tag("p", text, class_="notice") for text in answer["missing"])
    yield _materials([line for line in answer["checklist"] if line["borrowed"] == borrowed])
    yield tag("div", *_rest(answer, borrowed=borrowed), class_="rest")


def _howfar(checklist: Checklist) -> Markup:
    said = page("web")["page"]
    sure = said["nothing_to_bring" if not checklist.total else "to_bring" if checklist.left else "all_ready"]
    text = sure + said["maybe_more"] if checklist.maybe else sure
    return tag("p", text.format(left=checklist.left, total=checklist.total, maybe=checklist.maybe), class_="count")


def _materials(found: Sequence[Part]) -> Child:
    parts = materials.split(found)
    return (
        _boxes(labels()["checklist"], parts.needed),
        _boxes(labels()["optional"], parts.optional),
        _boxes(labels()["conditional"], parts.maybe),
        tag("p", parts.exempt) if parts.exempt else None,
    )


def _boxes(title: str, found: Sequence[Part]) -> Child:
    return joined(tag("h2", title), tag("ul", map(_box, found), class_="boxes")) if found else None


def _box(line: Part) -> Markup:
    state = words()["has" if line["ticked"] else "has_not"]
    more = [text for text in (line["reason"], _where(line), line["note"]) if text]
    return tag(
        "li",
        tag("span", tag("span", f"{state}：", class_="hidden"), class_="box ticked" if line["ticked"] else "box"),
        tag("strong", line["name"]),
        "，".join(["", *lines.form(line)]),
        f" {lines.mark(line)}",
        tag("span", lines.condition(line), class_="only") if line["only_if"] else None,
        tag("span", [(tag("span", text), " ") for text in more], class_="why"),
    )


def _where(line: Part) -> Optional[str]:
    return labels()["where"].format(where=line["where_to_get"]) if line["where_to_get"] else None


def _rest(answer: Part, *, borrowed: bool) -> Iterator[Child]:
    """Yield what comes after the materials, a section each."""
    steps = [step for step in answer["steps"] if step["borrowed"] == borrowed and not lines.is_unclear(step)]
    limit, fee = (part if part and part["borrowed"] == borrowed else None for part in (answer["time_limit"], answer["fee"]))
    yield _section(labels()["steps"], map(_step, steps), kind="ol")
    yield _section(labels()["time_limit"], [lines.limit(limit)] if limit else [])
    yield _section(labels()["fee"], [lines.cost(fee)] if fee else [])
    yield _section(labels()["places"], () if borrowed else map(_place, answer["places"]))


def _step(step: Part) -> str:
    where = f"（{step['where']}）" if step["where"] else ""
    return f"{labels()['channel'][step['channel']]}：{lines.only_if(step)}{step['text']}{where}{lines.mark(step)}"


def _place(place: Part) -> Child:
    known = "，".join(part for part in (place["name"], place["address"], place["hours"]) if part)
    return (known, _phone(place["phone"]) if place["phone"] else None, f" {lines.mark(place)}")


def _phone(numbers: str) -> Child:
    """Return a place's phones with every number in it made callable."""
    parts = NUMBER.split(labels()["phone"].format(phone=numbers))
    calls = [tag("a", part, href=f"tel:{part.replace('-', '')}") if n % 2 else part for n, part in enumerate(parts)]
    return ("，", calls)


def _section(title: str, found: Iterable[Child], *, kind: str = "ul") -> Child:
    texts = [tag("li", text) for text in found]
    return tag("section", tag("h2", title), tag(kind, texts)) if texts else None


def _sources(answer: Part) -> Child:
    day = words()["printed"].format(date=answer["as_of"])
    return tag("section", (tag("p", text) for text in (*lines.sources(answer), day)), class_="small sources")
