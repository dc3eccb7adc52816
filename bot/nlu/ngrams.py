"""Graph component: character and pinyin n-grams."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import Component
from bot.nlu.keys import GRAMS, READING, WEIGH, Numbers
from knowledge.language.grams import Vocabulary


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NGrams(Component):
    """Weighs n-grams by how rare they are in the training lines."""

    _vocabulary: Optional[Vocabulary] = None

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the defaults."""
        return {
            # in how many lines an n-gram must stand to count
            "seen_at_least": 2,
        }

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which n-grams there are."""
        texts = [message.get(READING).text for message in training_data.training_examples]
        vocabulary = Vocabulary.fit(texts, seen_at_least=self._config["seen_at_least"])
        with self._storage.write_to(self._resource) as folder:
            (folder / "grams.json").write_text(vocabulary.to_json(), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> NGrams:
        """Return the component as trained."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._vocabulary = Vocabulary.from_json((folder / "grams.json").read_text(encoding="utf-8"))
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Leave a sparse row on every message, and the way to weigh its clauses: most sentences are understood without reading them."""
        assert self._vocabulary is not None
        for message in messages:
            message.set(GRAMS, Numbers(self._vocabulary.vectors([message.get(READING).text])))
            message.set(WEIGH, self._vocabulary.vectors)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Weigh the training lines."""
        assert self._vocabulary is not None
        for message in training_data.training_examples:
            message.set(GRAMS, Numbers(self._vocabulary.vectors([message.get(READING).text])))
        return training_data
