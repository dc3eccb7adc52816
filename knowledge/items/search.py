"""All listed items in memory, as far as finding them needs: names, codes and n-grams; about 10 MB for 15,000."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Iterator, Mapping, Optional, Sequence

import numpy as np
import numpy.typing as npt

from knowledge.items import sentences
from knowledge.items.spelling import Place, Spellings, fold
from knowledge.language.normalize import simplify
from knowledge.language.regions import parents
from knowledge.values.guide import NATION
from knowledge.values.items import ItemList

# Measured on tests/phrases/items.yml beside 15,000 items.
FEWEST_CHARACTERS = 2
SAID = 0.75
HEARD = 0.6
# Where a question has the whole name of the thing, as much may be said beside it.
WHOLE = 0.95
SAID_BESIDE = 0.3
CLOSE = 0.05
CANDIDATES = 40

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Entries:
    """What one list brings: its items as (code, name), its common questions as (item code, question)."""

    listing: ItemList
    names: Sequence[tuple[str, str]]
    asks: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class FoundItem:
    """An item, the list it stands in, how likely it is meant (0 to 1), and the wording that spoke for it."""

    listing: ItemList
    code: str
    name: str
    score: float
    why: str


@dataclass(frozen=True)
class ItemIndex:
    """The items of all lists in force; row i is the i-th item, phrases are its names first and then the questions."""

    lists: tuple[ItemList, ...]
    owners: Ints
    codes: tuple[str, ...]
    names: tuple[str, ...]
    asks: tuple[str, ...]
    asked_of: Ints
    spellings: Spellings
    grams: Grams

    @classmethod
    def build(cls, entries: Sequence[Entries]) -> ItemIndex:
        """Return the index over whole lists; under a second for 15,000 items."""
        codes = [code for entry in entries for code, _ in entry.names]
        names = [name for entry in entries for _, name in entry.names]
        owners = [n for n, entry in enumerate(entries) for _ in entry.names]
        rows = {(owner, code): row for row, (owner, code) in enumerate(zip(owners, codes))}
        asks = [(ask, rows[n, code]) for n, entry in enumerate(entries) for code, ask in entry.asks if (n, code) in rows]
        return cls(
            lists=tuple(entry.listing for entry in entries),
            owners=np.asarray(owners, dtype=np.int32),
            codes=tuple(codes),
            names=tuple(names),
            asks=tuple(ask for ask, _ in asks),
            asked_of=np.asarray([row for _, row in asks], dtype=np.int32),
            spellings=Spellings.of(names),
            grams=Grams.of([*names, *(ask for ask, _ in asks)]),
        )

    def spelled(self, text: str, region: Optional[str] = None) -> Iterator[tuple[Place, FoundItem]]:
        """Yield (how it fits, item) for the items whose name or code is typed in whole or in part."""
        allowed = self._allowed(region)
        best: dict[int, Place] = {}
        for place, row in (*(("exact", row) for row in self._by_code.get(text.strip(), ())), *self.spellings.find(text)):
            if allowed[self.owners[row]]:
                best.setdefault(row, place)
        yield from ((place, self._found(row, 1.0)) for row, place in best.items())

    def like(self, text: str, region: Optional[str] = None, *, most: int = CANDIDATES) -> tuple[FoundItem, ...]:
        """Return the items whose name or common question is most like a sentence, likeliest first."""
        pieces = sentences.about(text) or (fold(simplify(text)),)
        scores = self.grams.scores(pieces)
        of_items = scores[: len(self.names)].copy()
        np.maximum.at(of_items, self.asked_of, scores[len(self.names) :])
        of_items *= self._allowed(region)[self.owners]
        # Only the best are put in order.
        top = np.argpartition(-of_items, most)[:most] if len(of_items) > most else np.arange(len(of_items))
        ordered = top[np.argsort(-of_items[top], kind="stable")]
        return tuple(self._found(int(row), float(of_items[row])) for row in ordered if of_items[row] > 0)

    def asked(self, text: str, region: Optional[str] = None) -> Optional[FoundItem]:
        """Return the one item that a sentence clearly asks for, in the lists of the person's place; None where none or several fit.

        With no place known, only the list of a single region serves.
        """
        if region is None and len({one.region for one in self.lists}) != 1:
            return None
        pieces = sentences.about(text)
        if sum(map(len, pieces)) < FEWEST_CHARACTERS or sentences.only_tells(text):
            return None
        beside = SAID_BESIDE if sentences.asks(text) else SAID
        fits = [(fit, found) for found in self.like(text, region) if (fit := self._fit(pieces, found, beside))]
        return _one(fits, text)

    def _fit(self, pieces: tuple[str, ...], found: FoundItem, beside: float) -> float:
        """Return how much of the sentence the item's name has, and the other way round; 0 where either is too little."""
        meant, named = set(sentences.grams(pieces)), set(sentences.grams(sentences.object_of(found.name)))
        shared = self.grams.weight(meant & named)
        said, heard = shared / (self.grams.weight(meant) or 1.0), shared / (self.grams.weight(named) or 1.0)
        least = beside if heard >= WHOLE else SAID
        return (said + heard) / 2 if said >= least and heard >= HEARD else 0.0

    def _allowed(self, region: Optional[str]) -> npt.NDArray[np.bool_]:
        """Tell for every list whether it holds for `region`: that of the place itself, its city or its province."""
        places = None if region is None else set(parents(region)) - {NATION}
        return np.asarray([places is None or one.region in places for one in self.lists], dtype=bool)

    def _found(self, row: int, score: float) -> FoundItem:
        name = self.names[row]
        return FoundItem(listing=self.lists[self.owners[row]], code=self.codes[row], name=name, score=score, why=name)

    @cached_property
    def _by_code(self) -> Mapping[str, Sequence[int]]:
        rows: dict[str, list[int]] = {}
        for row, code in enumerate(self.codes):
            rows.setdefault(code, []).append(row)
        return rows


