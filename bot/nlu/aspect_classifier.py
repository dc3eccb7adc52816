"""Graph component: what is asked about, several things at once."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Mapping

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import aspects, lines
from bot.nlu.aspects import Curve
from bot.nlu.component import Component
from bot.nlu.keys import ASPECTS, CLAUSES, READING, SCORES
from bot.nlu.ridge import Clauses, Scores


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AspectClassifier(Component):
    """Decides aspect by aspect, each by its own chance; where nothing is asked there are none."""

    _curves: Mapping[str, Curve] = {}

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the defaults."""
        return {
            # the chance from which on a second aspect is asked about too
            "bar": 0.7,
            # the clauses are read one by one unless the best chance reaches the first and the second best stays under the second
            "sure_first": 0.5,
            "sure_second": 0.4,
            # the bar where clauses were read
            "bar_of_clauses": 0.3,
            # the chance from which on a general wish (“怎么办”) counts beside narrower questions
            "overview_beside": 0.95,
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
            asks = message.get(INTENT)[INTENT_NAME_KEY] == "ask"
            found = self._asked(message.get(SCORES), message.get(CLAUSES)) if asks else []
            message.set(ASPECTS, aspects.with_steps(found, message.get(READING).text), add_to_output=True)
        return messages

    def _asked(self, scores: Scores, clauses: Clauses) -> List[Dict[str, Any]]:
        whole = aspects.chances(scores.of("aspect"), self._curves)
        if not clauses.texts or aspects.is_sure(whole, first=self._config["sure_first"], second=self._config["sure_second"]):
            return aspects.asked(whole, bar=self._config["bar"], overview=self._config["overview_beside"])
        parts = [aspects.chances(part.of("aspect"), self._curves) for part in clauses.scores()]
        chances = aspects.with_clauses(whole, parts)
        return aspects.asked(chances, bar=self._config["bar_of_clauses"], overview=self._config["overview_beside"])
