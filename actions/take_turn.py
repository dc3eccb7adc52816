"""The one action: hands Rasa's parse and our context to the conversation, and its answer back to Rasa."""

from __future__ import annotations

import asyncio
import logging
import threading
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.parse import utterance
from knowledge import assistant, settings
from knowledge.assistant import Assistant
from knowledge.conversation.context import Context
from knowledge.conversation.conversation import Turn
from knowledge.values.answer import Answer
from knowledge.wording import say

logger = logging.getLogger(__name__)

# Messages that come at once when the process is new wait for one build; without it each would make its own.
OPENING = threading.Lock()


class ActionTakeTurn(Action):  # type: ignore[misc]  # rasa-sdk is untyped
    """Answers one message."""

    def name(self) -> str:
        """Return the name that the rules use."""
        return "action_take_turn"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Send the answer as `custom` and remember the context; the database is read off the event loop."""
        try:
            turn = await asyncio.to_thread(take, tracker.sender_id, tracker.latest_message, tracker.get_slot("context"))
        except Exception:
            # Past this door rasa-sdk would log the whole request, the person's words among it.
            logger.exception("a turn failed")
            dispatcher.utter_message(json_message=Answer(type="talk", outcome="unavailable", said=(say("unavailable"),)).to_dict())
            return []
        dispatcher.utter_message(json_message=turn.answer.to_dict())
        return [SlotSet("context", turn.context.to_dict())]


def take(sender: str, parse: dict[str, Any], context: Any) -> Turn:
    """Return the turn that the message `parse` of `sender` makes of `context`."""
    with OPENING:
        conversation = opened().conversation
    return conversation.take(Context.from_dict(context), utterance(parse), holder=sender)


@lru_cache(maxsize=1)
def opened() -> Assistant:
    """Return this process's services, built on first use."""
    return assistant.build(settings.load())