def _one(fits: Sequence[tuple[float, FoundItem]], text: str) -> Optional[FoundItem]:
    """Return the one item that fits best and does what is wanted; where nothing is said, the one that begins something."""
    action = sentences.wanted(text)
    doing = [(fit, found) for fit, found in fits if action in (None, sentences.action_of(found.name))]
    best = max((fit for fit, _ in doing), default=0.0)
    close = _without_cases([found for fit, found in doing if best - fit <= CLOSE])
    named = [found for found in close if sentences.names_service(text, found.name)]
    if len(close) == 1 and (action or named):
        return close[0]
    fitting = [found for found in named or close if sentences.action_of(found.name) == (action or sentences.NEW)]
    return fitting[0] if len(fitting) == 1 else None


def _without_cases(found: Sequence[FoundItem]) -> list[FoundItem]:
    """Return the items without those that are a case of another one: “养老机构备案（个人）” beside “养老机构备案”."""
    return [one for one in found if not any(one.name.startswith(f"{other.name}（") for other in found)]


@dataclass(frozen=True)
class Grams:
    """Characters and their pairs: which phrases have each, as one array, and how rare each is."""

    columns: Mapping[str, int]
    bounds: Ints
    phrases: Ints
    weights: Floats
    lengths: Floats

    @classmethod
    def of(cls, texts: Sequence[str]) -> Grams:
        """Return the grams of `texts`."""
        columns: dict[str, int] = {}
        found, sizes = array("i"), array("i")
        for text in texts:
            # A set: how often a gram stands in a short name says nothing.
            seen = {columns.setdefault(gram, len(columns)) for gram in sentences.grams((fold(text),))}
            found.extend(seen)
            sizes.append(len(seen))
        flat = np.frombuffer(found, dtype=np.int32) if found else np.zeros(0, dtype=np.int32)
        texts_of = np.repeat(np.arange(len(texts), dtype=np.int32), sizes)
        counts = np.bincount(flat, minlength=len(columns))
        weights = (np.log((1 + len(texts)) / (1 + counts)) + 1).astype(np.float32)
        lengths = np.sqrt(np.bincount(texts_of, weights=np.square(weights[flat]), minlength=len(texts))).astype(np.float32)
        order = np.argsort(flat, kind="stable")
        bounds = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        return cls(columns, bounds, texts_of[order], weights, np.maximum(lengths, 1e-6))

    def scores(self, pieces: Sequence[str]) -> Floats:
        """Return the cosine between what the pieces have and every phrase."""
        counts = Counter(sentences.grams(pieces))
        known = [self.columns[gram] for gram in counts if gram in self.columns]
        length = math.sqrt(sum(self._squared(gram) for gram in counts)) or 1.0
        scores = np.zeros(len(self.lengths), dtype=np.float32)
        for column in known:
            scores[self.phrases[self.bounds[column] : self.bounds[column + 1]]] += self.weights[column] ** 2
        return np.asarray(scores / (self.lengths * length), dtype=np.float32)

    def weight(self, grams: set[str]) -> float:
        """Return how much a set of grams says; what no phrase has says most."""
        return sum(self._squared(gram) for gram in grams)

    def _squared(self, gram: str) -> float:
        column = self.columns.get(gram)
        return self._rarest if column is None else float(self.weights[column]) ** 2

    @cached_property
    def _rarest(self) -> float:
        return float(self.weights.max()) ** 2 if len(self.weights) else 1.0
