"""Whether a line applies to a person: yes, no, or not known yet."""

from __future__ import annotations

from typing import Mapping, Optional

from knowledge.values.guide import When


def holds(when: When, situation: Mapping[str, str]) -> Optional[bool]:
    """Return True or False where the answers given decide it, None where they do not yet."""
    if not when:
        return True
    verdicts = [_all_hold(alternative, situation) for alternative in when]
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _all_hold(alternative: Mapping[str, tuple[str, ...]], situation: Mapping[str, str]) -> Optional[bool]:
    known = [situation[key] in values for key, values in alternative.items() if key in situation]
    if False in known:
        return False
    return True if len(known) == len(alternative) else None
