"""Graph component: the dialogue act."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Dict, List, Mapping

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import calibration, lines
from bot.nlu.component import Component
from bot.nlu.keys import SCORES


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ActClassifier(Component):
    """Turns the scores of the acts into confidences."""

    _sharpness = 1.0
    _handicaps: Mapping[str, float] = {}

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the defaults."""
        return {
            # how much of its share of all training lines an act gives away: most lines ask, and would draw the rest
            "handicap": 0.3,
        }

    def train(self, training_data: TrainingData) -> Resource:
        """Fit how sharply scores speak."""
        learned = lines.learnable(training_data)
        acts = [lines.labels(message).act for message in learned]
        self._handicaps = {act: self._config["handicap"] * count / len(acts) for act, count in Counter(acts).items()}
        fitted = calibration.sharpness([self._scores(message) for message in learned], acts)
        with self._storage.write_to(self._resource) as folder:
            (folder / "act.json").write_text(json.dumps({"sharpness": fitted, "handicaps": self._handicaps}), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> ActClassifier:
        """Return the component as trained."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            fitted = json.loads((folder / "act.json").read_text(encoding="utf-8"))
        component._sharpness, component._handicaps = fitted["sharpness"], fitted["handicaps"]
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Leave Rasa's intent and its ranking on every message."""
        for message in messages:
            shares = calibration.softmax(self._scores(message), self._sharpness)
            ranking = [{INTENT_NAME_KEY: act, PREDICTED_CONFIDENCE_KEY: share} for act, share in shares.items()]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _scores(self, message: Message) -> Dict[str, float]:
        return {act: score - self._handicaps[act] for act, score in message.get(SCORES).of("act").items()}
