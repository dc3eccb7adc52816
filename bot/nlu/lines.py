"""The labels of training lines: intent, and matter and aspects from the block's metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.keys import NONE, OTHER, SEVERAL


@dataclass(frozen=True)
class Labels:
    """What a line teaches; `matters` are codes (several where it fits them equally), `_other` or `_none`."""

    act: str
    matters: tuple[str, ...]
    aspects: tuple[str, ...]


def learnable(training_data: TrainingData) -> list[Message]:
    """Return the lines with an intent, in their order."""
    return [message for message in training_data.training_examples if message.get(INTENT) and message.get(TEXT)]


def labels(message: Message) -> Labels:
    """Return the labels of a training line."""
    metadata = _metadata(message)
    act = str(message.get(INTENT))
    return Labels(act=act, matters=_matters(act, metadata), aspects=tuple(metadata.get("aspects") or ()))


def by_head(lines: Sequence[Labels]) -> dict[str, list[tuple[str, ...]]]:
    """Return the labels of every head, line by line."""
    return {
        "act": [(line.act,) for line in lines],
        "aspect": [line.aspects for line in lines],
        "matter": [line.matters for line in lines],
        "clarity": [(SEVERAL,) if len(line.matters) > 1 else () for line in lines],
    }


def misheard(message: Message) -> bool:
    """Tell whether a training line is written wrongly on purpose: nobody shall learn how words are written from it."""
    return bool(_metadata(message).get("misheard"))


def _metadata(message: Message) -> Mapping[str, Any]:
    metadata: Mapping[str, Any] = (message.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return metadata


def _matters(act: str, metadata: Mapping[str, Any]) -> tuple[str, ...]:
    """`matter: null` says other public business; no such key says that none is named."""
    if act == "out_of_scope" or "matter" in metadata and metadata["matter"] is None:
        return (OTHER,)
    named = metadata.get("matter", NONE)
    return tuple(named) if isinstance(named, list) else (named,)
