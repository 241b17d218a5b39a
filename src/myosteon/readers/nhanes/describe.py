"""The page `docs/nhanes-variables.md`, made from the table of variables."""

from __future__ import annotations

from myosteon.readers.nhanes.cycles import CYCLES
from myosteon.readers.nhanes.variables import STATUSES, Column, Origin, load_variables
from myosteon.units import find_conversion

HEAD = """# NHANES: what is read, and from where

`myosteon.readers.nhanes.read_nhanes` reads the CDC's files of 1999-2000 to 2017-2018, as XPT or CSV, into one
canonical frame. Refused and don't know are unknown, never no. A value outside the hard range of the contract
is refused and counted. Status says how far the meaning of the variables was checked: `checked` in the
codebook kept beside the data, `secondary` in a copy of the codebook or in that of another cycle, `unchecked`
from memory or use.
"""
SURVEY = """## Survey weights

`survey_weight` is for whatever was measured at the examination, `survey_weight_interview` for answers of the
home interview alone. Both fit exactly the cycles that were asked for: two-year weights divided by the number
of cycles; 1999-2000 and 2001-2002 together take the four-year weights, counted as two cycles. Strata and
units (`survey_stratum`, `survey_psu`) do not repeat between cycles.
"""


def describe_variables() -> str:
    """Markdown: every column with files, variables, units, documents, remarks, and what is left out."""
    variables = load_variables()
    lines = [HEAD, "| column | years | file | variables | recode | status |", "|---|---|---|---|---|---|"]
    for column in variables.columns:
        lines.extend(_row(column, origin) for origin in column.origins)
    lines += ["", SURVEY, "## Remarks", ""]
    lines += [f"- `{column.name}`: {column.note}." for column in variables.columns if column.note]
    lines += [
        f"- `{entry.column.name}` is {entry.value} where {_listed(entry.beside)} is known."
        for entry in variables.companions
    ]
    lines += ["", "## Left out", ""]
    lines += [f"- {what}: {why}." for what, why in variables.left_out]
    lines += ["", "## Documents", ""]
    lines += [
        f"- {document.title} ({document.status}): {document.note}."
        for document in variables.documents.values()
    ]
    return "\n".join(lines) + "\n"


def _row(column: Column, origin: Origin) -> str:
    variables = ", ".join((*origin.variables, *origin.optional))
    cells = (
        f"`{column.name}`",
        _years(origin),
        origin.file or origin.table,
        variables,
        _recode(column, origin),
    )
    return "| " + " | ".join((*cells, _status(origin))) + " |"


def _status(origin: Origin) -> str:
    """One word, or the best first with its years where the cycles differ."""
    statuses = {cycle.name: origin.status_in(cycle) for cycle in CYCLES if cycle.name in origin.cycles}
    words = [word for word in STATUSES if word in statuses.values()]
    if len(words) == 1:
        return words[0]
    best = ", ".join(name for name, status in statuses.items() if status == words[0])
    return f"{words[0]} ({best}), else {words[1]}"


def _years(origin: Origin) -> str:
    return f"{origin.cycles[0][:4]}-{origin.cycles[-1][5:]}"


def _recode(column: Column, origin: Origin) -> str:
    """The recode with what decides: codes, parameters, calibration and unit."""
    said = [origin.recode.replace("_", " ")]
    said += [f"{code:g} = {_word(value)}" for code, value in origin.codes.items()]
    said += [f"{key.replace('_', ' ')} {_shown(value)}" for key, value in origin.parameters.items()]
    if origin.unknown:
        said.append("unknown " + ", ".join(f"{code:g}" for code in origin.unknown))
    if origin.calibration is not None:
        calibration = origin.calibration
        said.append(f"{calibration.intercept:g} + {calibration.slope:g} x value ({calibration.source})")
    if origin.unit:
        conversion = find_conversion(origin.unit, column.unit, column.name)
        said.append(f"{origin.unit} to {column.unit} ({conversion.status})")
    return "; ".join(said)


def _word(value: str | bool) -> str:
    return value if isinstance(value, str) else ("yes" if value else "no")


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key} = {item}" for key, item in value.items())
    return str(value)


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(f"`{name}`" for name in names)
