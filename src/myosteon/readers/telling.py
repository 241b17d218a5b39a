"""What the reader tells of the data once it has counted: labels, unusual values, empty rows, assumptions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from myosteon.readers.cells import ColumnPlan
from myosteon.readers.checking import MOST_ROWS_COMPARED, PERSON, VISIT, Counts
from myosteon.readers.quantities import convert_bounds
from myosteon.readers.reading import Notice, give_notice
from myosteon.readers.source import Bounds, Source
from myosteon.readers.wording import list_names, name_unit, show_number


def tell_of_data(
    source: Source, plans: Sequence[ColumnPlan], counts: Counts, filled: tuple[str, ...], left: Counter[str]
) -> list[Notice]:
    """Return the notices about the values of a file.

    `filled` are the measures of which the unknown is read as no; `left` counts, by column, the refusals that are not
    listed.
    """
    notices = [
        *_tell_labels(source, plans),
        *_tell_unusual(plans, counts, source.bounds),
        *_tell_rows(counts, source.lines),
    ]
    if filled:
        told = list_names(filled, most=len(filled))
        notices.append(give_notice("absent_means_no", filled, columns=told))
    notices += [
        give_notice("refusals_not_listed", (name,), count, column=name) for name, count in left.items()
    ]
    return notices


def _tell_labels(source: Source, plans: Sequence[ColumnPlan]) -> list[Notice]:
    used = (plan.column for plan in plans if plan.column.measure.type in ("bool", "category"))
    names = tuple(column.name for column in used if column.name in source.labels)
    return [give_notice("labels_used", names, columns=list_names(names))] if names else []


def _tell_rows(counts: Counts, lines: int | None) -> list[Notice]:
    notices = []
    if counts.empty_rows:
        notices.append(give_notice("empty_rows", (), counts.empty_rows))
    joined = 0 if lines is None else lines - counts.rows - counts.empty_rows
    if joined > 0:
        notices.append(give_notice("lines_joined", (), joined))
    if counts.rows > MOST_ROWS_COMPARED:
        notices.append(give_notice("duplicates_not_checked", (PERSON, VISIT), rows=f"{counts.rows:,}"))
    return notices


def _tell_unusual(plans: Sequence[ColumnPlan], counts: Counts, bounds: Mapping[str, Bounds]) -> list[Notice]:
    notices = []
    for plan in plans:
        column, usual = plan.column, plan.column.measure.plausible
        if usual is None:
            continue
        told: dict[str, object] = {
            "column": column.name,
            "low": show_number(usual.min),
            "high": show_number(usual.max),
            "unit": name_unit(column.measure.unit),
        }
        if count := counts.unusual.get(column.measure.name):
            notices.append(give_notice("unusual", (column.name,), count, **told))
        elif plan.full.unusual is None and column.name in bounds:
            ends = convert_bounds(column, bounds[column.name])
            if ends is not None and (ends[0] < usual.min or ends[1] > usual.max):
                told |= {"least": show_number(ends[0]), "most": show_number(ends[1])}
                notices.append(give_notice("unusual_bounds", (column.name,), **told))
    return notices
