"""The desk for “窗口说的不一样”: what a person was told goes to the editors, without a word about who they are."""

from __future__ import annotations

from typing import Callable, Mapping, Optional

from knowledge.conversation.context import Pending
from knowledge.conversation.heard import Heard, Turned, reply_on_matter
from knowledge.language.words import says
from knowledge.wording import say

# Shorter than this, a message only says that it was different, not how.
SAYS_HOW = 12
Keep = Callable[[str, Optional[str], Mapping[str, str], str], None]


class CorrectionDesk:
    """Takes down what was said differently at a window; `keep` gets matter, place, case and words."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep

    def find(self, heard: Heard) -> Optional[Turned]:
        """Return the answer to a message that corrects us, None where it does not."""
        context, text = heard.context, heard.utterance.text
        asked = context.pending is not None and context.pending.kind == "correction"
        if context.matter not in heard.catalogue.matters or not (asked or says(text, "corrections")):
            return None
        if not asked and len(text) < SAYS_HOW:
            return context.but(pending=Pending(kind="correction")), reply_on_matter(heard, say("correction_ask"))
        self._keep(str(context.matter), context.region, context.situation(), text)
        return context.but(pending=None), reply_on_matter(heard, say("correction_thanks"))
