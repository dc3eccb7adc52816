"""Graph component: whether it is ours to answer, decided against what is published now."""

from __future__ import annotations

from typing import List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.component import Component
from bot.nlu.keys import ASPECTS, MATTER, RANKING, READING

OUT_OF_SCOPE = "out_of_scope"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Scope(Component):
    """The last word on the act: an `ask` that fits nothing published is out of scope, and what is out of scope has no matter."""

    def process(self, messages: List[Message]) -> List[Message]:
        """Mend act, matter and aspects of every message."""
        for message in messages:
            if not message.get(READING).text:
                message.set(ASPECTS, [], add_to_output=True)
            # Business that nothing published covers keeps its aspects: it is told apart from chit-chat by them.
            if _is_outside(message):
                act = {INTENT_NAME_KEY: OUT_OF_SCOPE, PREDICTED_CONFIDENCE_KEY: min(1.0, message.get(MATTER)["confidence"])}
                message.set(INTENT, act, add_to_output=True)
                message.set(MATTER, {"code": None, "confidence": 0.0, "status": "none"}, add_to_output=True)
        return messages


def _is_outside(message: Message) -> bool:
    if not message.get(READING).text:
        return True
    act = message.get(INTENT)[INTENT_NAME_KEY]
    return bool(act == OUT_OF_SCOPE or act == "ask" and message.get(RANKING).foreign)
