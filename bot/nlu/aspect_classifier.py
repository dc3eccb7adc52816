"""Graph component: what is asked about, several things at once."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Mapping

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import aspects, lines
from bot.nlu.aspects import Curve
from bot.nlu.component import Component
from bot.nlu.keys import ASPECTS, SCORES


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AspectClassifier(Component):
    """Decides aspect by aspect, each by its own chance; Scope drops them where nothing is asked."""

    _curves: Mapping[str, Curve] = {}

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the defaults."""
        return {
            # the chance from which on a second aspect is asked about too
            "bar": 0.45,
        }

    def train(self, training_data: TrainingData) -> Resource:
        """Fit chances on the lines that ask."""
        asking = [message for message in lines.learnable(training_data) if lines.labels(message).act == "ask"]
        curves = aspects.fit([m.get(SCORES).of("aspect") for m in asking], [lines.labels(m).aspects for m in asking])
        with self._storage.write_to(self._resource) as folder:
            (folder / "aspects.json").write_text(json.dumps(curves), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> AspectClassifier:
        """Return the component as trained."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._curves = json.loads((folder / "aspects.json").read_text(encoding="utf-8"))
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Leave the aspects on every message, most certain first."""
        for message in messages:
            asked = aspects.asked(message.get(SCORES).of("aspect"), self._curves, bar=self._config["bar"])
            message.set(ASPECTS, asked, add_to_output=True)
        return messages
