"""What may leave: prevalences without small cells, and rows from which nobody is known again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import polars as pl
from starlette.responses import Response

from myosteon.app.web.cohort.counting import CohortCounts, definitions
from myosteon.outputs.cohort_summary import SEXES, DefinitionSummary
from myosteon.outputs.small_cells import SMALLEST_SHOWN, hidden_sexes, is_small
from myosteon.vocabulary.measures import load_measures

WHAT = ("prevalence", "people")
FORMS = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}
BAND_YEARS, OPEN_BAND = 5, 90
IDENTITY = "identity"
# A day or a free text could name somebody.
TELLING = ("date", "text", "list")
# Told in another way, or of use to whoever wants to know somebody again.
LEFT_OUT = ("sex", "age_years", "ethnicity")
AGE_BAND = "age_band"


def export(counts: CohortCounts, what: str, form: str) -> Response:
    """A file of a cohort of at least 10 people.

    Args:
        counts: the cohort.
        what: `prevalence`, or `people`: rows without identity.
        form: `csv` or `parquet`.
    """
    frame = prevalence_frame(counts) if what == "prevalence" else people_without_identity(counts.results)
    target = io.BytesIO()
    if form == "csv":
        frame.write_csv(target)
    else:
        frame.write_parquet(target)
    headers = {
        "Content-Disposition": f'attachment; filename="myosteon-cohort-{what}.{form}"',
        "Cache-Control": "no-store",
    }
    return Response(target.getvalue(), media_type=FORMS[form], headers=headers)


def prevalence_frame(counts: CohortCounts) -> pl.DataFrame:
    """A row for each definition and sex. Shares lie from 0 to 1; null where a cell holds fewer than 10 people, or nobody."""
    rows = [row for definition in counts.summary.definitions for row in _shares(definition)]
    return pl.DataFrame(rows, schema=SHARES)


SHARES: dict[str, Any] = {
    "definition": pl.String,
    "sex": pl.String,
    "suppressed": pl.Boolean,
    "judged": pl.Int64,
    "proved": pl.Int64,
    "open": pl.Int64,
    "excluded": pl.Int64,
    "share": pl.Float64,
    "lo": pl.Float64,
    "hi": pl.Float64,
    "share_not_excluded": pl.Float64,
}


def _shares(definition: DefinitionSummary) -> Iterator[dict[str, object]]:
    hidden = hidden_sexes(definition.prevalence)
    few = any(is_small(definition.prevalence[sex].judged) for sex in ("female", "male"))
    for sex in SEXES:
        share = definition.prevalence[sex]
        row: dict[str, object] = dict.fromkeys(SHARES) | {"definition": definition.id, "sex": sex}
        row["suppressed"] = sex in hidden
        row["judged"] = None if few and sex != "all" else share.judged
        if sex not in hidden and share.proved is not None:
            row |= {"proved": share.yes, "open": share.open, "excluded": share.no}
            row |= {"share": share.proved.estimate, "lo": share.proved.low, "hi": share.proved.high}
            row["share_not_excluded"] = share.not_excluded.estimate if share.not_excluded else None
        yield row


def people_without_identity(results: pl.DataFrame) -> pl.DataFrame:
    """Measures and verdicts of each row in an order of chance: no identifier, no day, no free text, nothing carried.

    Age is a band of five years, open from 90. Where fewer than 10 people share a band and a sex, neither is told.
    """
    known = load_measures()
    measures = [
        name
        for name, measure in known.items()
        if name in results.columns and measure.group != IDENTITY and measure.type not in TELLING
    ]
    measures = [name for name in measures if name not in LEFT_OUT and results[name].dtype != pl.String]
    # A measure that a rule completes is among both.
    answers = definitions().outputs("verdicts")
    verdicts = [name for name in answers if name in results.columns and name not in known]
    years = (pl.col("age_years") // BAND_YEARS * BAND_YEARS).cast(pl.Int64)
    band = (
        pl.when(pl.col("age_years") >= OPEN_BAND)
        .then(pl.lit(f"{OPEN_BAND}+"))
        .otherwise(pl.format("{}-{}", years, years + BAND_YEARS - 1))
    )
    sex = pl.col("sex").cast(pl.String) if "sex" in results.columns else pl.lit(None, pl.String)
    age = band if "age_years" in results.columns else pl.lit(None, pl.String)
    told = results.select(sex.alias("sex"), age.alias(AGE_BAND), *measures, *verdicts)
    enough = pl.len().over("sex", AGE_BAND) >= SMALLEST_SHOWN
    withheld = [pl.when(enough).then(pl.col(name)).otherwise(None).alias(name) for name in ("sex", AGE_BAND)]
    return told.with_columns(withheld).sample(fraction=1.0, shuffle=True)
