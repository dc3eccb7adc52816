"""Graph component: words, and everything that names something."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.component import Component
from bot.nlu.keys import READING
from bot.nlu.published import published
from knowledge import clock, settings
from knowledge.language import entities
from knowledge.language.entities import Entity
from knowledge.language.segment import Segmenter as Words
from knowledge.language.segment import new_dictionary


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Segmenter(Component):
    """Finds entities; its terms are those of the knowledge base as published now."""

    _revision: Optional[int] = None
    _words: Optional[Words] = None

    def process(self, messages: List[Message]) -> List[Message]:
        """Leave Rasa's list of entities on every message."""
        words, today = self._current(), clock.now(settings.load()).date()
        for message in messages:
            found = entities.find(message.get(READING), segmenter=words, on=today)
            message.set(ENTITIES, [_as_rasa(entity) for entity in found], add_to_output=True)
        return messages

    def _current(self) -> Words:
        """Return the segmenter for what is published; a matter published at noon brings its terms at noon."""
        catalogue = published().current()
        if self._words is None or self._revision != catalogue.revision:
            dictionary = self._words.dictionary if self._words else new_dictionary()
            self._words = Words(tuple(entities.terms(catalogue.documents())), dictionary=dictionary)
            self._revision = catalogue.revision
        return self._words


def _as_rasa(entity: Entity) -> Dict[str, Any]:
    known = {"entity": entity.kind, "value": entity.value, "start": entity.start, "end": entity.end}
    return {**known, **entity.more, "extractor": Segmenter.__name__}
