"""Danger to life, violence and fraud come before any matter."""

from __future__ import annotations

from typing import Optional

from knowledge.wording import page


def warning(text: str) -> Optional[str]:
    """Return the reviewed sentence for the danger that `text` speaks of, None where it speaks of none."""
    for danger in page("safety"):
        if any(cue in text for cue in danger["cues"]) and not any(cue in text for cue in danger.get("unless", ())):
            return str(danger["reply"])
    return None
