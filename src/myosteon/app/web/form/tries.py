"""Grip by tries: two hands, three tries each; the best of each hand and of both is kept, and every try as it was typed."""

from __future__ import annotations

from collections.abc import Mapping

from myosteon.app.web.form.entry import Read, Typed, read_field, read_fields
from myosteon.app.web.form.parts import KEEP, UNIT, Part, read_measures, setting_of, typed_in
from myosteon.app.web.form.wording import one_after_another, tell
from myosteon.readers.wording import NOTHING, Sentence, name_unit
from myosteon.registry.measured import WITHDRAWN, Measured
from myosteon.vocabulary.measures import load_measures

HANDS = {"left": "grip_left_kg", "right": "grip_right_kg"}
TRIES = (1, 2, 3)
FIELD = "grip"
"""The name before `.unit` and `.keep`, which hold for all tries."""

STATISTIC = "grip_statistic"
BEST_ONLY = "grip_kg"
"""The input for a best value whose tries are not known."""

BETWEEN_TRIES = "; "
BEST = "best"
POSTURES = ("seated", "standing")
POSTURE = "grip_posture"
"""How the person held herself: no measure of the vocabulary says it, so it stands with what was typed of which grip is recorded."""


def try_name(hand: str, number: int) -> str:
    """The name of the input of one try."""
    return f"grip_{hand}_{number}"


def read_tries(form: Mapping[str, str]) -> Part:
    """What became of the tries, the device, and the best.

    A refused try is left out and the others count. Where no try is given, a best value may stand alone. Where the form holds
    neither, nothing is said of grip.
    """
    device = read_measures(form, [load_measures()["grip_device"]])
    if BEST_ONLY not in form and not any(_is_try(name) for name in form):
        return device
    tries = {
        try_name(hand, number): Typed(
            load_measures()[measure],
            form.get(try_name(hand, number), ""),
            form.get(FIELD + UNIT) or None,
            bool(form.get(FIELD + KEEP)),
        )
        for hand, measure in HANDS.items()
        for number in TRIES
    }
    fields = dict(zip(tries, read_fields(list(tries.values())), strict=True))
    if BEST_ONLY in form:
        fields[BEST_ONLY] = read_field(typed_in(form, load_measures()[BEST_ONLY], BEST_ONLY))
    settings, best, said = _best(fields, form.get(POSTURE, ""))
    return Part({**fields, **device.fields}, {**settings, **device.settings}, said, best)


def _best(fields: dict[str, Read], posture: str) -> tuple[dict[str, Measured], str, Sentence]:
    given = {name: read for name, read in fields.items() if _is_try(name) and read.state != "unknown"}
    alone = fields.get(BEST_ONLY)
    if not given:
        return _without_tries(alone), "", NOTHING
    if alone is not None and alone.state != "unknown":
        fields[BEST_ONLY] = Read(alone.typed, "refused", None, tell("grip.best_with_tries"))
    counted = {name: read for name, read in given.items() if read.is_settled}
    if not counted:
        return {}, "", NOTHING
    best = max(counted, key=lambda name: _number(counted[name]))
    settings: dict[str, Measured] = {}
    for hand, measure in HANDS.items():
        # A hand all of whose tries are refused is left as it was.
        if any(name in counted for name in _names(hand)) or not any(name in given for name in _names(hand)):
            settings[measure] = _of_hand(fields, counted, hand)
    top = counted[best]
    settings[BEST_ONLY] = Measured(top.value, top.typed.text.strip(), _unit(top))
    settings["grip_trials"] = Measured(len(counted), str(len(counted)))
    told = BETWEEN_TRIES.join((BEST, posture)) if posture in POSTURES else BEST
    settings[STATISTIC] = Measured(BEST, told)
    return settings, best, _say(best, top, len(counted))


def _without_tries(alone: Read | None) -> dict[str, Measured]:
    """No try is given: whatever stood there before is withdrawn, and a best value may stand by itself."""
    nothing = dict.fromkeys((*HANDS.values(), "grip_trials", STATISTIC), WITHDRAWN)
    if alone is None:
        return {**nothing, BEST_ONLY: WITHDRAWN}
    return {**nothing, BEST_ONLY: setting_of(alone)} if alone.is_settled else {}


def _of_hand(fields: Mapping[str, Read], counted: Mapping[str, Read], hand: str) -> Measured:
    """The best try of a hand, and all of its tries as they were typed; empty places stay empty."""
    names = _names(hand)
    own = [counted[name] for name in names if name in counted]
    if not own:
        return WITHDRAWN
    typed = BETWEEN_TRIES.join(fields[name].typed.text.strip() if name in counted else "" for name in names)
    return Measured(max(_number(read) for read in own), typed, _unit(own[0]))


def tries_of(setting: Measured | None) -> list[str]:
    """The tries of a hand as they were typed, one for each place of the form."""
    if setting is None or setting.value is None:
        return [""] * len(TRIES)
    typed = [text.strip() for text in (setting.typed or "").split(BETWEEN_TRIES.strip())]
    return [*typed, *[""] * len(TRIES)][: len(TRIES)]


def posture_of(setting: Measured | None) -> str:
    """How the person held herself; empty where nobody said."""
    said = (setting.typed or "").split(BETWEEN_TRIES) if setting else []
    return next((posture for posture in POSTURES if posture in said), "")


def _say(best: str, top: Read, count: int) -> Sentence:
    hand = tell(f"grip.{best.split('_')[1]}")
    said = tell("grip.best", value=f"{_number(top):.1f}", unit=name_unit("kg"), hand=hand)
    return one_after_another(said, tell("grip.one_try") if count == 1 else NOTHING)


def _names(hand: str) -> list[str]:
    return [try_name(hand, number) for number in TRIES]


def _is_try(name: str) -> bool:
    return name.startswith(("grip_left_", "grip_right_"))


def _unit(read: Read) -> str | None:
    return read.typed.unit or read.typed.measure.unit


def _number(read: Read) -> float:
    assert isinstance(read.value, float | int)
    return float(read.value)
