"""Graph component: which matter is meant, among those published now."""

from __future__ import annotations

import json
from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import calibration, lines, ranking
from bot.nlu.component import Component
from bot.nlu.keys import ELSEWHERE, FAQ, MATTER, MATTER_RANKING, RANKING, READING, SCORES, SEVERAL, VECTOR
from bot.nlu.published import published
from bot.nlu.ranking import Ranking, Weights


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MatterRanker(Component):
    """Joins the learned scores with the live ranking of the knowledge base."""

    _sharpness = 1.0

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the defaults; config.yml says what each was measured on."""
        return {
            # weight of the live score of a matter that training has seen
            "live": 0.7,
            # live score → learned score, for a matter that training has not seen
            "unseen_slope": 3.0,
            "unseen_offset": 0.0,
            # from which part of the best one's share on the second makes it ambiguous
            "close": 0.8,
            # how much a sentence must be like those that fit several matters to be ambiguous
            "several": 0.36,
            # what the second best learned score, the best one and shortness count towards it
            "several_second": 1.5,
            "several_best": 0.5,
            "several_length": 0.4,
            # from which likeness to other business on it is that: at all, and for each point of the best matter's score
            "foreign": 0.35,
            "foreign_beside_best": 0.35,
            # the share that the best matter needs: under it a sentence names none
            "least": 0.2,
            # cosine from which on a common question counts as asked: nearly its own words (under it, two of three would be wrong)
            "faq_likeness": 0.8,
        }

    def train(self, training_data: TrainingData) -> Resource:
        """Fit how sharply scores speak; nothing of the knowledge base goes into the model."""
        learned = [(message, lines.labels(message).matters) for message in lines.learnable(training_data)]
        clear = [(message, matters[0]) for message, matters in learned if len(matters) == 1]
        fitted = calibration.sharpness([message.get(SCORES).of("matter") for message, _ in clear], [code for _, code in clear])
        with self._storage.write_to(self._resource) as folder:
            (folder / "matter.json").write_text(json.dumps({"sharpness": fitted}), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> MatterRanker:
        """Return the component as trained."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._sharpness = json.loads((folder / "matter.json").read_text(encoding="utf-8"))["sharpness"]
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Leave the matter, its ranking and the nearest common question on every message."""
        index, weights = published().current().index, Weights.of(self._config, self._sharpness)
        for message in messages:
            vector = message.get(VECTOR).array
            text, scores = message.get(READING).text, message.get(SCORES)
            live = index.read(vector, text=text)
            several = scores.of("clarity").get(SEVERAL, 0.0)
            ranked = ranking.rank(scores.of("matter"), live, weights, several=several, length=len(text))
            ranked = ranking.foreign(ranked) if live.elsewhere else ranked
            faq = index.nearest_faq(ranked.code, vector, self._config["faq_likeness"]) if ranked.code else None
            message.set(RANKING, ranked)
            message.set(MATTER, _matter(ranked), add_to_output=True)
            message.set(MATTER_RANKING, _best(ranked), add_to_output=True)
            message.set(FAQ, vars(faq) if faq else None, add_to_output=True)
            message.set(ELSEWHERE, vars(live.elsewhere) if live.elsewhere else None, add_to_output=True)
        return messages


def _matter(ranked: Ranking) -> Dict[str, Any]:
    return {"code": ranked.code, "confidence": ranked.confidence, "status": ranked.status}


def _best(ranked: Ranking) -> List[Dict[str, Any]]:
    return [{"code": code, "confidence": share} for code, share in list(ranked.matters.items())[: ranking.MOST]]
