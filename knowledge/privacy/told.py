"""The page about privacy, with the days of this installation in it."""

from __future__ import annotations

import dataclasses
from typing import Any, Mapping

from knowledge.settings import Retention
from knowledge.wording import page

# What of the file is the page; the rest is said in the conversation.
SHOWN = (
    *("title", "lead", "kept_title", "masked_title", "masked", "codes_title", "codes"),
    *("mine_title", "download", "download_why", "delete_why", "no_script", "nobody", "person"),
)


def told(keep: Retention) -> Mapping[str, Any]:
    """Return the page with what is kept, why and how long, for every door to show."""
    text, days = page("privacy"), dataclasses.asdict(keep)
    kept = [{"what": entry["what"], "why": entry["why"].format(**days)} for entry in text["kept"]]
    return {**{name: text[name] for name in SHOWN}, "kept": kept}
