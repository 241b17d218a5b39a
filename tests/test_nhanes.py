"""The NHANES reader: against published figures where the CDC's data are at hand, and against small made-up files.

The data are found through MYOSTEON_SHARED, or in `../shared` beside the project; without them those tests are skipped and say so.
"""

from __future__ import annotations

import lzma
import math
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from myosteon.assess import assess
from myosteon.errors import ColumnError, EvidenceError, FileUnreadable, InputError
from myosteon.frame import check_canonical
from myosteon.readers.nhanes import NhanesReading, describe_variables, read_nhanes
from myosteon.readers.nhanes.columns import RECODES
from myosteon.readers.nhanes.cycles import CYCLES, Cycle, cycles_between
from myosteon.readers.nhanes.medications import WANTED as DRUG_VARIABLES
from myosteon.readers.nhanes.medications import read_medicines
from myosteon.readers.nhanes.variables import Column, load_variables, read_variables
from myosteon.vocabulary.measures import load_measures

PROJECT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("MYOSTEON_SHARED", PROJECT.parent / "shared"))
NHANES = SHARED / "data" / "nhanes"
FACTS = SHARED / "facts" / "precision.md"
needs_nhanes = pytest.mark.skipif(
    not NHANES.is_dir(),
    reason=f"the NHANES files are not here ({NHANES}): set MYOSTEON_SHARED to the directory that holds data/nhanes",
)
needs_facts = pytest.mark.skipif(
    not (NHANES.is_dir() and FACTS.is_file()),
    reason=f"the NHANES files or facts/precision.md are not here ({SHARED}): set MYOSTEON_SHARED",
)

FIRST = ("1999-2000", "2001-2002")
GRIP_YEARS = ("2011-2012", "2013-2014")


@cache
def reading(*cycles: str) -> NhanesReading:
    return read_nhanes(NHANES, cycles)


def weighted(people: pl.DataFrame, column: str, weight: str = "survey_weight") -> tuple[float, float, int]:
    """Weighted mean, weighted SD (population SD, times n/(n-1) inside the root) and n, as facts/precision.md has them."""
    known = people.filter(pl.col(column).is_not_null() & (pl.col(weight) > 0))
    values, weights, count = known[column].to_numpy(), known[weight].to_numpy(), known.height
    mean = float((values * weights).sum() / weights.sum())
    variance = float((weights * (values - mean) ** 2).sum() / weights.sum()) * count / (count - 1)
    return mean, math.sqrt(variance), count


# ------------------------------------------------------------------------------------------- the CDC's own data


@needs_nhanes
@pytest.mark.parametrize(
    ("cycle", "rows"),
    [("1999-2000", 9965), ("2001-2002", 11039), ("2011-2012", 9756), ("2013-2014", 10175)],
)
def test_every_person_of_the_demographic_file_is_one_row(cycle: str, rows: int) -> None:
    frame = reading(cycle).frame
    assert frame.height == rows
    assert frame["person_id"].n_unique() == rows
    assert frame["nhanes_cycle"].unique().to_list() == [cycle]
    assert frame["sex"].null_count() == 0
    assert frame["age_years"].null_count() == 0


@needs_nhanes
@pytest.mark.parametrize(
    ("cycle", "column", "known"),
    [
        # Counts of the codebooks; of the hip DXXFEM_H counts 3126 and DXXFRX_H, which rests on it, 3127 as the file.
        ("2013-2014", "bmd_femoral_neck_g_cm2", 3127),
        ("2013-2014", "bmd_total_hip_g_cm2", 3127),
        ("2013-2014", "bmd_lumbar_spine_g_cm2", 2135),
        ("2013-2014", "vertebral_fracture_count", 3038 + 186),
        ("1999-2000", "knee_extension_kg", 1500),
        ("2001-2002", "knee_extension_kg", 1542),
        ("2001-2002", "bia_resistance_ohm", 4709),
        ("2001-2002", "walk_unable", 2027 + 21),
        ("2013-2014", "unable_climb_10_steps", 1654 + 262 + 54 + 17),
    ],
)
def test_as_many_are_known_as_the_codebook_counts(cycle: str, column: str, known: int) -> None:
    assert reading(cycle).frame[column].count() == known


@needs_nhanes
def test_vertebrae_agree_with_the_summary_of_the_scan() -> None:
    frame = reading("2013-2014").frame
    assert frame.filter(pl.col("vertebral_fracture_count") > 0).height == 186
    assert frame.filter(pl.col("genant_max_grade") > 0).height == 186
    assert (
        frame.filter((pl.col("vertebral_fracture_count") > 0) != (pl.col("genant_max_grade") > 0)).height == 0
    )


@needs_nhanes
def test_weak_grip_is_as_published_for_2011_2012() -> None:
    """Looker and Wang, NCHS Data Brief 179 (2015): people from 60, FNIH limits, 5 % weak, 13 % intermediate, 82 % normal.

    It is the best try of either hand among tries with maximal effort, in everybody with one such try (1,502 of 1,687), that comes
    within 0.3 of each: 5.09, 12.72, 82.20. All tries give 5.14, 12.63 (0.37 off); half the combined grip 7.3; the dominant hand 6.7.
    """
    older = reading("2011-2012").frame.filter((pl.col("age_years") >= 60) & pl.col("grip_kg").is_not_null())
    woman = pl.col("sex") == "female"
    weak = pl.col("grip_kg") < pl.when(woman).then(16).otherwise(26)
    normal = pl.col("grip_kg") >= pl.when(woman).then(20).otherwise(32)
    classes = {"weak": weak, "intermediate": ~weak & ~normal, "normal": normal}
    share = older.select(
        (100 * (answer * pl.col("survey_weight")).sum() / pl.col("survey_weight").sum()).alias(name)
        for name, answer in classes.items()
    ).row(0)
    assert older.height == 1502
    assert share == pytest.approx((5, 13, 82), abs=0.3)


