"""The machine that was measured, in words that say nothing of its owner."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types

CPU_INFO = Path("/proc/cpuinfo")


def describe() -> dict[str, str]:
    """Return what a reader needs to judge the figures by."""
    return {
        "cpu": cpu(),
        "cores": f"{len(os.sched_getaffinity(0))} cores",
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
    }


def cpu() -> str:
    """Return the name of the processor's model."""
    lines = CPU_INFO.read_text().splitlines() if CPU_INFO.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "unknown")


def load() -> float:
    """Return how many processes wanted a core during the last minute: a bench on a busy machine measures the others."""
    return os.getloadavg()[0]
