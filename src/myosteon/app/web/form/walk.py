"""Walking at the usual pace: the speed, typed as it is or told by the length of the walk and the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from myosteon.app.web.form.entry import Read, Typed, from_keyboard, read_field
from myosteon.app.web.form.parts import KEEP, Part, read_measures, setting_of, typed_in
from myosteon.app.web.form.wording import one_after_another, tell
from myosteon.readers.quantities import DECIMALS_OF_COMPUTED_VALUES, hard_range
from myosteon.readers.wording import NOTHING, Sentence, show_number
from myosteon.registry.measured import Measured
from myosteon.vocabulary.measures import Label, Measure, load_measures

SPEED, COURSE, UNABLE, TIME = "gait_speed_m_s", "gait_course_m", "walk_unable", "gait_time_s"
SHORTEST_S, LONGEST_S = 0.1, 3600.0
"""What a stopwatch shows; what limits the time is the speed that it gives, not this."""


def read_walk(form: Mapping[str, str]) -> Part:
    """What became of the walk.

    The speed is course over time, rounded as whatever is computed; nothing where either is unknown. A time without a course, or
    beside a speed, is refused with words and stores no speed.
    """
    plain = read_measures(form, [load_measures()[name] for name in (COURSE, UNABLE)])
    fields, settings = dict(plain.fields), dict(plain.settings)
    if SPEED not in form and TIME not in form:
        return Part(fields, settings)
    speed = read_field(typed_in(form, load_measures()[SPEED]))
    time = read_field(Typed(_time(), form.get(TIME, "")))
    fields |= {SPEED: speed, TIME: time}
    if time.state == "unknown":
        return Part(fields, settings | ({SPEED: setting_of(speed)} if speed.is_settled else {}))
    if time.state == "refused":
        return Part(fields, settings)
    course = fields.get(COURSE)
    fault = _fault(speed, course)
    if fault.en or course is None:
        return Part({**fields, TIME: _refused(time, fault)}, settings)
    return _by_time(fields, settings, course, time, bool(form.get(SPEED + KEEP)))


def _fault(speed: Read, course: Read | None) -> Sentence:
    if speed.state != "unknown":
        return tell("walk.two_speeds")
    if course is None or course.value is None:
        return tell("walk.course_missing")
    return NOTHING


def _by_time(
    fields: dict[str, Read], settings: dict[str, Measured], course: Read, time: Read, keep: bool
) -> Part:
    metres, seconds = course.value, time.value
    assert isinstance(metres, float)
    assert isinstance(seconds, float)
    found = round(metres / seconds, DECIMALS_OF_COMPUTED_VALUES)
    measure = load_measures()[SPEED]
    low, high = hard_range(measure)
    parts = {"course": show_number(metres), "time": from_keyboard(time.typed.text)}
    if not low <= found <= high:
        told = tell(
            "walk.time_impossible",
            speed=f"{found:.3g}",
            low=show_number(low),
            high=show_number(high),
            **parts,
        )
        return Part({**fields, TIME: _refused(time, told)}, settings)
    said = tell("walk.speed", speed=f"{found:.2f}", **parts)
    usual = measure.plausible is None or measure.plausible.min <= found <= measure.plausible.max
    if not usual and not keep:
        assert measure.plausible is not None
        asked = read_field(Typed(measure, f"{found:.3g}"))
        unusual = Read(replace(asked.typed), "unusual", found, one_after_another(said, asked.said))
        return Part({**fields, SPEED: unusual}, settings)
    # What the person walked and how long is what was typed; it is kept so that the speed can be told again.
    settings[SPEED] = Measured(found, tell("walk.typed", **parts).en, measure.unit)
    return Part(fields, settings, said)


def time_of(setting: Measured | None) -> str:
    """The time that a stored speed was told by, as it was typed; empty where the speed itself was typed."""
    if setting is None or " m in " not in (setting.typed or ""):
        return ""
    return (setting.typed or "").split(" m in ")[1].removesuffix(" s")


def _refused(time: Read, reason: Sentence) -> Read:
    return Read(time.typed, "refused", None, one_after_another(reason, tell("refused.unchanged")))


def _time() -> Measure:
    """The time of the walk, which is no measure of its own: read as any number of seconds is."""
    speed, label = load_measures()[SPEED], tell("walk.time")
    return Measure(
        order=speed.order,
        name=TIME,
        type="float",
        group=speed.group,
        tier=speed.tier,
        label=Label(label.en, label.zh),
        unit="s",
        hard_min=SHORTEST_S,
        hard_max=LONGEST_S,
    )
