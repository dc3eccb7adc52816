"""Whether confidence means what it says, and what a bar on it would cost."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import numpy as np

BINS = 10
STEPS = 50


def calibration(sure: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    """Return for each tenth of confidence what was said and what held, and how far apart they are on average (expected error)."""
    bins = [bin for bin in (_bin(sure, number) for number in range(BINS)) if bin["lines"]]
    apart = sum(bin["lines"] * abs(bin["confidence"] - bin["right"]) for bin in bins)
    return {"bins": bins, "error": round(apart / len(sure), 4) if sure else 0.0}


def thresholds(inside: Sequence[float], outside: Sequence[float]) -> list[Mapping[str, float]]:
    """Return for each bar on how much a sentence looks like ours which share of ours and of other business falls under it."""
    return [
        {"bar": round(bar, 2), "lost": _under(inside, bar), "caught": _under(outside, bar)}
        for bar in np.linspace(0.0, 1.0, STEPS + 1).tolist()
    ]


def _bin(sure: Sequence[tuple[float, bool]], number: int) -> dict[str, Any]:
    inside = [(confidence, right) for confidence, right in sure if min(int(confidence * BINS), BINS - 1) == number]
    means = np.mean(inside, axis=0).tolist() if inside else (0.0, 0.0)
    return {"from": number / BINS, "lines": len(inside), "confidence": round(means[0], 4), "right": round(means[1], 4)}


def _under(values: Sequence[float], bar: float) -> float:
    return round(float(np.mean(np.array(values) < bar)), 4) if values else 0.0
