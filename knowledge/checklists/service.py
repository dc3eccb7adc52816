"""Everything that can be done with a list, for every door alike."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Callable, Iterator, Optional

from knowledge.checklists import differences, standing
from knowledge.checklists.sharing import Sharing
from knowledge.guidance.catalogue import Catalogues
from knowledge.guidance.service import GuidanceService
from knowledge.language import regions
from knowledge.store import checklists as store
from knowledge.store.engine import Engine
from knowledge.values.answer import UNSURE, Answer, Question, decided
from knowledge.values.checklist import Case, Checklist, Kept, ListSummary, News, Role, Share
from knowledge.values.guide import Aspect
from knowledge.wording import say

EVERYTHING: tuple[Aspect, ...] = ("overview", "materials", "process", "time_limit", "fee", "location")


class Checklists:
    """Keeps people's lists; a holder is a channel identity, and sees no list that is not theirs or shared with them."""

    def __init__(
        self, engine: Engine, *, guidance: GuidanceService, catalogues: Catalogues, secret: bytes, now: Callable[[], dt.datetime]
    ) -> None:
        self._engine = engine
        self._guidance = guidance
        self._catalogues = catalogues
        self._sharing = Sharing(engine, secret, now)
        self._now = now

    def of(self, holder: str) -> tuple[ListSummary, ...]:
        """Return the lists of `holder` that are still published, the one touched last first."""
        return tuple(self._summary(kept) for kept in self._published(holder))

    def all(self, holder: str) -> tuple[Checklist, ...]:
        """Return the same lists in full; what has changed in them stays to be told."""
        return tuple(self._checklist(kept) for kept in self._published(holder))

    def kept(self, holder: str, matter: str) -> Optional[Kept]:
        """Return what is on file of the list of `holder` for `matter`."""
        return store.find(self._engine, holder, matter) if holder else None

    def look(self, holder: str, matter: str) -> Optional[Checklist]:
        """Return the list as it stands; what has changed in it stays to be told."""
        kept = self._current(holder, matter)
        return self._checklist(kept) if kept else None

    def open(self, holder: str, matter: str) -> Optional[Checklist]:
        """Return the list to be shown; what has changed since it was last shown is said first, once."""
        kept = self._current(holder, matter)
        if kept is None:
            return None
        checklist = self._checklist(kept)
        self._see(holder, kept.number, kept, checklist.answer)
        return _saying(checklist, _news(kept, checklist.answer))

    def keep(self, holder: str, question: Question, answer: Answer, *, person: Optional[str] = None) -> Answer:
        """Keep the list that `answer` shows and return the answer with how far it is, and what came or went since."""
        if not holder or not answer.checklist or answer.outcome != "answered":
            return answer
        before = self.kept(holder, question.matter)
        after = _case(question, person)
        if before is None or before.role != "reader" and before.case != after:
            number = store.put(self._engine, holder, question.matter, after, at=self._now())
        else:
            number = before.number
        said = self._since(before, after, answer) if before else ()
        self._see(holder, number, before, answer)
        role: Role = before.role if before else "owner"
        return answer.but(said=(*answer.said, *said), progress=standing.progress(answer, role), files=standing.files(answer))

    def tick(self, holder: str, matter: str, requirement: str, *, ticked: bool) -> Optional[Checklist]:
        """Tick or untick a line; None alike where there is no such list or line, and for who may only look."""
        kept = self._current(holder, matter)
        if kept is None or kept.role == "reader":
            return None
        if requirement not in {line.id for line in self._checklist(kept).answer.checklist}:
            return None
        store.tick(self._engine, kept.number, requirement, ticked=ticked, at=self._now())
        return self.look(holder, matter)

    def clear(self, holder: str, matter: str) -> None:
        """Untick everything of a list that `holder` may tick."""
        kept = self.kept(holder, matter)
        if kept is not None and kept.role != "reader":
            store.clear(self._engine, kept.number)

    def drop(self, holder: str, matter: str) -> bool:
        """Give a list up: its owner's goes for everybody, others only leave it."""
        kept = self.kept(holder, matter)
        if kept is None:
            return False
        store.leave(self._engine, kept.number, holder)
        return True

    def share(self, holder: str, matter: str, *, role: Role) -> Optional[Share]:
        """Return a code for a list of `holder`'s own; None where there is none, or it was only shared with them."""
        kept = self.kept(holder, matter)
        return self._sharing.make(kept.number, role) if kept is not None and kept.role == "owner" else None

    def revoke(self, holder: str, matter: str) -> bool:
        """End every code of the list and everybody else's way in; tell whether there was any."""
        kept = self.kept(holder, matter)
        return kept is not None and kept.role == "owner" and store.dismiss(self._engine, kept.number) > 0

    def read(self, code: str, *, visitor: str) -> Optional[Checklist]:
        """Return a list to look at, without joining it; None alike for every reason not to."""
        kept = self._shared(code, visitor)
        return self._checklist(kept) if kept else None

    def join(self, holder: str, code: str) -> Optional[Checklist]:
        """Put a shared list among `holder`'s own; None alike for every reason not to."""
        kept = self._shared(code, holder) if holder else None
        if kept is None:
            return None
        store.join(self._engine, kept.number, holder, kept.role, at=self._now())
        return self.look(holder, kept.matter)

    def news(self) -> Iterator[News]:
        """Yield whose list a published change has touched, who was not told yet."""
        catalogue = self._catalogues.current()
        for holder, kept in store.unchecked(self._engine, catalogue.revision):
            if kept.matter not in catalogue.matters:
                continue
            answer = self._checklist(kept).answer
            if news := _news(kept, answer):
                yield News(holder=holder, matter=kept.matter, text="\n".join(news))
            else:
                self._see(holder, kept.number, kept, answer)

    def told(self, news: News) -> None:
        """Remember that `news` has reached its holder."""
        kept = self.kept(news.holder, news.matter)
        if kept is not None:
            self._see(news.holder, kept.number, kept, self._checklist(kept).answer)

    def _since(self, before: Kept, after: Case, answer: Answer) -> tuple[str, ...]:
        """Return what is different from the list last shown: first by what was published, then by what was said now."""
        if not before.seen:
            return ()
        then = answer if before.case == after else self._checklist(before).answer
        news = _news(before, then)
        changes = differences.between(differences.seen(then), differences.seen(answer))
        return (*news, say("list_by_case"), *changes.sentences()) if changes and _contradicts(before.case, after) else news

    def _published(self, holder: str) -> Iterator[Kept]:
        published = self._catalogues.current().matters
        return (kept for kept in store.of(self._engine, holder) if kept.matter in published)

    def _current(self, holder: str, matter: str) -> Optional[Kept]:
        """Return what is on file of a list, None also where its matter is not published any more."""
        return self.kept(holder, matter) if matter in self._catalogues.current().matters else None

    def _shared(self, code: str, visitor: str) -> Optional[Kept]:
        """Return the list that a code opens, in the role that the code gives."""
        found = self._sharing.opened(code, visitor=visitor)
        kept = store.owned(self._engine, found[0]) if found else None
        published = kept is not None and kept.matter in self._catalogues.current().matters
        return dataclasses.replace(kept, role=found[1]) if found and kept and published else None

    def _see(self, holder: str, number: int, before: Optional[Kept], answer: Answer) -> None:
        seen, revision = differences.seen(answer), self._catalogues.current().revision
        if before is None or before.seen != seen or before.checked_revision != revision:
            store.see(self._engine, holder, number, seen, revision=revision)

    def _summary(self, kept: Kept) -> ListSummary:
        checklist = self._checklist(kept)
        return ListSummary(
            matter=kept.matter,
            name=checklist.name,
            region_name=checklist.answer.region_name,
            left=checklist.left,
            total=checklist.total,
            maybe=checklist.maybe,
            role=kept.role,
            touched_on=kept.touched_at.date(),
        )

    def _checklist(self, kept: Kept) -> Checklist:
        answer = self._guidance.answer(standing.question(kept, EVERYTHING, self._now().date()))
        # What somebody does not know belongs to their case: whoever goes on from this list does not ask it again.
        return standing.checklist(answer.but(situation=dict(kept.case.situation)), kept.role)


def _news(kept: Kept, answer: Answer) -> tuple[str, ...]:
    """Return what was published since a list was last shown, nothing of one that never was."""
    changes = differences.between(kept.seen, differences.seen(answer)) if kept.seen else None
    return (say("list_news", matter=answer.matter_name), *changes.sentences()) if changes else ()


def _case(question: Question, person: Optional[str]) -> Case:
    situation = {**question.situation, **dict.fromkeys(question.unsure, UNSURE)}
    return Case(region=question.region, zone=question.zone, person=person, situation=situation)


def _contradicts(before: Case, after: Case) -> bool:
    """Tell whether something that was known is different now; what was only not known yet changes nobody's mind."""
    moved = before.region and after.region and before.region not in regions.parents(after.region)
    return bool(moved) or any(value != after.situation.get(key) for key, value in decided(before.situation).items())


def _saying(checklist: Checklist, said: tuple[str, ...]) -> Checklist:
    return dataclasses.replace(checklist, answer=checklist.answer.but(said=(*said, *checklist.answer.said)))
