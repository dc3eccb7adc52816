"""Graph component: one clean form of what was typed, its identifying numbers masked."""

from __future__ import annotations

from typing import List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import Component
from bot.nlu.keys import NORMALIZED, READING
from knowledge.language import masks


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Normalizer(Component):
    """Folds width, form, traditional characters and fillers; numbers become the word for their kind."""

    def process(self, messages: List[Message]) -> List[Message]:
        """Leave the reading on every message, and the clean text in the reply."""
        for message in messages:
            reading = masks.read(message.get(TEXT) or "")
            message.set(READING, reading)
            message.set(NORMALIZED, reading.clean, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Read the training lines as messages are read."""
        self.process(training_data.training_examples)
        return training_data
