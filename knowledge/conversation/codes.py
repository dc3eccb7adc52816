"""The desk for a list's code: typed alone or announced, it opens the list here."""

from __future__ import annotations

import dataclasses
from typing import Optional

from knowledge.checklists import codes
from knowledge.checklists.service import Checklists
from knowledge.conversation.checklist import shown
from knowledge.conversation.heard import Heard, Turned
from knowledge.conversation.status import Opener
from knowledge.values.answer import Answer
from knowledge.wording import page, say


class CodeDesk:
    """Opens shared lists; `opened` turns a holder's reference into the number that they typed."""

    def __init__(self, lists: Checklists, *, opened: Opener) -> None:
        self._lists = lists
        self._opened = opened

    def find(self, heard: Heard) -> Optional[Turned]:
        """Return the list that a code opens; None where the message holds no code."""
        code = self._code(heard)
        if code is None:
            return None
        context = heard.context.but(application_no=None)
        joined = self._lists.join(heard.holder, code)
        checklist = self._lists.open(heard.holder, joined.matter) if joined else None
        if checklist is None:
            return context, Answer(type="checklist", outcome="not_found", said=(say("list_code_wrong"),), as_of=heard.today)
        return shown(dataclasses.replace(heard, context=context), checklist, (say("list_joined", matter=checklist.name),))

    def _code(self, heard: Heard) -> Optional[str]:
        reference = heard.utterance.application_no
        if reference is None:
            return None
        number = self._opened(heard.holder, reference) or ""
        announced = any(word in heard.utterance.text for word in page("checklist")["code"])
        return number if codes.has_prefix(number) or announced and codes.digits(number) else None
