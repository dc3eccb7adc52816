"""Single lines of an answer in plain words, each with its source number and what is not verified."""

from __future__ import annotations

import datetime as dt
from typing import Any, Iterator, Mapping

from bot.rendering.labels import labels

Part = Mapping[str, Any]
LONGEST_CONDITION = 24


def material(n: int, line: Part) -> Iterator[str]:
    """Yield one material: what, in which form, why, where to get it."""
    facts = "，".join(form(line))
    yield f"{n}. {'✓ ' if line['ticked'] else ''}{line['name']}{f'（{facts}）' if facts else ''}{mark(line)}"
    yield f"   {labels()['reason'].format(reason=line['reason'])}"
    if line["where_to_get"]:
        yield f"   {labels()['where'].format(where=line['where_to_get'])}"
    if line["note"]:
        yield f"   {line['note']}"


def form(line: Part) -> Iterator[str]:
    """Yield in which form a material is wanted, how often, and whether it may come later."""
    if line["kind"]:
        yield labels()["kind"][line["kind"]]
    if line["copies"]:
        yield labels()["copies"].format(copies=line["copies"])
    if line["needed"] == "later":
        yield labels()["needed"]["later"]
    if line["later_days"]:
        yield labels()["later_days"].format(days=line["later_days"])


def steps(answer: Part, *, borrowed: bool) -> list[str]:
    """Return the steps with their entrance."""
    here = [step for step in answer["steps"] if step["borrowed"] == borrowed]
    if not here:
        return []
    found = [step for step in here if not is_unclear(step)]
    if not found:
        return [labels()["steps_unclear"]]
    entry = [labels()["entry"].format(entry=answer["entry"])] if answer["entry"] and not borrowed else []
    return [f"{labels()['steps']}：", *(_step(n, step) for n, step in enumerate(found, 1)), *entry]


def _step(n: int, step: Part) -> str:
    where = f"（{step['where']}）" if step["where"] else ""
    return f"{n}. [{labels()['channel'][step['channel']]}] {only_if(step)}{step['text']}{where}{mark(step)}"


def time_limit(answer: Part, *, borrowed: bool) -> list[str]:
    """Return the limit of the whole and, where they were asked about, of every item; else only the items' names."""
    whole = answer["time_limit"]
    items = [one for one in answer["items"] if one["borrowed"] == borrowed]
    out = [f"{labels()['time_limit']}：{limit(whole)}"] if whole and whole["borrowed"] == borrowed else []
    if not items:
        return out
    if {"time_limit", "result"} & set(answer["aspects"]):
        return [*out, f"{labels()['items']}：", *(item(entry) for entry in items)]
    return [*out, f"{labels()['items']}：{'、'.join(dict.fromkeys(one['name'] for one in items))}"]


def limit(line: Part) -> str:
    """Return how long it takes, with its source."""
    return _limit_words(line) + mark(line)


def _limit_words(limit: Part) -> str:
    words = [days_in_words(limit["days"], limit["unit"])] if limit["days"] else []
    starts = labels()["starts"].get(limit["starts"])
    words += [starts] if limit["days"] and starts else []
    if limit["statutory_days"]:
        words.append(labels()["statutory"].format(days=limit["statutory_days"], unit=labels()["unit"][limit["unit"]]))
    parts = ("，".join(words), limit["text"] or "", done_by(limit))
    return "。".join(part.rstrip("。") for part in parts if part) + "。"


def done_by(limit: Part) -> str:
    """Return by when it is done if it begins today, and that a calendar not announced yet was guessed."""
    if not limit["done_by"]:
        return ""
    day = dt.date.fromisoformat(limit["done_by"])
    assumed = labels()["assumed"].format(year=day.year) if limit["assumed"] else ""
    return str(labels()["done_by"].format(date=f"{day.month} 月 {day.day} 日")) + assumed


def days_in_words(days: int, unit: str) -> str:
    """Return “5 个工作日”."""
    return f"{days} {labels()['unit'][unit]}"


def item(line: Part) -> str:
    """Return one department's service with its limit and result."""
    department = f"（{line['department']}）" if line["department"] else ""
    days = f"，{days_in_words(line['limit']['days'], line['limit']['unit'])}" if line["limit"] else ""
    result = f"，{labels()['results'].format(result=line['result'])}" if line["result"] else ""
    return f"· {only_if(line)}{line['name']}{department}{days}{result}{mark(line)}"


def fee(answer: Part, *, borrowed: bool) -> list[str]:
    """Return what it costs."""
    line = answer["fee"]
    return [f"{labels()['fee']}：{cost(line)}"] if line and line["borrowed"] == borrowed else []


def cost(line: Part) -> str:
    """Return what it costs, with its source."""
    return f"{line['text']}{mark(line)}"


def places(answer: Part) -> list[str]:
    """Return where to go, one place a line."""
    return [f"{labels()['places']}：", *(_place(place) for place in answer["places"])] if answer["places"] else []


def _place(place: Part) -> str:
    phone = labels()["phone"].format(phone=place["phone"]) if place["phone"] else None
    parts = [part for part in (place["name"], place["address"], place["hours"], phone) if part]
    return f"· {'，'.join(parts)}{mark(place)}"


def notes(answer: Part, *, blocking: bool, borrowed: bool) -> list[str]:
    """Return the sentences that close the way to this person, or all the others."""
    return [note(entry) for entry in answer["notes"] if (entry["blocks"], entry["borrowed"]) == (blocking, borrowed)]


def note(line: Part) -> str:
    """Return one sentence; one that closes the way with its own sign."""
    return f"{'※' if line['blocks'] else '·'} {only_if(line)}{line['text']}{mark(line)}"


def status(answer: Part) -> list[str]:
    """Return every item of an application with its state."""
    return [line for item in (answer["status"] or {"items": ()})["items"] for line in _status_item(item)]


def _status_item(item: Part) -> Iterator[str]:
    department = f"（{item['department']}）" if item["department"] else ""
    since = f"，{item['since']} 起" if item["since"] else ""
    yield f"· {item['name']}{department}：{item['state_name']}{since}"
    yield f"  {item['sentence']}"
    yield f"  {item['clock']}"


def sources(answer: Part) -> list[str]:
    """Return the numbered sources, and that nobody competent has reviewed them."""
    if not answer["sources"]:
        return []
    numbered = [_source(n, source) for n, source in enumerate(answer["sources"], 1)]
    return [f"{labels()['sources']}：", *numbered, *([answer["review"]] if answer["review"] else [])]


def _source(n: int, source: Part) -> str:
    facts = [source[key] for key in ("issuer", "number", "date") if source[key]]
    if source["verified_on"]:
        facts.append(labels()["verified"].format(date=source["verified_on"]))
    return f"[{n}] {source['title']}{f'（{chr(65292).join(facts)}）' if facts else ''}"


def condition(line: Part) -> str:
    """Return for whom a line holds, or that it depends where that takes too many words."""
    if is_unclear(line):
        return str(labels()["unclear_yet"])
    return str(labels()["only_if"].format(only_if=line["only_if"]))


def is_unclear(line: Part) -> bool:
    """Tell whether nobody would read through for whom a line holds: the open question decides it."""
    return len(line["only_if"] or "") > LONGEST_CONDITION


def only_if(line: Part) -> str:
    """Return the condition of a line not decided yet as its opening words."""
    return f"{condition(line)}：" if line["only_if"] else ""


def mark(line: Part) -> str:
    """Return the source number of a line, and that it is not verified where it is not."""
    number = "" if line["source"] is None else f"[{line['source'] + 1}]"
    return number + (labels()["unverified"] if line["confidence"] == "unverified" else "")
