"""The longest page for a person that can be made: every sentence there is, with the five longest exercises."""

from __future__ import annotations

from myosteon.evidence.types import Language
from myosteon.outputs.handout_maker import held_together
from myosteon.outputs.handout_types import Handout, Move
from myosteon.outputs.handout_words import Section, load_items, load_pictures
from myosteon.outputs.plan_voice import PlanVoice


def longest_handout(language: Language) -> Handout:
    """More than any plan brings: sentences that exclude each other stand on it too."""
    voice = PlanVoice(language)
    say, gap = voice.say, "" if language == "zh" else " "

    def texts(section: Section) -> tuple[str, ...]:
        items = sorted(load_items(), key=lambda item: not item.keep)
        return tuple(dict.fromkeys(voice.text(item.text) for item in items if item.section == section))

    tops = [item for item in load_items() if item.section == "top"]
    top = max(tops, key=lambda item: len(voice.text(item.title) + voice.text(item.text)))
    pictures = sorted(load_pictures(), key=lambda picture: -len(voice.text(picture.how)))[:5]
    day = "2026年12月20日" if language == "zh" else "20 September 2026"
    visit = say("handout.next_item", what=say("appointment.refer"), date=day)
    return Handout(
        language=language,
        title=say("handout.title"),
        whom=say("handout.for", person="0417", date=day),
        top_title=voice.text(top.title),
        top_text=voice.text(top.text),
        move_title=say("handout.move"),
        move_note=gap.join((say("handout.move_calm"), *texts("move"))),
        moves=tuple(
            Move(one.id, voice.text(one.name), held_together(voice.text(one.how)), one.drawing)
            for one in pictures
        ),
        eat_title=say("handout.eat"),
        eat=texts("eat"),
        falls_title=say("handout.falls"),
        falls=texts("falls"),
        drugs_title=say("handout.drugs"),
        drugs=texts("drugs"),
        call_title=say("handout.call"),
        call=gap.join((say("handout.call_for"), *texts("call"))),
        telephone="Heping 000-0000 0000",
        following=say("handout.next", items=say("lead.list_join").join([visit] * 3)),
        foot=say("handout.foot"),
        keep=frozenset(voice.text(item.text) for item in load_items() if item.keep),
        more_text=say("handout.more"),
    )
