"""The main path of answering, as one literal list of steps."""

from __future__ import annotations

import datetime as dt
from typing import Mapping, Optional

from knowledge.guidance import layers as laying
from knowledge.guidance import questions as asking
from knowledge.guidance.blocks import Blocks
from knowledge.guidance.catalogue import Catalogues
from knowledge.guidance.layers import Layers
from knowledge.language import regions
from knowledge.rules import conditions, in_force
from knowledge.values.answer import Answer, NoteLine, OpenQuestion, Proof, Question
from knowledge.values.guide import NATION, Material, Matter
from knowledge.values.search import Pointer
from knowledge.wording import say

BLOCKS_OF = {
    "materials": ("requirements",),
    "process": ("steps",),
    "time_limit": ("time_limits", "items"),
    "fee": ("fees",),
    "location": ("offices",),
    "online": ("steps",),
    "result": ("items",),
    "overview": ("requirements", "steps", "time_limits", "fees", "offices", "items"),
}


class GuidanceService:
    """Answers questions about published matters."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    def answer(self, question: Question) -> Answer:
        """Return the answer to `question`: its content for that place, case and day, or why there is none."""
        catalogue = self._catalogues.current()
        matter = catalogue.matters.get(question.matter)
        if matter is None:
            return Answer(outcome="not_found", said=(say("not_published"),), as_of=question.on)
        layers = laying.lay(matter, question.region, question.on)
        if not layers.speak:
            return self._not_in_force(matter, question)
        blocks = _blocks(matter, question, layers, catalogue.materials(matter.code))
        if blocks.closed_here():
            layers = layers.alone()
            blocks = _blocks(matter, question, layers, catalogue.materials(matter.code))
        return _with_heading(_compose(matter, question, layers, blocks), layers)

    def elsewhere(self, pointer: Pointer, *, on: dt.date, region: Optional[str]) -> Optional[Answer]:
        """Return where something belongs that people take for a matter of ours; None where that line is gone by now."""
        matter = self._catalogues.current().matters.get(pointer.matter)
        if matter is None:
            return None
        blocks = _blocks(matter, Question(matter=matter.code, on=on), laying.lay(matter, region, on), {})
        lines = blocks.elsewhere(pointer.line)
        if not lines:
            return None
        said = say("elsewhere_not_this", matter=matter.name)
        return Answer(outcome="out_of_scope", said=(said,), elsewhere=lines, sources=blocks.citations.cited(), region=region, as_of=on)

    def _not_in_force(self, matter: Matter, question: Question) -> Answer:
        begins = in_force.begins(matter.guides, question.on)
        said = (
            say("not_in_force", matter=matter.name, region=regions.name_of(question.region or NATION), begins=begins)
            if begins
            else say("not_published")
        )
        return Answer(outcome="not_in_force", matter=matter.code, matter_name=matter.name, said=(said,), as_of=question.on)


def _blocks(matter: Matter, question: Question, layers: Layers, materials: Mapping[str, Material]) -> Blocks:
    return Blocks(matter, layers, situation=question.situation, materials=materials)


def _compose(matter: Matter, question: Question, layers: Layers, blocks: Blocks) -> Answer:
    aspects = question.aspects or ("overview",)
    faq = blocks.faq(question.faq)
    names = _block_names(aspects, answered=faq is not None)
    checklist = blocks.checklist(question.ticked) if "requirements" in names else ()
    steps = blocks.steps(None if {"process", "overview"} & set(aspects) else ("online",)) if "steps" in names else ()
    limit = blocks.time_limit() if "time_limits" in names else None
    fee = blocks.fee() if "fees" in names else None
    places = blocks.places() if "offices" in names else ()
    items = blocks.items() if "items" in names else ()
    said = {line.text for line in (limit, fee) if line and line.text}
    notes = tuple(note for note in _notes(blocks, question, aspects) if note.text not in said) if names or faq is None else ()
    return Answer(
        outcome="answered",
        matter=matter.code,
        matter_name=matter.name,
        summary=matter.summary,
        region=question.region,
        region_name=regions.name_of(question.region) + (question.zone or "") if question.region else None,
        entry=layers.entry,
        as_of=question.on,
        aspects=aspects,
        situation=dict(question.situation),
        faq=faq.line.answer if faq else None,
        faq_proof=Proof(**blocks.citations.proof(faq)) if faq else Proof(),
        checklist=checklist,
        items=items,
        steps=steps,
        time_limit=limit,
        fee=fee,
        places=places,
        notes=notes,
        elsewhere=blocks.elsewhere() if question.whole else (),
        missing=_missing(aspects, blocks, faq is not None),
        review=say("not_reviewed"),
        questions=_questions(matter, question, layers, names),
        sources=blocks.citations.cited(),
    )


def _notes(blocks: Blocks, question: Question, aspects: tuple[str, ...]) -> tuple[NoteLine, ...]:
    brief = "overview" in aspects and not question.whole
    return blocks.brief_notes() if brief else blocks.notes(aspects)


def _with_heading(answer: Answer, layers: Layers) -> Answer:
    """Return the answer naming the place whose lines it borrows, if it borrows any."""
    lines = (*answer.checklist, *answer.items, *answer.steps, *answer.notes, answer.time_limit, answer.fee, answer.faq_proof)
    if layers.reference is None or not any(line and line.borrowed for line in lines):
        return answer
    place = regions.name_of(layers.reference.region)
    heading = say("reference_heading", place=place)
    return answer.but(reference_region=layers.reference.region, reference_name=place, heading=heading)


def _block_names(aspects: tuple[str, ...], *, answered: bool) -> set[str]:
    """Return which blocks are shown; what a common question has `answered` already needs no general overview."""
    shown = [aspect for aspect in aspects if not (answered and aspect == "overview")]
    return {name for aspect in shown for name in BLOCKS_OF.get(aspect, ())}


def _missing(aspects: tuple[str, ...], blocks: Blocks, has_faq: bool) -> tuple[str, ...]:
    """Return, for every aspect asked about of which nothing is on file, the sentence that says so."""
    if has_faq or blocks.closed:
        return ()
    wanted = ("materials", "process", "time_limit", "fee", "location") if "overview" in aspects else aspects
    return tuple(
        say(f"missing_{_main_block(aspect)}")
        for aspect in wanted
        if not any(blocks.applying(name) for name in BLOCKS_OF.get(aspect, ())[:1]) and not blocks.speaks_of(aspect)
    )


def _main_block(aspect: str) -> str:
    names = {"materials": "requirements", "process": "steps", "time_limit": "time_limit", "fee": "fee", "location": "places"}
    return names.get(aspect, "notes")


def _questions(matter: Matter, question: Question, layers: Layers, names: set[str]) -> tuple[OpenQuestion, ...]:
    lines = [laid.line for name in _deciding(names, layers, question.situation) for laid in layers.block(name)]
    asked = [
        OpenQuestion(key=entry.key, text=entry.ask, options=(*(option.text for option in entry.options), say("unsure_option")))
        for entry in asking.pending(matter.situations, lines, question.situation)
        if entry.key not in question.unsure
    ]
    return (*asked, *(_region_question(matter, question.region) if "requirements" in names else ()))


def _deciding(names: set[str], layers: Layers, situation: Mapping[str, str]) -> tuple[str, ...]:
    """Return the blocks worth a question: all of a list; of anything else only those in which nothing is sure yet."""
    if "requirements" in names:
        return (*names, "notes")
    verdicts = {name: [conditions.holds(laid.line.when, situation) for laid in layers.block(name)] for name in names}
    return tuple(name for name, some in verdicts.items() if None in some and True not in some)


def _region_question(matter: Matter, region: Optional[str]) -> tuple[OpenQuestion, ...]:
    named = [guide.region for guide in matter.guides if guide.region.endswith("0000") and guide.region != NATION]
    if region or not named:
        return ()
    options = tuple(regions.name_of(code) for code in dict.fromkeys(named))[:5] if len(set(named)) > 1 else ()
    return (OpenQuestion(key="region", text=say("which_region"), options=options),)