POPULATION_COLUMNS = {
    "grip, kg": (GRIP_YEARS, "grip_any_effort_kg"),
    "height, cm": (GRIP_YEARS, "height_cm"),
    "weight, kg": (GRIP_YEARS, "weight_kg"),
    "BMI": (GRIP_YEARS, "bmi"),
    "FN BMD, g/cm2": (("2013-2014",), "bmd_femoral_neck_g_cm2"),
    "TH BMD": (("2013-2014",), "bmd_total_hip_g_cm2"),
    "LS BMD": (("2013-2014",), "bmd_spine_valid_vertebrae_g_cm2"),
    "ALM, kg": (GRIP_YEARS, "alm_kg"),
    "ALM/h2, kg/m2": (GRIP_YEARS, "alm_by_height"),
    "ALM/BMI, m2": (GRIP_YEARS, "alm_by_bmi"),
    "body fat, %": (GRIP_YEARS, "body_fat_percent"),
    "gait, m/s": (FIRST, "gait_to_2_5"),
    "knee, N": (FIRST, "knee_newton"),
    "calf, cm": (FIRST, "calf_circumference_cm"),
    "cystatin C": (FIRST, "cystatin_c_mg_l"),
    "25-OH-D, nmol/L": (GRIP_YEARS, "vitamin_d_nmol_l"),
    "creatinine, mg/dL": (GRIP_YEARS, "creatinine_mg_dl"),
}


@cache
def population(cycles: tuple[str, ...]) -> pl.DataFrame:
    """The frame of `cycles` with the quantities of the tables; the gait table drops what is above 2.5 m/s."""
    frame = reading(*cycles).frame
    metres = pl.col("height_cm") / 100
    frame = frame.with_columns(
        (pl.col("weight_kg") / metres**2).alias("bmi"),
        (pl.col("vitamin_d_25oh_ng_ml") * 2.496).alias("vitamin_d_nmol_l"),
        (pl.col("creatinine_umol_l") / 88.4).alias("creatinine_mg_dl"),
    )
    if cycles == FIRST:
        return frame.with_columns(
            pl.when(pl.col("gait_speed_m_s") <= 2.5).then("gait_speed_m_s").alias("gait_to_2_5"),
            (pl.col("knee_extension_kg") * 9.80665).alias("knee_newton"),
        )
    return frame.with_columns(
        (pl.col("alm_kg") / metres**2).alias("alm_by_height"),
        (pl.col("alm_kg") / pl.col("bmi")).alias("alm_by_bmi"),
    )


def population_tables() -> list[tuple[str, str, str]]:
    """Sex and age, quantity and printed cell of every row of section 8 of facts/precision.md that has a mean and an SD."""
    if not FACTS.is_file():
        return []
    section = (
        FACTS.read_text(encoding="utf-8").partition("## 8. Population")[2].partition("Non-Hispanic Asian")[0]
    )
    cells: list[tuple[str, str, str]] = []
    heading: list[str] = []
    for line in section.splitlines():
        row = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            heading = []
        elif not heading:
            heading = row
        elif re.match(r"[MF] \d", row[0]):
            cells += [
                (row[0], name, cell)
                for name, cell in zip(heading[1:], row[1:], strict=True)
                if name in POPULATION_COLUMNS
            ]
    return cells


@needs_facts
def test_all_of_the_population_tables_is_compared() -> None:
    compared = population_tables()
    assert {name for _, name, _ in compared} == set(POPULATION_COLUMNS)
    assert len(compared) > 250


@needs_facts
@pytest.mark.parametrize("quantity", POPULATION_COLUMNS)
def test_means_and_deviations_are_those_of_the_population_tables(quantity: str) -> None:
    """Mean, SD and number of people in each sex and age band, to the last digit printed.

    The grip table counts tries with questionable effort too (grip_any_effort_kg). 0.55 of the last digit instead of 0.5, because
    the table of ALM/BMI used a BMI that was rounded to one decimal.
    """
    cycles, column = POPULATION_COLUMNS[quantity]
    weight = "survey_weight_cystatin_c" if column == "cystatin_c_mg_l" else "survey_weight"
    wrong = []
    for band, name, cell in population_tables():
        printed = re.match(r"([\d.]+) ± ([\d.]+) \(.*\) (\d+)", cell)
        if name != quantity or printed is None:
            continue
        sex, first, last = re.match(r"([MF]) (\d+)(?:-(\d+)|\+)", band).groups()  # type: ignore[union-attr]
        people = population(cycles).filter(
            (pl.col("sex") == {"M": "male", "F": "female"}[sex])
            & pl.col("age_years").is_between(int(first), int(last or 200))
        )
        mean, deviation, count = weighted(people, column, weight)
        near = all(
            abs(value - float(text)) <= 0.55 * 10 ** -len(text.partition(".")[2])
            for value, text in ((mean, printed[1]), (deviation, printed[2]))
        )
        if not near or count != int(printed[3]):
            wrong.append(f"{band}: {cell}, read {mean:.4f} ± {deviation:.4f}, {count}")
    assert not wrong


@needs_nhanes
def test_weights_follow_the_rule_of_the_cdc() -> None:
    def total(*cycles: str) -> float:
        return float(reading(*cycles).frame["survey_weight"].sum())

    # Two cycles together stand for the population of their midpoint: the mean of the two.
    assert total(*GRIP_YEARS) == pytest.approx((total("2011-2012") + total("2013-2014")) / 2)
    alone = reading("2013-2014").frame
    together = reading(*GRIP_YEARS).frame.filter(pl.col("nhanes_cycle") == "2013-2014")
    assert together["survey_weight"].to_list() == (alone["survey_weight"] / 2).to_list()
    # 1999-2002 takes its own four-year weights, which are not half the two-year weights.
    early = reading(*FIRST).frame.filter(pl.col("nhanes_cycle") == "1999-2000")
    assert early["survey_weight"].to_list() != (reading("1999-2000").frame["survey_weight"] / 2).to_list()
    assert total(*FIRST) == pytest.approx((total("1999-2000") + total("2001-2002")) / 2, rel=0.03)
    four = reading(*FIRST, *GRIP_YEARS).frame.filter(pl.col("nhanes_cycle") == "1999-2000")
    assert four["survey_weight"].to_list() == pytest.approx((early["survey_weight"] / 2).to_list())


@needs_nhanes
def test_strata_do_not_repeat_between_cycles() -> None:
    strata = (
        reading(*FIRST, *GRIP_YEARS).frame.group_by("survey_stratum").agg(pl.col("nhanes_cycle").n_unique())
    )
    assert strata["nhanes_cycle"].max() == 1


