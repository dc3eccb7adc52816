"""Whether a reply is a real one: a refusal is quick, and must not count as speed."""

from __future__ import annotations

import json
from typing import Any, Callable, Mapping, Optional

from knowledge.wording import say

# What a reply came to, and what is wrong with it if anything is.
Verdict = tuple[str, Optional[str]]
Judge = Callable[[int, bytes], Verdict]
REAL = frozenset({"answered", "needs_choice", "needs_detail", "not_found", "not_in_force", "out_of_scope", "hand_off"})


def judge(expect: str) -> Judge:
    """Return what tells whether a status and body are what is expected: one of `CHECKS`."""
    check = CHECKS[expect]

    def verdict(status: int, raw: bytes) -> Verdict:
        if status != 200:
            return "none", f"status {status}"
        try:
            return check(json.loads(raw))
        except (ValueError, KeyError, IndexError, TypeError) as error:
            return "none", f"not the agreed form ({type(error).__name__})"

    return verdict


def _parse(reply: Mapping[str, Any]) -> Verdict:
    intent = reply["intent"]["name"]
    return str(intent), None if intent else "no intent"


def _understood(reply: Mapping[str, Any]) -> Verdict:
    intent, wrong = _parse(reply)
    return intent, wrong or (None if {"aspects", "matter", "matter_ranking"} <= reply.keys() else "no matter")


def _answer(replies: list[Mapping[str, Any]]) -> Verdict:
    reply = replies[0]
    outcome = str(reply["custom"]["outcome"])
    if reply["text"] == say("too_fast"):
        return outcome, "refused as too fast"
    if outcome not in REAL:
        return outcome, f"outcome {outcome}"
    return outcome, None if reply["text"] else "no text"


def _checklist(replies: list[Mapping[str, Any]]) -> Verdict:
    outcome, wrong = _answer(replies)
    return outcome, wrong or (None if replies[0]["custom"]["checklist"] else "no checklist")


def _text(replies: list[Mapping[str, Any]]) -> Verdict:
    return "text", None if replies[0]["text"] else "no text"


# Ours understands, answers and lists; the reference parses and says a text.
CHECKS: Mapping[str, Callable[[Any], Verdict]] = {
    "understood": _understood,
    "answer": _answer,
    "checklist": _checklist,
    "parse": _parse,
    "text": _text,
}
