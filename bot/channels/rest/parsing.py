"""POST /model/parse: what the assistant understands of a text. Stores nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from rasa.core.channels.channel import UserMessage

from bot.door.cleaning import harmless

if TYPE_CHECKING:
    from rasa.core.agent import Agent

LONGEST = 2000


async def parse(agent: Agent, text: str) -> Optional[dict[str, Any]]:
    """Return Rasa's parse with our keys (CONTRACT §2), its entities as spans of `text` as sent; None without a model."""
    if not text.strip():
        return nothing(text)
    if not agent.is_ready():
        return None
    message = UserMessage()
    # Set afterwards: UserMessage strips, and every span would move. Character by character harmless, so none does.
    message.text = harmless(text[:LONGEST])
    parsed: dict[str, Any] = await agent.processor.parse_message(message)
    return {**parsed, "text": text}


def nothing(text: str) -> dict[str, Any]:
    """Return the parse of a text that says nothing."""
    return {
        "text": text,
        "normalized": "",
        "intent": {"name": "out_of_scope", "confidence": 1.0},
        "intent_ranking": [],
        "entities": [],
        "aspects": [],
        "matter": {"code": None, "confidence": 0.0, "status": "none"},
        "matter_ranking": [],
    }
