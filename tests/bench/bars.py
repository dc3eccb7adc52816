"""What is measured, row by row, and the bar each figure has to pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from tests.bench.figures import Figure


@dataclass(frozen=True)
class Row:
    """One line of the table; `most` and `least` are the bars, in its unit."""

    key: str
    label: str
    unit: str
    most: Optional[float] = None
    least: Optional[float] = None

    @property
    def bar(self) -> str:
        """Return the bar as it is printed."""
        if self.most is not None:
            return f"≤ {self.most:g}"
        return f"≥ {self.least:g}" if self.least is not None else ""

    def verdict(self, figure: Figure) -> str:
        """Return whether the figure passes; nothing where there is no bar, and a void figure never passes."""
        if not self.bar:
            return ""
        if figure.value is None:
            return "**missed**"
        within = (self.most is None or figure.value <= self.most) and (self.least is None or figure.value >= self.least)
        return "passed" if within else "**missed**"


ROWS = (
    Row("train", "training from nothing", "s", most=60),
    Row("start", "starting until the first answer", "s", most=15),
    Row("rasa_rss", "Rasa process, RSS", "MB", most=800),
    Row("rasa_pss", "Rasa process, PSS", "MB"),
    Row("actions_rss", "action server, RSS", "MB"),
    Row("web_rss", "web, RSS", "MB"),
    Row("launcher_rss", "launcher, RSS", "MB"),
    Row("all_pss", "all processes, PSS", "MB"),
    Row("parse_p50", "parse, p50", "ms", most=12),
    Row("parse_p99", "parse, p99", "ms"),
    Row("story_p50", "parse, stories of 150 characters, p50", "ms"),
    Row("story_worst", "parse, stories of 150 characters, slowest", "ms", most=80),
    Row("alone_p50", "answer built without Rasa, p50", "ms"),
    Row("alone_p95", "answer built without Rasa, p95", "ms"),
    Row("one_p50", "message → reply, 1 client, p50", "ms"),
    Row("one_p95", "message → reply, 1 client, p95", "ms"),
    Row("one_rate", "messages a second, 1 client", "/s"),
    Row("eight_p50", "message → reply, 8 clients, p50", "ms"),
    Row("eight_p95", "message → reply, 8 clients, p95", "ms", most=250),
    Row("eight_rate", "messages a second, 8 clients", "/s", least=45),
    Row("checklist_p50", "text → checklist, 15 messages a second, p50", "ms"),
    Row("checklist_p95", "text → checklist, 15 messages a second, p95", "ms", most=150),
    Row("message_1", "message 1 of a conversation", "ms"),
    Row("message_60", "message 60 of a conversation", "ms"),
    Row("message_240", "message 240 of a conversation", "ms"),
    Row("items_xlsx", "15,000 items and 3,000 questions imported from .xlsx", "s", most=90),
    Row("items_json", "the same from JSON", "s", most=90),
    Row("items_memory", "their index in memory", "MB"),
    Row("search_p95", "search among them, slowest kind of query, p95", "ms", most=20),
    Row("search_growth", "search, 15,000 items ÷ 21", "×"),
    Row("item_answer_p95", "answer on one of them built, p95", "ms"),
    Row("item_answer_growth", "answer, 15,000 items ÷ 21", "×"),
    Row("lasting", "message 240 ÷ message 1", "×", most=1.3),
)