@needs_nhanes
def test_what_was_not_measured_is_said() -> None:
    notes = reading("2011-2012").notes
    not_asked = next(note for note in notes if "not measured or not asked" in note)
    assert "bmd_femoral_neck_g_cm2" in not_asked
    assert "fracture_hip" in not_asked
    assert any("ages are released up to 80; 363 people" in note for note in notes)
    assert any("DXXFRX_H only the part 'even'" in note for note in reading("2013-2014").notes)
    assert any("DXX_2_B" in note for note in reading("2001-2002").notes)


@needs_nhanes
def test_provenance_names_file_variables_and_share() -> None:
    entry = next(row for row in reading("2013-2014").provenance if row.column == "bmd_femoral_neck_g_cm2")
    assert (entry.cycle, entry.file, entry.variables) == ("2013-2014", "DXXFEM_H", "DXXNKBMD, DXXFMBCC")
    assert entry.share == pytest.approx(3127 / 10175)
    assert entry.status == "checked"


@needs_nhanes
def test_whole_body_scans_end_at_59_years() -> None:
    frame = reading(*GRIP_YEARS).frame
    assert frame.filter(pl.col("alm_kg").is_not_null())["age_years"].max() == 59
    assert frame.filter(pl.col("alm_kg").is_not_null())["mass_method"].unique().to_list() == ["dxa"]
    assert (
        frame.filter(pl.col("alm_kg").is_null())["mass_method"].null_count() == frame["alm_kg"].null_count()
    )


@needs_nhanes
def test_creatinine_of_1999_2000_is_corrected_once() -> None:
    """LAB18 gives the uncorrected mean of 196 samples as 0.838 and the corrected as 0.996 mg/dL: 1.013 x 0.838 + 0.147."""
    frame = reading("1999-2000").frame
    # 0.6 mg/dL is the most frequent value of the file.
    commonest = frame["creatinine_umol_l"].drop_nulls().round(6).mode().to_list()
    assert commonest == pytest.approx([(1.013 * 0.6 + 0.147) * 88.4], abs=1e-5)


# ----------------------------------------------------------------------------------------------- made-up files


