"""What a save says of the measures of one group: what became of its fields, and what is to be stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from myosteon.app.web.form.entry import Read, Typed, read_fields
from myosteon.app.web.form.types import Group
from myosteon.readers.wording import NOTHING, Sentence
from myosteon.registry.measured import WITHDRAWN, Measured
from myosteon.vocabulary.measures import Measure

UNIT, KEEP = ".unit", ".keep"
"""What stands behind the name of a field: the unit that was chosen, and whether an unusual value is kept."""


@dataclass(frozen=True, slots=True)
class Part:
    """What became of the fields of a group.

    Attributes:
        fields: by the name of the input.
        settings: by measure; those of fields that are refused, or unusual and not kept, are absent.
        said: what to say of the group as a whole, such as which try was the best.
        best: the input that holds the best try; empty where there is none.
    """

    fields: Mapping[str, Read] = field(default_factory=dict)
    settings: Mapping[str, Measured] = field(default_factory=dict)
    said: Sentence = NOTHING
    best: str = ""


def typed_in(form: Mapping[str, str], measure: Measure, name: str = "") -> Typed:
    """A field of the form as it came; `name` is that of the input where it is not that of the measure."""
    name = name or measure.name
    unit = form.get(name + UNIT) or None
    return Typed(measure, form.get(name, ""), unit, bool(form.get(name + KEEP)))


def read_group(form: Mapping[str, str], group: Group) -> Part:
    """What became of the plain fields of a group; those that the form does not hold are left alone."""
    return read_measures(form, group.measures)


def read_measures(form: Mapping[str, str], measures: Sequence[Measure]) -> Part:
    """What became of the plain fields of some measures; those that the form does not hold are left alone."""
    fields = [typed_in(form, measure) for measure in measures if measure.name in form]
    reads = {read.typed.measure.name: read for read in read_fields(fields)}
    return Part(reads, {name: setting_of(read) for name, read in reads.items() if read.is_settled})


def setting_of(read: Read) -> Measured:
    """What is stored of a field that is settled; of an unknown one nothing but that."""
    if read.value is None:
        return WITHDRAWN
    return Measured(read.value, read.typed.text.strip(), read.typed.unit or read.typed.measure.unit)
