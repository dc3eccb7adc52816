"""The reviewed wording of states and outcomes, from `content/wording/status.yml`."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge import wording
from knowledge.values.status import State


@dataclass(frozen=True, kw_only=True)
class StateWords:
    """A state's Chinese name, and one sentence on what it means and what to do next."""

    name: str
    text: str


def state_words(state: State) -> StateWords:
    """Return how a state is told to a citizen."""
    return StateWords(**wording.page("status")["states"][state])


def sentence(name: str, **gaps: object) -> str:
    """Return the sentence `name` of `status.yml`, its gaps filled."""
    return str(wording.page("status")["sentences"][name]).format(phone=phone(), **gaps)


def phone() -> str:
    """Return the number to call where no status can be had."""
    return str(wording.page("status")["phone"])