def write_csv(directory: Path, table: str, columns: Mapping[str, Any]) -> None:
    """One table as the CDC's CSV copies are: quoted names, text quoted, missing NA."""

    def shown(value: Any) -> str:
        if value is None:
            return "NA"
        return f'"{value}"' if isinstance(value, str) else f"{value:g}"

    lines = [",".join(f'"{name}"' for name in columns)]
    lines += [",".join(shown(value) for value in row) for row in zip(*columns.values(), strict=True)]
    (directory / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def demographics(people: int = 1, **columns: Sequence[Any]) -> dict[str, Any]:
    """A demographic file of `people` women of 65; given columns replace or add to it."""
    table: dict[str, Any] = {
        "SEQN": range(1, people + 1),
        "RIAGENDR": [2] * people,
        "RIDAGEYR": [65] * people,
        "WTMEC2YR": [1000] * people,
        "WTMEC4YR": [600] * people,
        "WTINT2YR": [900] * people,
        "WTINT4YR": [500] * people,
        "SDMVSTRA": [1] * people,
        "SDMVPSU": [1] * people,
    }
    return {**table, **columns}


def read_one(directory: Path, cycle: Cycle, table: str, columns: Mapping[str, Any]) -> pl.DataFrame:
    """The frame of a cycle that has one table besides the demographic file, one row per person of it."""
    people = len(next(iter(columns.values())))
    write_csv(directory, cycle.table("DEMO"), demographics(people))
    write_csv(directory, table, {"SEQN": range(1, people + 1), **columns})
    return read_nhanes(directory, [cycle.name]).frame


YEARS = {cycle.name: cycle for cycle in CYCLES}
H = YEARS["2013-2014"]


def tables_of(cycle: Cycle) -> dict[str, set[str]]:
    """Every variable that the table of variables knows of a cycle, by table, optional ones by an example."""
    tables: dict[str, set[str]] = {}
    for column in load_variables().columns:
        origin = column.origin_in(cycle)
        if origin is not None:
            names = {name.replace("*", letters) for name in origin.optional for letters in ("A", "B")}
            tables.setdefault(origin.table_in(cycle), set()).update(origin.variables, names)
    drugs = cycle.table("RXQ_RX")
    tables[drugs] = set(DRUG_VARIABLES[:3] if cycle.first_year < 2003 else DRUG_VARIABLES[3:])
    return tables


def write_everything(directory: Path, cycle: Cycle, value: float | None) -> None:
    """Every table of a cycle for one person, every variable but age, weights and design with the same value."""
    for table, names in tables_of(cycle).items():
        columns: dict[str, Any] = {name: [value] for name in names}
        columns.update({name: [None] for name in names & {"RXDDRUG", "RXD240B"}})
        fixed: dict[str, Any] = demographics() if table == cycle.table("DEMO") else {"SEQN": [1]}
        if table == cycle.table("DEMO"):
            fixed["RIAGENDR"] = [value]
        write_csv(directory, table, {**columns, **fixed})


def given_by_design(column: Column | None) -> bool:
    return column is None or column.kind == "survey" or column.name == "age_years"


@pytest.mark.parametrize("cycle", CYCLES, ids=lambda cycle: cycle.name)
def test_nothing_turns_missing_into_an_answer(cycle: Cycle, tmp_path: Path) -> None:
    write_everything(tmp_path, cycle, None)
    frame = read_nhanes(tmp_path).frame
    columns = {column.name: column for column in load_variables().columns}
    measures = [name for name in frame.columns if not given_by_design(columns.get(name))]
    assert len(measures) > 30
    assert [name for name in measures if frame[name].null_count() == 0] == []


@pytest.mark.parametrize("refused", [7, 9])
@pytest.mark.parametrize("cycle", CYCLES, ids=lambda cycle: cycle.name)
def test_refused_and_dont_know_are_unknown(cycle: Cycle, refused: int, tmp_path: Path) -> None:
    """Yes/no answers and words of a person who refused everything (7) or knew nothing (9)."""
    write_everything(tmp_path, cycle, refused)
    frame = read_nhanes(tmp_path).frame
    answers = [
        name for name, dtype in frame.schema.items() if dtype == pl.Boolean or isinstance(dtype, pl.Enum)
    ]
    # 7 is a household of seven or more and, on the card of 2011 and later, an ethnicity; companions follow numbers.
    meant = {"lives_alone", "ethnicity"} if refused == 7 else set()
    companions = {companion.column.name for companion in load_variables().companions}
    assert len(answers) > 15
    assert [
        name for name in answers if frame[name].null_count() == 0 and name not in meant | companions
    ] == []


def test_reads_sas_transport_files(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="writing an XPT needs pandas")
    pyreadstat = pytest.importorskip("pyreadstat", reason="an XPT needs pyreadstat")
    people = pandas.DataFrame(
        {name: list(values) for name, values in demographics(2, RIAGENDR=[1, 2]).items()}
    )
    pyreadstat.write_xport(
        people.astype(float), tmp_path / "DEMO_H.XPT", table_name="DEMO_H", file_format_version=5
    )
    body = pandas.DataFrame({"SEQN": [1.0, 2.0], "BMXHT": [171.5, None], "BMXWT": [80.0, 61.2]})
    pyreadstat.write_xport(body, tmp_path / "bmx_h.xpt", table_name="BMX_H", file_format_version=5)
    drugs = pandas.DataFrame({"SEQN": [1.0], "RXDUSE": [1.0], "RXDDRUG": ["ALENDRONATE"], "RXDDAYS": [730.0]})
    pyreadstat.write_xport(drugs, tmp_path / "plain.xpt", table_name="RXQ_RX_H", file_format_version=5)
    (tmp_path / "RXQ_RX_H.xpt.xz").write_bytes(lzma.compress((tmp_path / "plain.xpt").read_bytes()))
    frame = read_nhanes(tmp_path, ["2013-2014"]).frame
    assert frame["person_id"].to_list() == ["1", "2"]
    assert frame["sex"].to_list() == ["male", "female"]
    assert frame["height_cm"].to_list() == [171.5, None]
    assert frame["weight_kg"].to_list() == [80.0, 61.2]
    assert frame["drug"].to_list() == ["alendronate", None]
    assert frame["drug_years"].to_list() == [2.0, None]


def test_zero_of_a_transport_file_is_zero(tmp_path: Path) -> None:
    """Some copies of the CDC's files hold 5.4e-79 for 0."""
    write_csv(tmp_path, "DEMO_H", demographics())
    (tmp_path / "DXXVFA_H.csv").write_text(
        "SEQN,DXXVFAST,"
        + ",".join(f"DXX{name}FX" for name in VERTEBRAE)
        + "\n1,1,"
        + ",".join(["5.397605e-79"] * 13)
        + "\n"
    )
    frame = read_nhanes(tmp_path).frame
    assert frame["genant_max_grade"].to_list() == [0]


VERTEBRAE = ("T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12", "L1", "L2", "L3", "L4")


def test_latin_1_names_of_diseases_can_be_read(tmp_path: Path) -> None:
    write_csv(tmp_path, "DEMO_H", demographics())
    (tmp_path / "RXQ_RX_H.csv").write_bytes(
        'SEQN,RXDUSE,RXDDRUG,RXDDAYS,RXDRSD1\n1,1,"WARFARIN",NA,"Ménière"\n'.encode("latin-1")
    )
    frame = read_nhanes(tmp_path).frame
    assert frame["warfarin"].to_list() == [True]
    assert frame["medications"].to_list() == ["warfarin"]


def test_parts_of_a_table_are_put_together(tmp_path: Path) -> None:
    write_csv(tmp_path, "DEMO_H", demographics(2))
    scores = {"DXXPRVFX": [1], "DXXFRAX1": [3.4], "DXXFRAX2": [17.66], "DXXFRAX3": [None], "DXXFRAX4": [None]}
    write_csv(tmp_path, "DXXFRX_H_even", {"SEQN": [2], **scores})
    half = read_nhanes(tmp_path)
    assert half.frame["frax_hip_percent"].to_list() == [None, 3.4]
    assert any("only the part 'even'" in note for note in half.notes)
    other = {"DXXPRVFX": [2], "DXXFRAX1": [1.03], "DXXFRAX2": [8.65], "DXXFRAX3": [0.52], "DXXFRAX4": [4.79]}
    write_csv(tmp_path, "DXXFRX_H_odd", {"SEQN": [1], **other})
    whole = read_nhanes(tmp_path)
    assert whole.frame["frax_major_percent"].to_list() == [4.79, 17.66]
    assert not any("only the part" in note for note in whole.notes)


def test_grip_counts_full_effort_and_knows_the_hands(tmp_path: Path) -> None:
    tries = {f"MGXH{hand}T{number}": [30.0 + hand + number] * 3 for hand in (1, 2) for number in (1, 2, 3)}
    efforts = {f"{name}E": [1, 1, 2] for name in tries}
    efforts["MGXH2T3E"] = [2, 1, 2]
    frame = read_one(tmp_path, H, "MGX_H", {"MGATHAND": [1, 2, 1], **tries, **efforts})
    # Best of hand 1 is 34, of hand 2 35, or 34 where its third try was half-hearted.
    assert frame["grip_kg"].to_list() == [34.0, 35.0, None]
    assert frame["grip_right_kg"].to_list() == [34.0, 35.0, None]
    assert frame["grip_left_kg"].to_list() == [34.0, 34.0, None]
    assert frame["grip_trials"].to_list() == [5, 6, None]
    assert frame["grip_statistic"].to_list() == ["best", "best", None]
    assert frame["grip_any_effort_kg"].to_list() == [35.0, 35.0, 35.0]


@pytest.mark.parametrize(
    ("ever", "times", "age", "half", "cause", "expected"),
    [
        (2, None, None, None, None, False),  # never
        (1, 1, 70, 2, 1, True),  # a fall from standing height at 70
        (1, 1, 70, 2, 2, False),  # a hard fall
        (1, 1, 70, 2, 3, False),  # an accident
        (1, 1, 70, 2, 9, None),  # cause not known
        (1, 1, 45, 1, None, None),  # 40 to 49: cause never asked
        (1, 1, 12, 1, None, False),  # a child
        (1, 1, 99999, 2, 1, True),  # age not known, but over 50
        (1, 1, 99999, 1, None, None),  # under 50, age not known
        (1, 2, 12, 1, None, None),  # two, one described
        (1, 9999, 12, 1, None, None),  # number not known
        (9, None, None, None, None, None),  # does not know
        (None, None, None, None, None, None),
    ],
)
def test_a_hip_fracture_is_low_trauma_only_where_the_answers_say_so(
    ever: int | None,
    times: int | None,
    age: int | None,
    half: int | None,
    cause: int | None,
    expected: bool | None,
    tmp_path: Path,
) -> None:
    answers = {
        "OSQ010A": [ever],
        "OSQ020A": [times],
        "OSD030AA": [age],
        "OSQ040AA": [half],
        "OSD050AA": [cause],
    }
    assert read_one(tmp_path, H, "OSQ_H", answers)["fracture_hip"].to_list() == [expected]


def test_one_of_several_fractures_is_enough(tmp_path: Path) -> None:
    first = {"OSD030BA": [10], "OSQ040BA": [1], "OSD050BA": [None]}
    second = {"OSD030BB": [66], "OSQ040BB": [2], "OSD050BB": [1]}
    frame = read_one(tmp_path, H, "OSQ_H", {"OSQ010B": [1], "OSQ020B": [2], **first, **second})
    assert frame["fracture_distal_forearm"].to_list() == [True]


@pytest.mark.parametrize(
    ("severe", "place", "age", "pelvis", "humerus", "other"),
    [
        (2, 19, 70, True, False, False),  # pelvis
        (2, 11, 70, False, None, True),  # upper arm: proximal or not is not told
        (2, 18, 70, False, False, True),  # ribs
        (2, 26, 70, False, False, None),  # toes
        (2, 18, 30, False, False, False),  # before 40
        (2, 18, 999, False, False, None),  # age not known
        (1, None, None, False, False, False),  # an accident
        (9, None, None, None, None, None),  # cause not known
        (2, 99, 70, None, None, None),  # place not known
    ],
)
def test_other_fractures_by_place_age_and_cause(
    severe: int,
    place: int | None,
    age: int | None,
    pelvis: bool | None,
    humerus: bool | None,
    other: bool | None,
    tmp_path: Path,
) -> None:
    answers = {"OSQ080": [1], "OSQ090A": [severe], "OSQ100A": [place], "OSD110A": [age], "OSQ120A": [2]}
    frame = read_one(tmp_path, H, "OSQ_H", answers)
    found = frame.select("fracture_pelvis", "fracture_proximal_humerus", "fracture_other").row(0)
    assert found == (pelvis, humerus, other)


def test_a_further_fracture_that_is_not_described_leaves_the_answer_open(tmp_path: Path) -> None:
    answers = {"OSQ080": [1], "OSQ090A": [1], "OSQ100A": [None], "OSD110A": [None], "OSQ120A": [1]}
    frame = read_one(tmp_path, H, "OSQ_H", answers)
    assert frame["fracture_pelvis"].to_list() == [None]


def drugs_of(
    directory: Path, cycle: Cycle, lines: Sequence[tuple[int, int | None, str | None, int | None]]
) -> pl.DataFrame:
    """The frame from lines of person, use, name and days."""
    people = max(line[0] for line in lines)
    names = ("RXD030", "RXD240B", "RXD260") if cycle.first_year < 2003 else ("RXDUSE", "RXDDRUG", "RXDDAYS")
    write_csv(directory, cycle.table("DEMO"), demographics(people))
    columns = zip(("SEQN", *names), zip(*lines, strict=True), strict=True)
    write_csv(directory, cycle.table("RXQ_RX"), dict(columns))
    return read_nhanes(directory, [cycle.name]).frame


def test_drugs_of_a_month(tmp_path: Path) -> None:
    lines: list[tuple[int, int | None, str | None, int | None]] = [
        (1, 2, "", None),  # takes none
        (2, 1, "LISINOPRIL", 30),  # a list without an antiosteoporosis drug
        (3, 1, "ALENDRONATE; CHOLECALCIFEROL", 1095),
        (3, 1, "CONJUGATED ESTROGENS", 3650),
        (4, 1, "55555", None),  # a name that nobody knew
        (5, 7, "", None),  # refused
        (6, 1, "PREDNISONE", 99999),
        (7, None, "", None),
        (8, 1, "WARFARIN", 60),
        (9, 1, "ESTRADIOL TOPICAL", 60),
        (10, 1, "ETHINYL ESTRADIOL; NORETHINDRONE", 60),
    ]
    frame = drugs_of(tmp_path, H, lines)
    assert frame["drug"].to_list() == ["none", None, "alendronate", *[None] * 7]
    assert frame["drug_years"].to_list() == [None, None, 3.0, *[None] * 7]
    assert frame["medications"].to_list()[:7] == [
        "none",
        "lisinopril",
        "alendronate;cholecalciferol;conjugated estrogens",
        "unnamed drug",
        None,
        "prednisone",
        None,
    ]
    assert frame["warfarin"].to_list() == [False, False, False, None, None, False, None, True, False, False]
    assert frame["glucocorticoid_mg_day"].to_list() == [0, 0, 0, None, None, None, None, 0, 0, 0]


def test_a_list_with_a_nameless_drug_is_not_taken_for_complete(tmp_path: Path) -> None:
    frame = drugs_of(tmp_path, H, [(1, 1, "METFORMIN", 30), (1, 1, "55555", 30), (2, 1, "METFORMIN", 30)])
    assert frame["medications"].to_list() == ["metformin;unnamed drug", "metformin"]
    assert assess(frame, risk=True)["antidepressant"].to_list() == [None, False]


def test_oestrogen_is_hormone_therapy_only_where_it_is_surely_systemic(tmp_path: Path) -> None:
    old = YEARS["2001-2002"]
    early = drugs_of(
        tmp_path,
        old,
        [
            (1, 1, "ESTROGENS, CONJUGATED", 60),
            (2, 1, "ESTROGENS, CONJUGATED; MEDROXYPROGESTERONE ACETATE", 60),
        ],
    )
    assert early["drug"].to_list() == [None, "hormone_therapy"]
    late = drugs_of(
        tmp_path, H, [(1, 1, "CONJUGATED ESTROGENS", 60), (2, 1, "CONJUGATED ESTROGENS TOPICAL", 60)]
    )
    assert late["drug"].to_list() == ["hormone_therapy", None]


def test_salts_are_left_off_but_not_from_salts(tmp_path: Path) -> None:
    frame = drugs_of(
        tmp_path, YEARS["2001-2002"], [(1, 1, "ALENDRONATE SODIUM", 30), (1, 1, "POTASSIUM CHLORIDE", 30)]
    )
    assert frame["medications"].to_list() == ["alendronate;potassium chloride"]


def whole_body(**second: float) -> dict[str, Any]:
    """Five completed data sets of two people; the second person's values differ where `second` adds to them."""
    limbs = ("DXDLALE", "DXDRALE", "DXDLLLE", "DXDRLLE")
    table: dict[str, Sequence[Any]] = {
        "SEQN": [1] * 5 + [2] * 5,
        "_MULT_": [1, 2, 3, 4, 5] * 2,
        "DXDTOPF": [30.0] * 10,
    }
    for name in limbs:
        table[name] = [5000.0] * 5 + [5000.0 + number * second.get(name, 0) for number in range(5)]
    return table


def test_imputed_body_composition_is_unknown_unless_asked_for(tmp_path: Path) -> None:
    write_csv(tmp_path, "DEMO", demographics(2))
    write_csv(tmp_path, "DXX", whole_body(DXDLALE=100.0))
    measured = read_nhanes(tmp_path)
    assert measured.frame["alm_kg"].to_list() == [20.0, None]
    assert measured.frame["body_fat_percent"].to_list() == [30.0, 30.0]
    assert any("1 people have imputed" in note for note in measured.notes)
    third = read_nhanes(tmp_path, imputation=3)
    assert third.frame["alm_kg"].to_list() == pytest.approx([20.0, 20.2])


def test_several_rows_without_imputation_number_are_an_error(tmp_path: Path) -> None:
    write_csv(tmp_path, "DEMO", demographics(2))
    table = whole_body()
    write_csv(tmp_path, "DXX", {name: values for name, values in table.items() if name != "_MULT_"})
    with pytest.raises(ColumnError, match="_MULT_"):
        read_nhanes(tmp_path)


@pytest.mark.parametrize(
    ("cycle", "columns", "expected"),
    [
        # Two days a week, three drinks: 2 x 52 x 3 x 14 g / 365 days / 8 g
        ("2013-2014", {"ALQ110": None, "ALQ120Q": 2, "ALQ120U": 1, "ALQ130": 3}, 2 * 52 * 3 * 14 / 365 / 8),
        ("2013-2014", {"ALQ110": None, "ALQ120Q": 0, "ALQ120U": None, "ALQ130": None}, 0.0),
        ("2013-2014", {"ALQ110": 2, "ALQ120Q": None, "ALQ120U": None, "ALQ130": None}, 0.0),
        ("2013-2014", {"ALQ110": None, "ALQ120Q": 2, "ALQ120U": 1, "ALQ130": 999}, None),
        ("2013-2014", {"ALQ110": 9, "ALQ120Q": None, "ALQ120U": None, "ALQ130": None}, None),
        ("2017-2018", {"ALQ111": 1, "ALQ121": 5, "ALQ130": 2}, 52 * 2 * 14 / 365 / 8),
        ("2017-2018", {"ALQ111": 1, "ALQ121": 2, "ALQ130": 2}, None),
        ("2017-2018", {"ALQ111": 2, "ALQ121": None, "ALQ130": None}, 0.0),
    ],
)
def test_alcohol_in_units_a_day(
    cycle: str, columns: dict[str, float | None], expected: float | None, tmp_path: Path
) -> None:
    table = YEARS[cycle].table("ALQ")
    frame = read_one(tmp_path, YEARS[cycle], table, {name: [value] for name, value in columns.items()})
    assert frame["alcohol_units_day"].to_list() == [expected if expected is None else pytest.approx(expected)]


@pytest.mark.parametrize(
    ("table", "column", "answers", "expected"),
    [
        ("SMQ_H", "smoking_current", {"SMQ020": [2, 1, 1, 1, 9], "SMQ040": [None, 1, 3, None, None]}, [False, True, False, None, None]),
        ("MCQ_H", "asthma", {"MCQ010": [2, 1, 1, 1, 9], "MCQ035": [None, 1, 2, 9, None]}, [False, True, False, None, None]),
        ("MCQ_H", "rheumatoid_arthritis", {"MCQ160A": [2, 1, 1, 1, 9], "MCQ195": [None, 2, 1, 9, None]}, [False, True, False, None, None]),
        ("MCQ_H", "copd", {"MCQ160G": [2, 1, 2, 2, 9], "MCQ160K": [2, 2, 1, 2, 2], "MCQ160O": [2, 2, 2, 9, 2]}, [False, True, None, None, None]),
        ("MCQ_H", "stroke_12m", {"MCQ160F": [2, 1, 1, 1, 9], "MCQ180F": [None, 65, 64, 99999, None]}, [False, True, None, None, None]),
        ("DIQ_H", "diabetes_type2", {"DIQ010": [2, 1, 3, 9, None]}, [False, None, None, None, None]),
        ("PFQ_H", "unable_walk_block", {"PFQ054": [2, 2, 1, 2, 9], "PFQ061B": [1, 2, None, 5, 9]}, [False, True, True, None, None]),
        ("OSQ_H", "parent_hip_fracture", {"OSQ170": [2, 1, 9, 2, 9], "OSQ200": [2, 9, 1, 9, 9]}, [False, True, True, None, None]),
        ("OSQ_H", "glucocorticoid_months", {"OSQ130": [2, 1, 1, 1, 9], "OSQ140Q": [None, 3, 2, 999, None], "OSQ140U": [None, 1, 2, 1, None]}, [0.0, 3.0, 24.0, None, None]),
        ("HUQ_H", "hospital_stays_12m", {"HUQ071": [2, 1, 1, 9, None], "HUD080": [None, 2, 99999, None, None]}, [0, 2, None, None, None]),
        ("RHQ_H", "postmenopausal", {"RHQ031": [1, 2, 2, 2, 9], "RHD043": [None, 7, 3, 2, None], "RHQ060": [None, 51, 40, 30, None]}, [False, True, None, False, None]),
        ("RHQ_H", "age_at_menopause_years", {"RHQ031": [1, 2, 2, 2, 2], "RHD043": [None, 7, 3, 7, 99], "RHQ060": [None, 51, 40, 999, 50]}, [None, 51.0, None, None, None]),
        ("BIOPRO_H", "calcium_mmol_l", {"LBDSCASI": [2.3, 2.3, None], "LBDSALSI": [40, 30, 40]}, [2.3, 2.5, None]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_questions_with_a_gate(
    table: str, column: str, answers: dict[str, list[float | None]], expected: list[Any], tmp_path: Path
) -> None:
    found = read_one(tmp_path, H, table, answers)[column].to_list()
    assert found == [pytest.approx(value) if isinstance(value, float) else value for value in expected]


def test_stroke_at_the_top_age_is_not_dated(tmp_path: Path) -> None:
    write_csv(tmp_path, "DEMO_H", demographics(RIDAGEYR=[80]))
    write_csv(tmp_path, "MCQ_H", {"SEQN": [1], "MCQ160F": [1], "MCQ180F": [80]})
    assert read_nhanes(tmp_path).frame["stroke_12m"].to_list() == [None]


def test_impossible_values_are_refused_and_counted(tmp_path: Path) -> None:
    write_csv(tmp_path, "DEMO_H", demographics(3, RIDAGEYR=[65, 65, 1]))
    write_csv(
        tmp_path, "BMX_H", {"SEQN": [1, 2, 3], "BMXWT": [70.0, 400.0, 9.1], "BMXHT": [170.0, 171.0, 75.0]}
    )
    result = read_nhanes(tmp_path)
    assert result.frame["weight_kg"].to_list() == [70.0, None, None]
    assert (
        "weight_kg: values outside 20 to 350 refused, now unknown: 2 (1 in people under 18)." in result.notes
    )
    assert (
        "height_cm: values outside 90 to 230 refused, now unknown: 1 (1 in people under 18)." in result.notes
    )


def test_a_variable_that_is_missing_leaves_its_column_out_and_is_said(tmp_path: Path) -> None:
    write_csv(tmp_path, "DEMO_H", demographics())
    write_csv(tmp_path, "BMX_H", {"SEQN": [1], "BMXWT": [70.0]})
    result = read_nhanes(tmp_path)
    assert result.frame["weight_kg"].to_list() == [70.0]
    assert "height_cm" not in result.frame.columns
    assert "2013-2014: BMX_H has no BMXHT: height_cm unknown." in result.notes


def test_people_without_a_row_in_a_table_are_unknown_there(tmp_path: Path) -> None:
    write_csv(tmp_path, "DEMO_H", demographics(2))
    write_csv(tmp_path, "BMX_H", {"SEQN": [2, 77], "BMXWT": [70.0, 80.0]})
    assert read_nhanes(tmp_path).frame["weight_kg"].to_list() == [None, 70.0]


def test_frame_has_canonical_types_and_order(tmp_path: Path) -> None:
    for cycle in (YEARS["2001-2002"], H):
        write_everything(tmp_path, cycle, 1)
    frame = read_nhanes(tmp_path).frame
    check_canonical(frame)
    measures = [name for name in frame.columns if name in load_measures()]
    assert len(measures) > 60
    assert measures == [name for name in load_measures() if name in frame.columns]
    assert frame.columns[:2] == ["person_id", "nhanes_cycle"]


@needs_nhanes
def test_the_real_frame_keeps_the_canonical_contract() -> None:
    frame = reading(*FIRST, *GRIP_YEARS).frame
    assert frame.height == 9965 + 11039 + 9756 + 10175
    check_canonical(frame)


# --------------------------------------------------------------------------------------------------------- errors


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="Give the directory"):
        read_nhanes(tmp_path / "nowhere")


def test_a_directory_without_demographic_file(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="no demographic file"):
        read_nhanes(tmp_path)
    write_csv(tmp_path, "DEMO_G", demographics())
    with pytest.raises(FileUnreadable, match=r"DEMO_H\.XPT or DEMO_H\.csv .* 2013-2014"):
        read_nhanes(tmp_path, ["2013-2014"])


@pytest.mark.parametrize(
    ("cycles", "words"),
    [(["2013"], "'2013' is not an NHANES cycle.*2013-2014"), (["2013-2014"] * 2, "twice"), ([], "No cycle")],
)
def test_cycles_that_do_not_exist(cycles: list[str], words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        read_nhanes(tmp_path, cycles)


def test_an_imputation_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give 1, 2, 3, 4 or 5"):
        read_nhanes(tmp_path, imputation=6)


def test_files_that_are_damaged_or_of_another_kind(tmp_path: Path) -> None:
    pytest.importorskip("pyreadstat", reason="an XPT needs pyreadstat")
    write_csv(tmp_path, "DEMO_H", demographics())
    (tmp_path / "BMX_H.XPT").write_text("<html>page not found</html>")
    with pytest.raises(FileUnreadable, match=r"BMX_H\.XPT.*Download it again"):
        read_nhanes(tmp_path)
    (tmp_path / "BMX_H.XPT").unlink()
    (tmp_path / "BMX_H.csv.xz").write_bytes(b"not xz")
    with pytest.raises(FileUnreadable, match=r"BMX_H\.csv\.xz is not a whole xz file"):
        read_nhanes(tmp_path)
    (tmp_path / "BMX_H.csv.xz").unlink()
    (tmp_path / "BMX_H.csv").write_text("")
    with pytest.raises(FileUnreadable, match="is empty"):
        read_nhanes(tmp_path)
    (tmp_path / "BMX_H.csv").write_text("SEQN,BMXWT\n1,seventy\n")
    with pytest.raises(FileUnreadable, match="cannot be read as CSV with numbers"):
        read_nhanes(tmp_path)
    (tmp_path / "BMX_H.csv").write_text("id,BMXWT\n1,70\n")
    with pytest.raises(ColumnError, match="no column SEQN"):
        read_nhanes(tmp_path)
    (tmp_path / "BMX_H.csv").write_text("SEQN,BMXWT\n1,70\n1,71\n")
    with pytest.raises(ColumnError, match="two rows for a person"):
        read_nhanes(tmp_path)


def test_no_value_of_a_person_stands_in_an_error_about_a_file(tmp_path: Path) -> None:
    write_csv(tmp_path, "DEMO_H", demographics())
    (tmp_path / "BMX_H.csv").write_text("SEQN,BMXWT\n1,seventy\n")
    with pytest.raises(FileUnreadable) as raised:
        read_nhanes(tmp_path)
    assert "seventy" not in str(raised.value)


def test_demographic_files_without_age_or_weights(tmp_path: Path) -> None:
    write_csv(
        tmp_path, "DEMO_H", {name: values for name, values in demographics().items() if name != "RIDAGEYR"}
    )
    with pytest.raises(ColumnError, match="RIDAGEYR"):
        read_nhanes(tmp_path)
    write_csv(
        tmp_path, "DEMO_H", {name: values for name, values in demographics().items() if name != "WTMEC2YR"}
    )
    with pytest.raises(ColumnError, match="WTMEC2YR"):
        read_nhanes(tmp_path)
    write_csv(
        tmp_path,
        "DEMO_H",
        {name: values for name, values in demographics().items() if not name.endswith("4YR")},
    )
    assert read_nhanes(tmp_path).frame["survey_weight"].to_list() == [1000.0]


def test_four_year_weights_stand_for_1999_2002_together(tmp_path: Path) -> None:
    for table in ("DEMO", "DEMO_B", "DEMO_C"):
        write_csv(tmp_path, table, demographics())
    pair = read_nhanes(tmp_path, ["1999-2000", "2001-2002"]).frame
    assert pair["survey_weight"].to_list() == [600.0, 600.0]
    assert pair["survey_weight_interview"].to_list() == [500.0, 500.0]
    three = read_nhanes(tmp_path).frame
    assert three["survey_weight"].to_list() == pytest.approx([400.0, 400.0, 1000 / 3])
    odd = read_nhanes(tmp_path, ["1999-2000", "2003-2004"])
    assert odd.frame["survey_weight"].to_list() == [500.0, 500.0]
    assert "advises against" in odd.notes[0]


# ---------------------------------------------------------------------------------------------- the table of variables


def minimal(**changes: Any) -> dict[str, Any]:
    """A sound table of variables with one column; `changes` go into its only row."""
    row = {
        "years": "2013-2014",
        "file": "BMX",
        "variables": ["BMXWT"],
        "recode": "number",
        "document": "data",
    }
    return {
        "document": [{"id": "data", "title": "a codebook", "status": "checked"}],
        "column": [{"name": "weight_kg", "from": [{**row, **changes}]}],
    }


def test_a_sound_table_loads() -> None:
    assert read_variables(minimal()).columns[0].unit == "kg"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"document": "nowhere"}, "names no document"),
        ({"calibrate": {"slope": 2, "intercept": 0}}, "no source"),
        ({"unit": "parsec"}, "given in parsec"),
        ({"table": "BMX_H"}, "either a file or a table"),
        ({"years": "1900-1910"}, "hold no cycle"),
    ],
)
def test_a_row_that_is_not_sound_does_not_load(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(EvidenceError, match=words):
        read_variables(minimal(**changes))


def test_columns_that_contradict_do_not_load() -> None:
    table = minimal()
    table["column"] *= 2
    with pytest.raises(EvidenceError, match="stand twice"):
        read_variables(table)
    table = minimal()
    table["column"][0]["from"] *= 2
    with pytest.raises(EvidenceError, match="two origins for 2013-2014"):
        read_variables(table)
    table = minimal()
    table["column"][0]["name"] = "shoe_size"
    with pytest.raises(EvidenceError, match="not a measure of the vocabulary"):
        read_variables(table)
    table = minimal(codes={1: "heavy"}, recode="code")
    table["column"][0]["name"] = "sex"
    with pytest.raises(EvidenceError, match="words that it does not have"):
        read_variables(table)


def test_medicines_without_source_do_not_load() -> None:
    with pytest.raises(EvidenceError, match="source"):
        read_medicines({"status": "checked"})


def test_every_recode_is_known_and_used() -> None:
    used = {origin.recode for column in load_variables().columns for origin in column.origins}
    assert used == set(RECODES)


def test_variables_of_the_table_stand_in_the_files_at_hand() -> None:
    """Every variable that is needed is in the file, for the tables that are at hand."""
    if not NHANES.is_dir():
        pytest.skip(f"the NHANES files are not here ({NHANES}): set MYOSTEON_SHARED")
    lacking = [note for note in reading(*FIRST, *GRIP_YEARS).notes if re.search(r": \w+ has no ", note)]
    assert lacking == []


def test_codebooks_name_the_variables() -> None:
    """The variables of rows that say `checked` stand in the codebooks beside the data."""
    codebooks = {
        path.stem: path.read_text(encoding="utf-8").upper() for path in (NHANES / "docs").glob("*.txt")
    }
    if not codebooks:
        pytest.skip(f"the NHANES codebooks are not here ({NHANES}): set MYOSTEON_SHARED")
    checked = 0
    for column in load_variables().columns:
        for cycle in CYCLES:
            origin = column.origin_in(cycle)
            book = codebooks.get(origin.table_in(cycle)) if origin is not None else None
            if origin is not None and book is not None and origin.status_in(cycle) == "checked":
                assert [name for name in origin.variables if name not in book] == [], column.name
                checked += 1
    assert checked > 30


def test_the_manual_page_names_every_column_and_every_reason() -> None:
    page = describe_variables()
    variables = load_variables()
    assert all(f"`{column.name}`" in page for column in variables.columns)
    assert all(document.title in page for document in variables.documents.values())
    assert all(what in page for what, _ in variables.left_out)
    assert "1.013 x value" in page
    assert "| `sex` | 1999-2018 | DEMO | RIAGENDR | code; 1 = male; 2 = female | unchecked |" in page


def test_a_row_is_checked_only_in_the_cycle_whose_codebook_was_read() -> None:
    grip = next(column for column in load_variables().columns if column.name == "grip_left_kg")
    statuses = {
        cycle.name: grip.origins[0].status_in(cycle)
        for cycle in CYCLES
        if cycle.name in grip.origins[0].cycles
    }
    assert statuses == {"2011-2012": "secondary", "2013-2014": "checked"}
    assert "checked (2013-2014), else secondary" in describe_variables()


def test_the_shipped_table_is_plain_toml() -> None:
    text = (PROJECT / "src/myosteon/readers/nhanes/variables.toml").read_text(encoding="utf-8")
    assert len(tomllib.loads(text)["column"]) == len(load_variables().columns)


def test_years_are_cycles() -> None:
    assert cycles_between("1999-2002") == FIRST
    assert len(cycles_between("1999-2018")) == 10
    assert [cycle.table("DEMO") for cycle in CYCLES] == [
        "DEMO",
        *(f"DEMO_{letter}" for letter in "BCDEFGHIJ"),
    ]
