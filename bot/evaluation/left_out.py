"""The training lines, each scored as if the model had not learned it: cross-validation in closed form, without training anew.

`bot.nlu.ridge.Ridge.left_out` is exact for the scores. What is fitted on them (a sharpness, two numbers an aspect) and the weights of
the n-grams have seen the line; clauses are not read one by one, since their scores are not left out.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any, Sequence

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.evaluation.lines import Line
from bot.evaluation.measures import OUT_OF_SCOPE, Understood
from bot.nlu import lines
from bot.nlu.act_classifier import ActClassifier
from bot.nlu.aspect_classifier import AspectClassifier
from bot.nlu.keys import CLAUSES, NONE, OTHER, READING, VECTOR, WEIGH, Numbers
from bot.nlu.likeness import Likeness
from bot.nlu.matter_ranker import MatterRanker
from bot.nlu.ngrams import NGrams
from bot.nlu.normalizer import Normalizer
from bot.nlu.ridge import Clauses, Ridge
from bot.nlu.scope import Scope
from knowledge.language import encoder
from knowledge.settings import ROOT

FOLDERS = ("nlu_data/intents", "nlu_data/rules")
DECIDING = (ActClassifier, AspectClassifier, MatterRanker, Scope)
PROBED = 20


def understand(model: Path) -> list[Understood]:
    """Return what the model in the file `model` would make of each of its training lines without that line."""
    with tempfile.TemporaryDirectory() as folder:
        storage, metadata = LocalModelStorage.from_model_archive(Path(folder), model)
        return _understood(_Trained(storage, metadata.predict_schema), _training_data())


class _Trained:
    """The components of a trained model."""

    def __init__(self, storage: LocalModelStorage, schema: GraphSchema) -> None:
        self._storage, self._schema = storage, schema

    def component(self, kind: type) -> Any:
        node = self._node(kind)
        load = getattr(node.uses, node.constructor_name)
        config = {**node.uses.get_default_config(), **node.config}
        return load(config, self._storage, node.resource, ExecutionContext(self._schema))

    def ridge(self) -> Ridge:
        with self._storage.read_from(self._node(Likeness).resource) as folder:
            return Ridge.read(folder)

    def _node(self, kind: type) -> Any:
        return next(node for node in self._schema.nodes.values() if node.uses is kind)


def _training_data() -> TrainingData:
    paths = [os.fspath(ROOT / folder) for folder in FOLDERS]
    importer = TrainingDataImporter.load_from_config(os.fspath(ROOT / "config.yml"), os.fspath(ROOT / "bot/domain"), paths)
    return importer.get_nlu_data()


def _understood(trained: _Trained, data: TrainingData) -> list[Understood]:
    trained.component(Normalizer).process_training_data(data)
    trained.component(NGrams).process_training_data(data)
    learned, ridge = lines.learnable(data), trained.ridge()
    _check(learned, ridge)
    right = [line_of(message) for message in learned]  # read now: deciding writes over the labels
    for message, vector in zip(learned, ridge.lines):  # the model keeps them: encoding them again would take a minute
        message.set(VECTOR, Numbers(vector))
        message.set(CLAUSES, Clauses(ridge, (), message.get(WEIGH)))
    trained.component(Likeness).process_training_data(data)
    for kind in DECIDING:
        trained.component(kind).process(learned)
    return [Understood.of(line, message.as_dict()) for line, message in zip(right, learned)]


def line_of(message: Message) -> Line:
    """Return a training line as an evaluation line; other public business is out of scope there."""
    labels = lines.labels(message)
    matters = tuple(code for code in labels.matters if code not in (OTHER, NONE))
    foreign = labels.act == "ask" and labels.matters == (OTHER,)
    return Line(
        text=message.get("text"),
        variety="training",
        act=OUT_OF_SCOPE if foreign else labels.act,
        aspects=frozenset(labels.aspects),
        matters=matters,
        ambiguous=len(matters) > 1,
    )


def _check(learned: Sequence[Message], ridge: Ridge) -> None:
    """Raise ValueError where the model has learned other lines than those in the folder, or in another order."""
    probes = list(range(0, len(learned), max(1, len(learned) // PROBED)))
    fits = len(learned) == len(ridge.lines) and np.allclose(
        encoder.encode([learned[row].get(READING).text for row in probes]), ridge.lines[probes], atol=0.01
    )
    if not fits:
        raise ValueError(f"the model has learned {len(ridge.lines)} lines, not the {len(learned)} of nlu_data/intents: make train, then again")
