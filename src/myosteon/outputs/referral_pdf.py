"""A letter of referral as PDF that a screen reader can read, for a clinic that reads paper."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from myosteon.outputs.plan_pdf import compile_pdf, typesetter_for


@dataclass(frozen=True, slots=True)
class ReferralLetter:
    """A letter: everything that stands on it is text; a paragraph may have several lines.

    `question` stands first and large; `foot` says what the letter is and is not.
    """

    language: str
    title: str
    from_name: str
    from_line: str
    to_line: str
    day: str
    person: str
    person_line: str
    question_title: str
    question: str
    paragraphs: tuple[str, ...]
    signed: str
    answer_title: str
    foot: str


def referral_pdf(letter: ReferralLetter) -> bytes:
    """The letter on A4, with room for an answer in writing at its end.

    Raises:
        MissingPart: typst, or a font with some character of the letter, is not installed; the message says how to get it.
    """
    return compile_pdf(typesetter_for(letter.language), "referral.typ", asdict(letter))


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a text: empty lines part them."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    found: list[list[str]] = [[]]
    for line in lines:
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return tuple("\n".join(part) for part in found if part)
