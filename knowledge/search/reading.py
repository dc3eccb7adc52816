"""Understanding with no trained model: live likeness names the matter, cue words name the aspects."""

from __future__ import annotations

from typing import Sequence

from knowledge.language import encoder, regions
from knowledge.language.normalize import normalize
from knowledge.language.words import data
from knowledge.search.index import Index
from knowledge.values.guide import Aspect
from knowledge.values.search import Candidate
from knowledge.values.utterance import Utterance

# On dev.yml: 98 % of what is in scope reaches it, 42 % of what is not stays under it. A trained model does better.
SURE = 0.15
CLOSE = 0.02
FAQ = 0.8


def understand(text: str, index: Index) -> Utterance:
    """Return what `text` asks, as far as the knowledge base alone can tell."""
    plain = normalize(text).text
    return understand_plain(plain, encoder.encode([plain])[0], index)


def understand_plain(plain: str, vector: encoder.Vectors, index: Index) -> Utterance:
    """Return what a clean text asks whose vector is at hand."""
    live = index.read(vector, text=plain)
    close = () if live.elsewhere else _close(live.ranked)
    code = close[0] if len(close) == 1 else None
    return Utterance(
        text=plain,
        act="ask" if close else "out_of_scope",
        aspects=aspects(plain),
        matter=code,
        matter_status="clear" if code else "ambiguous" if close else "none",
        candidates=close,
        faq=index.nearest_faq(code, vector, FAQ) if code else None,
        elsewhere=live.elsewhere,
        regions=tuple(mention.codes for mention in regions.mentions(plain)),
    )


def aspects(plain: str) -> tuple[Aspect, ...]:
    """Return the aspects whose cue words stand in `plain`."""
    return tuple(name for name, cues in data()["aspects"].items() if any(cue in plain for cue in cues))


def _close(ranked: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the codes that are likely enough and about as likely as the best."""
    if not ranked or ranked[0].score < SURE:
        return ()
    return tuple(candidate.code for candidate in ranked[:3] if ranked[0].score - candidate.score <= CLOSE)
