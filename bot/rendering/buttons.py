"""The buttons under an answer: the open question's options, else what may be asked next."""

from __future__ import annotations

from typing import Any, Mapping

from bot.rendering.labels import labels

MOST_CHIPS = 4


def of(answer: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return title and payload of every button; the payload is plain words, as a person would type them."""
    if answer["questions"]:
        return [{"title": option, "payload": option} for option in answer["questions"][0]["options"]]
    if answer["type"] != "answer" or answer["outcome"] != "answered" or not answer["matter"]:
        return []
    shown = set(answer["aspects"])
    chips = [words for aspect, words in labels()["chips"].items() if aspect not in shown]
    return [{"title": words, "payload": words} for words in chips[:MOST_CHIPS]]
