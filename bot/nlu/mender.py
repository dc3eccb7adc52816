"""Graph component: homophones put right, so that the encoder meets the words that were meant."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import Component
from bot.nlu.keys import MENDED, READING
from bot.nlu.lines import misheard
from bot.nlu.published import published
from knowledge.language.homophones import Homophones


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class Mender(Component):
    """Knows which characters stand beside each other in the training lines and in what is published now."""

    _homophones: Optional[Homophones] = None

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the pairs of characters in the training lines, which themselves need no mending."""
        written_right = [message for message in training_data.training_examples if not misheard(message)]
        homophones = Homophones.fit([message.get(READING).text for message in written_right])
        with self._storage.write_to(self._resource) as folder:
            (folder / "homophones.json").write_text(homophones.to_json(), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> Mender:
        """Return the component as trained."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._homophones = Homophones.from_json((folder / "homophones.json").read_text(encoding="utf-8"))
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Mend the reading of every message; entities were found before, in the text as it was typed."""
        assert self._homophones is not None
        also = published().current().index.pairs
        for message in messages:
            reading = message.get(READING)
            mended = self._homophones.mend(reading.text, also=also)
            message.set(READING, reading.mended(mended))
            message.set(MENDED, mended, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training lines as they are: what was learned from them knows every pair in them."""
        return training_data
