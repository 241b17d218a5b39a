"""What was typed into the form of a referral: to whom, one question, the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from myosteon.app.web.call import Call
from myosteon.app.web.refusals import Problem
from myosteon.registry.organisations import Organisation

TO, TO_NAME, QUESTION, LETTER, IN = "to", "to_name", "question", "letter", "in"
FIELDS = (TO, TO_NAME, QUESTION, LETTER, IN, "go", "seen")
OUTSIDE = "outside"
MOST_QUESTION, MOST_LETTER, MOST_NAME = 500, 10_000, 200


@dataclass(slots=True)
class ReferralTyped:
    """The fields as they came, trimmed; `problems` names what cannot be used."""

    to: str
    to_name: str
    question: str
    letter: str
    problems: list[Problem] = field(default_factory=list)

    @property
    def to_organisation(self) -> str | None:
        """The receiver in this registry, None for one outside."""
        return None if self.to == OUTSIDE else self.to


def read_typed(
    call: Call, form: Mapping[str, str], receivers: Sequence[Organisation], *, with_receiver: bool = True
) -> ReferralTyped:
    """Reads the form; `with_receiver` False where the receiver stays the one that it was."""
    to, to_name, question, letter = (_text(form, name) for name in (TO, TO_NAME, QUESTION, LETTER))
    typed = ReferralTyped(to, to_name, question, letter)

    def refuse(name: str, key: str) -> None:
        typed.problems.append(Problem(name, call.say(f"referral.form.{key}")))

    if with_receiver:
        known = {one.id for one in receivers}
        if typed.to not in known | {OUTSIDE}:
            refuse(TO, "no_receiver")
        elif typed.to == OUTSIDE and not typed.to_name:
            refuse(TO_NAME, "no_name")
        if len(typed.to_name) > MOST_NAME:
            refuse(TO_NAME, "name_long")
    if not typed.question:
        refuse(QUESTION, "no_question")
    elif len(typed.question) > MOST_QUESTION:
        refuse(QUESTION, "question_long")
    if not typed.letter:
        refuse(LETTER, "no_letter")
    elif len(typed.letter) > MOST_LETTER:
        refuse(LETTER, "letter_long")
    return typed


def _text(form: Mapping[str, str], name: str) -> str:
    return form.get(name, "").replace("\x00", "").replace("\r\n", "\n").strip()
