"""How many messages one sender may send: a token bucket each, kept as one number."""

from __future__ import annotations

from collections import OrderedDict

MOST_SENDERS = 20_000


class Limits:
    """Allows `burst` messages at once and `per_second` in the long run; remembers a bounded number of senders."""

    def __init__(self, *, burst: float, per_second: float) -> None:
        self._interval = 1 / per_second
        self._depth = burst * self._interval
        # When a sender's bucket will be full again, oldest message first; absent or past: it is full.
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def allow(self, sender: str, *, at: float) -> bool:
        """Tell whether a message that arrived at the second `at` may pass; one that may not costs nothing."""
        full_at = max(self._full_at.get(sender, at), at) + self._interval
        if full_at - at > self._depth + 1e-9:
            return False
        self._full_at[sender] = full_at
        self._full_at.move_to_end(sender)
        if len(self._full_at) > MOST_SENDERS:
            self._full_at.popitem(last=False)
        return True
