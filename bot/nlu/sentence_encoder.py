"""Graph component: the sentence as a vector."""

from __future__ import annotations

from typing import List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import Component
from bot.nlu.keys import READING, VECTOR, Numbers
from knowledge.language import encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(Component):
    """Encodes by `knowledge.language.encoder`, as the published phrases are encoded."""

    def process(self, messages: List[Message]) -> List[Message]:
        """Leave a unit vector on every message; zeros for an empty one."""
        vectors = encoder.encode([message.get(READING).text for message in messages])
        for message, vector in zip(messages, vectors):
            message.set(VECTOR, Numbers(vector))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encode the training lines."""
        self.process(training_data.training_examples)
        return training_data
