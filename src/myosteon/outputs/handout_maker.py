"""Makes the page for the person from a plan: only what stands in it, in plain words, nothing that is disputed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from myosteon.outputs.handout_types import Handout, Move
from myosteon.outputs.handout_words import Item, Section, load_items, load_pictures
from myosteon.outputs.plan_types import Plan, PlanLine
from myosteon.outputs.plan_voice import PlanVoice

RANGE = re.compile(r"\d+～\d+[次秒]")
WORD_JOINER = "\u2060"
MOST_PICTURES = 5
MOST_DATES = 3
# Pictures are shown only where the plan says that these may be done, and nothing stops training.
TRAINED = ("strength_training", "balance_training")
MAY_TRAIN = ("do", "offer")


def make_handout(plan: Plan, level: str = "") -> Handout:
    """The page for the person.

    Args:
        plan: the plan.
        level: the level of training (a to d) where it is known; it chooses the pictures.
    """
    return _Maker(plan, level).page()


class _Maker:
    def __init__(self, plan: Plan, level: str) -> None:
        self._plan = plan
        self._level = level
        self._voice = PlanVoice(plan.language)
        disputed = {id for group in plan.disputes for id in group}
        self._lines = [line for line in plan.lines if line.id not in disputed]

    def page(self) -> Handout:
        say, voice, plan = self._voice.say, self._voice, self._plan
        top = next(self._items("top"), None)
        day = voice.date(plan.as_of)
        moves = self._moves()
        telephone = say("handout.no_telephone")
        if plan.clinic.telephone:
            name = plan.clinic.name or say("handout.clinic")
            telephone = say("handout.telephone", name=name, telephone=plan.clinic.telephone)
        return Handout(
            language=plan.language,
            title=say("handout.title"),
            whom=say("handout.for", person=plan.person_id, date=day) if plan.person_id else day,
            top_title=voice.text(top.title) if top else "",
            top_text=voice.text(top.text) if top else "",
            move_title=say("handout.move") if moves else say("section.exercise"),
            move_note=self._move_note(bool(moves)),
            moves=moves,
            eat_title=say("handout.eat"),
            eat=self._texts("eat"),
            falls_title=say("handout.falls"),
            falls=self._texts("falls"),
            drugs_title=say("handout.drugs"),
            drugs=self._texts("drugs"),
            call_title=say("handout.call"),
            call=self._call(),
            telephone=telephone,
            following=self._following(),
            foot=say("handout.foot"),
            keep=frozenset(voice.text(item.text) for item in load_items() if item.keep),
            more_text=say("handout.more"),
        )

    def _items(self, section: Section) -> Iterator[Item]:
        for item in load_items():
            if item.section == section and any(item.is_for(line) for line in self._lines):
                yield item

    def _texts(self, section: Section) -> tuple[str, ...]:
        """What warns stands before the rest."""
        items = sorted(self._items(section), key=lambda item: not item.keep)
        return tuple(dict.fromkeys(self._voice.text(item.text) for item in items))

    def _moves(self) -> tuple[Move, ...]:
        training = [line for line in self._lines if line.category == "exercise"]
        may = any(line.subject in TRAINED and line.status in MAY_TRAIN for line in training)
        if not may or any(line.status == "stop" for line in training):
            return ()
        fitting = [picture for picture in load_pictures() if self._level in picture.levels]
        return tuple(
            Move(one.id, self._voice.text(one.name), held_together(self._voice.text(one.how)), one.drawing)
            for one in fitting[:MOST_PICTURES]
        )

    def _move_note(self, shown: bool) -> str:
        gap = "" if self._voice.language == "zh" else " "
        first = self._voice.say("handout.move_calm" if shown else "handout.move_ask")
        return gap.join((first, *self._texts("move")))

    def _appointment(self, line: PlanLine) -> str:
        """What the person comes for, in a word that she knows."""
        if line.status == "refer":
            return self._voice.say("appointment.refer")
        key = f"appointment.{line.category}"
        return self._voice.say(key if self._voice.has(key) else "appointment.visit")

    def _call(self) -> str:
        further = self._texts("call")
        gap = "" if self._voice.language == "zh" else " "
        return gap.join(
            (self._voice.say("handout.call_for"), *(_ended(text, self._voice) for text in further))
        )

    def _following(self) -> str:
        dated = sorted(_to_come(self._lines, self._plan), key=lambda line: str(line.due))
        days: dict[date, list[str]] = {}
        for line in dated:
            if line.due:
                days.setdefault(line.due, []).append(self._appointment(line))
        items = [
            self._voice.say(
                "handout.next_item",
                what=self._voice.say("lead.comma").join(dict.fromkeys(what)),
                date=self._voice.date(day),
            )
            for day, what in list(days.items())[:MOST_DATES]
        ]
        return (
            self._voice.say("handout.next", items=self._voice.say("lead.list_join").join(items))
            if items
            else ""
        )


def _to_come(lines: Sequence[PlanLine], plan: Plan) -> Iterator[PlanLine]:
    for line in lines:
        if line.due is not None and line.due > plan.as_of and line.status in ("do", "offer", "refer"):
            yield line


def _ended(text: str, voice: PlanVoice) -> str:
    stop = "。" if voice.language == "zh" else "."
    return text if text.endswith(stop) else text + stop


def held_together(text: str) -> str:
    """A text whose Chinese ranges (8～12次) do not break over two lines."""
    return RANGE.sub(lambda found: WORD_JOINER.join(found.group()), text)
