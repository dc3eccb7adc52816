"""Graph component: how much a sentence is like the training lines of every act, aspect and matter."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

import numpy as np
import scipy.sparse as sp
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_limits

from bot.nlu import lines
from bot.nlu.component import Component
from bot.nlu.keys import CLAUSES, GRAMS, READING, SCORES, VECTOR, WEIGH
from bot.nlu.ridge import Clauses, Ridge, Scores
from knowledge.language.clauses import clauses
from knowledge.language.likeness import Sentences


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class Likeness(Component):
    """Scores a sentence once for all that is decided after it."""

    _ridge: Optional[Ridge] = None

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the defaults."""
        return {
            # ridge penalty: higher trusts single lines less
            "penalty": 0.2,
            # how many directions of the encoder's vectors are compared, those in which training lines differ most
            "dimensions": 256,
        }

    def train(self, training_data: TrainingData) -> Resource:
        """Solve for the weights of the lines."""
        learned = lines.learnable(training_data)
        heads = lines.by_head([lines.labels(message) for message in learned])
        ridge = Ridge.fit(_sentences(learned), heads, penalty=self._config["penalty"], dimensions=self._config["dimensions"])
        with self._storage.write_to(self._resource) as folder:
            ridge.save(folder)
        return self._resource

    @classmethod
    def load(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> Likeness:
        """Return the component as trained; from here on one thread is quicker than several for one sentence."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._ridge = Ridge.read(folder)
        threadpool_limits(limits=1, user_api="blas")
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Leave the scores on every message."""
        assert self._ridge is not None
        for message in messages:
            message.set(SCORES, Scores(self._ridge.labels, self._ridge.scores(_sentences([message]))[0]))
            message.set(CLAUSES, Clauses(self._ridge, clauses(message.get(READING).text), message.get(WEIGH)))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave on every training line its scores as if it had not been learned from: honest ground for calibration."""
        assert self._ridge is not None
        learned = lines.learnable(training_data)
        for message, row in zip(learned, self._ridge.left_out(_sentences(learned))):
            message.set(SCORES, Scores(self._ridge.labels, row))
        return training_data


def _sentences(messages: List[Message]) -> Sentences:
    rows = [message.get(GRAMS).array for message in messages]
    grams = rows[0] if len(rows) == 1 else sp.vstack(rows, format="csr")
    return Sentences(grams=grams, vectors=np.stack([message.get(VECTOR).array for message in messages]))
