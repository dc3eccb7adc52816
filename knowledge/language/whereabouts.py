"""Which of the places that a message names is the one where somebody wants their business done."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Iterator, Mapping, Optional, Sequence

from knowledge.language.regions import Mention, mentions, parents
from knowledge.language.words import data, says

CLAUSE = re.compile(r"[,，。.？?！!；;:：\s]")
# Between places that are named in one breath: 北京、上海和广州.
ONE_BREATH = re.compile(r"[、和跟与或]?|或者|还是")
Codes = tuple[str, ...]
# What speaks for a place, the weakest first; “insured” weighs what it weighs in the matter in hand.
NEVER, ASIDE, NAMED, HERE, DONE = range(5)
WEIGHTS = {"never": NEVER, "negated": NEVER, "belongs": ASIDE, "aside": ASIDE, "named": NAMED, "here": HERE, "done": DONE}


@dataclass(frozen=True)
class _Place:
    """A place with the words of its clause before it and the part it plays there."""

    mention: Mention
    before: str
    role: str


def meant(text: str, *, named: Sequence[Codes] = (), known: Optional[str] = None, about: Optional[str] = None) -> Optional[Mention]:
    """Return the place meant, with several codes where only the person can say which; None where what is `known` stays.

    `known` is the place told before, `about` the matter in hand; `named` are the places that came with the text, the last of which
    counts where the words themselves name none.
    """
    places, weights = _places(text, about) or _unread(named[-1:]), {**WEIGHTS, "insured": _insured_weighs(known, about)}
    best = max((weights[place.role] for place in places), default=NEVER)
    if best == NEVER or best == ASIDE and known and not _corrects(text):
        return None
    found = _one_of([place.mention for place in places if weights[place.role] == best])
    found = replace(found, codes=_inside(found.codes, known))
    stays = known and not found.zone and (known in found.codes or _only_wider(found.codes, known, places))
    return None if stays else found


def _unread(named: Sequence[Codes]) -> list[_Place]:
    return [_Place(Mention(start=0, end=0, codes=codes, name=""), "", "named") for codes in named]


def _corrects(text: str) -> bool:
    return text.startswith("不对") or says(text, "takes_back")


def _one_of(found: list[Mention]) -> Mention:
    """Return the narrowest of places that lie in one another; of those that lie apart, all as one that is not clear."""
    narrow = found[-1]
    for other in reversed(found[:-1]):
        narrow = _within(narrow, other) or _within(other, narrow) or _both(other, narrow)
    return narrow


def _within(inner: Mention, outer: Mention) -> Optional[Mention]:
    """Return `inner` as far as it lies in `outer`."""
    codes = tuple(code for code in inner.codes if set(parents(code)) & set(outer.codes))
    return replace(inner, codes=codes) if codes else None


def _both(one: Mention, other: Mention) -> Mention:
    return replace(other, codes=tuple(dict.fromkeys((*one.codes, *other.codes))), zone=None)


def _inside(codes: tuple[str, ...], known: Optional[str]) -> tuple[str, ...]:
    """Return the one place that lies in the known one, else all."""
    inside = tuple(code for code in codes if known in parents(code)[1:])
    return inside if len(inside) == 1 else codes


def _only_wider(codes: tuple[str, ...], known: str, places: list[_Place]) -> bool:
    """Tell whether only the city or province of the known place was named, and the known one was not taken back."""
    taken_back = any(place.role == "negated" and known in place.mention.codes for place in places)
    return len(codes) == 1 and codes[0] in parents(known)[1:] and not taken_back


def _places(text: str, about: Optional[str]) -> list[_Place]:
    """Return the places named in `text` with their roles; those named in one breath share one."""
    places: list[_Place] = []
    elsewhere = about in _cues()["insured_decides"] and _fits("insured_elsewhere", text)
    for mention, before, after in _with_clauses(text):
        last = places[-1] if places else None
        if last and ONE_BREATH.fullmatch(text[last.mention.end : mention.start]):
            places.append(replace(last, mention=mention))
        else:
            role = _role_after(last, _role(before, after), before, text)
            places.append(_Place(mention, before, "never" if elsewhere and role != "insured" else role))
    return places


def _with_clauses(text: str) -> Iterator[tuple[Mention, str, str]]:
    """Yield every place with what stands before and after it in its clause, no further than to another place."""
    found = mentions(text)
    starts = [0, *(mention.end for mention in found)]
    ends = [*(mention.start for mention in found[1:]), len(text)]
    for mention, start, end in zip(found, starts, ends):
        yield mention, CLAUSE.split(text[start : mention.start])[-1], CLAUSE.split(text[mention.end : end])[0]


def _role_after(last: Optional[_Place], role: str, before: str, text: str) -> str:
    """Return the role as the place before changes it: “户口不在长沙，在株洲”, “从邵阳到郴州走高速”."""
    if last and last.role == "belongs" and role != "done" and _fits("takes_up", before):
        return "aside"
    ends_a_way = last and last.before.endswith("从") and _fits("goes", before) and _fits("goods", text)
    return "never" if ends_a_way else role


def _role(before: str, after: str) -> str:
    """Return the part that a place plays in its clause."""
    if _fits("negated", before, after):
        return _denied(before, after)
    if _fits("never", before) or _fits("goes", before) and _fits("never_after", after):
        return "never"
    if _fits("insured", before, after):
        return "insured"
    if _fits("moves", before) or _fits("done", before) and _fits("done_after", after) and not _fits("aside", before):
        return "done"
    if _fits("aside", before, after):
        return "aside"
    return "here" if _fits("here", before, after) else "named"


def _denied(before: str, after: str) -> str:
    """Return the role of a place that is denied: not to be registered there means to be there, or to belong there."""
    if _fits("belongs", before, after):
        return "belongs"
    return "named" if _fits("really", after) else "negated"


def _insured_weighs(known: Optional[str], about: Optional[str]) -> int:
    """Return how much it says that somebody is insured in a place: much in the business of insurance, else little."""
    if about in _cues()["insured_decides"]:
        return DONE
    may_decide = about is None or about in _cues()["insured_may_decide"]
    return HERE if may_decide and not known else ASIDE


def _fits(role: str, before: str, after: Optional[str] = None) -> bool:
    """Tell whether the words before a place, or those after it where they are given, fit the cues of `role`."""
    return bool(_pattern(role).search(before) or after and f"{role}_after" in _cues() and _pattern(f"{role}_after").search(after))


def _cues() -> Mapping[str, Any]:
    cues: Mapping[str, Any] = data()["places"]
    return cues


@cache
def _pattern(name: str) -> re.Pattern[str]:
    relations = "|".join(wording for wordings in data()["relations"].values() for wording in wordings)
    return re.compile("|".join(_cues()[name]).replace("~", relations))
