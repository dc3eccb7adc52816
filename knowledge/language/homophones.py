"""Characters that dictation or a pinyin keyboard got wrong, put right where the pair they stand in is one that nobody writes."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Iterator, Mapping, Sequence

from knowledge.language.grams import syllable

# A character is trusted only if a pair with it stands in that many known lines; it is itself known from that many on.
PAIR_KNOWN = 5
CHARACTER_KNOWN = 3


@dataclass(frozen=True)
class Homophones:
    """The pairs of characters in known lines, with how often the frequent ones stand there, and the characters of each sound."""

    seen: frozenset[str]
    frequent: Mapping[str, int]
    sounds: Mapping[str, str]

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Homophones:
        """Return what `texts` know; a text among them is never changed."""
        counts = Counter(pair for text in texts for pair in _pairs(text))
        characters = Counter(char for text in texts for char in text if _is_chinese(char))
        sounds: dict[str, str] = {}
        for char in sorted(char for char, count in characters.items() if count >= CHARACTER_KNOWN):
            sounds[syllable(char)] = sounds.get(syllable(char), "") + char
        return cls(frozenset(counts), {pair: count for pair, count in counts.items() if count >= PAIR_KNOWN}, sounds)

    def mend(self, text: str, *, also: frozenset[str] = frozenset()) -> str:
        """Return `text` of the same length, each character in none but unknown pairs replaced by the likeliest of its sound.

        Pairs in `also` are known as well: those of what is published.
        """
        chars = list(text)
        for at, char in enumerate(text):
            before, after = chars[at - 1] if at else "", text[at + 1 : at + 2]
            if _is_chinese(char) and not any(pair in self.seen or pair in also for pair in (before + char, char + after) if len(pair) == 2):
                chars[at] = self._likeliest(char, before, after)
        return "".join(chars)

    def to_json(self) -> str:
        """Return what was learned as JSON."""
        return json.dumps({"seen": sorted(self.seen), "frequent": self.frequent, "sounds": self.sounds}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Homophones:
        """Return what `to_json` wrote."""
        loaded = json.loads(text)
        return cls(frozenset(loaded["seen"]), loaded["frequent"], loaded["sounds"])

    def _likeliest(self, char: str, before: str, after: str) -> str:
        scores = {one: self._often(before + one, one + after) for one in self.sounds.get(syllable(char), "") if one != char}
        best = max(scores, key=lambda one: scores[one], default=char)
        return best if scores.get(best) else char

    def _often(self, *pairs: str) -> int:
        # What stands beside a comma tells nothing of the word: “往我家灌，” must not become “往我家管，”.
        return sum(self.frequent.get(pair, 0) for pair in pairs if all(map(_is_chinese, pair)))


def pairs_of(texts: Sequence[str]) -> frozenset[str]:
    """Return every pair of characters in `texts`."""
    return frozenset(pair for text in texts for pair in _pairs(text))


def _pairs(text: str) -> Iterator[str]:
    return (text[at : at + 2] for at in range(len(text) - 1))


def _is_chinese(char: str) -> bool:
    return "一" <= char <= "鿿"
