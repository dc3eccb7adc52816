"""By when an answer is due: the rule of the region where one is on file, never a guess."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Mapping, Optional

from pydantic import parse_obj_as
from ruamel.yaml import YAML

from knowledge.language import regions
from knowledge.rules.working_days import add_working_days
from knowledge.values.answer import CitedSource

FILE = Path(__file__).resolve().parent.parent / "content" / "ticket_promises.yml"


@dataclass(frozen=True)
class RuleSource:
    """Where a rule was read."""

    title: str
    issuer: Optional[str]
    number: Optional[str]
    date: Optional[str]


@dataclass(frozen=True)
class Rule:
    """What a region's own rule says, in words and in working days."""

    region: str
    days: int
    text: str
    level: Literal["A", "B"]
    source: RuleSource
    read_on: Optional[dt.date]

    def cited(self) -> CitedSource:
        """Return the source as answers show it."""
        return CitedSource(**dataclasses.asdict(self.source), url=None, verified_on=self.read_on)


@dataclass(frozen=True)
class Promise:
    """A day by which an answer is due; `assumed` says that a calendar not announced yet was guessed."""

    by: dt.date
    assumed: bool


def window(region: Optional[str]) -> Optional[Rule]:
    """Return the rule of the “办不成事” windows of a place."""
    return _nearest("windows", region)


def hotline(region: Optional[str]) -> Optional[Rule]:
    """Return the rule of the 12345 hotline of a place."""
    return _nearest("hotlines", region)


def promise(rule: Rule, *, on: dt.date) -> Promise:
    """Return by when `rule` wants an answer to what was told on that day."""
    due = add_working_days(on, rule.days)
    return Promise(by=due.date, assumed=due.assumed)


def _nearest(kind: str, region: Optional[str]) -> Optional[Rule]:
    rules = {rule.region: rule for rule in _rules()[kind]}
    return next((rules[code] for code in regions.parents(region) if code in rules), None) if region else None


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, list[Rule]]:
    loaded: Any = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    return {kind: parse_obj_as(list[Rule], rules) for kind, rules in loaded.items()}
