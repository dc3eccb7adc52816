"""Questions of yes or no that are open for one turn: whether they were agreed to."""

from __future__ import annotations

from typing import Optional

from knowledge.conversation.context import Choice, Context, Pending, PendingKind
from knowledge.conversation.heard import Heard
from knowledge.values.answer import OpenQuestion

YES, NO = "yes", "no"
REFUSING = ("不", "别", "算了", "没必要")


def ask(context: Context, kind: PendingKind, about: str, *, text: str, no: str, yes: str = "") -> tuple[Context, OpenQuestion]:
    """Return the context with a question of yes or no open, and the question; `about` comes back with the answer.

    Without words for yes it is said in other ways: by a number that was asked for.
    """
    choices = tuple(Choice(text=words, value=value) for words, value in ((yes, YES), (no, NO)) if words)
    question = OpenQuestion(key=kind, text=text, options=tuple(choice.text for choice in choices))
    return context.but(pending=Pending(kind=kind, key=about, choices=choices)), question


def about(heard: Heard, kind: PendingKind) -> Optional[str]:
    """Return what the open question of `kind` was about, answered or not; None where none was open."""
    if heard.resolved == kind:
        return heard.key
    pending = heard.context.pending
    return pending.key if pending and pending.kind == kind else None


def agreed(heard: Heard, kind: PendingKind) -> Optional[bool]:
    """Tell whether the open question of `kind` was agreed to; None where it was not answered."""
    if heard.resolved == kind:
        return heard.picked == YES and not refuses(heard)
    if about(heard, kind) is None:
        return None
    return {"affirm": True, "deny": False}.get(heard.utterance.act)


def refuses(heard: Heard) -> bool:
    """Tell whether a message begins with a no, whatever it names then: “不登记”."""
    return heard.utterance.text.startswith(REFUSING)
