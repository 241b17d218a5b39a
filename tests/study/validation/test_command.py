"""`myosteon validate` through its door: what it says, writes and refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from command_line.door import Said, assert_golden, myosteon
from study.validation.made import FOLDER, expected

R = expected("expected.csv")
OVER_TIME = ("--event", "fate", "--time", "years", "--horizon", 5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the made-up people."""
    (tmp_path / "people.csv").write_bytes((FOLDER / "people.csv").read_bytes())
    return tmp_path


def judge(folder: Path, *arguments: object, language: str = "en") -> Said:
    return myosteon(
        "validate", "people.csv", "--risk", "risk_percent", *arguments, folder=folder, language=language
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_over_time(folder: Path, language: str) -> None:
    outcome = "髋部骨折" if language == "zh" else "hip fracture"
    said = judge(folder, *OVER_TIME, "--outcome", outcome, "--bootstraps", 50, language=language)
    assert said.status == 0, said.err
    assert_golden(f"validate_over_time_{language}.txt", said.out)


def test_at_a_fixed_time_the_column_is_the_outcome(folder: Path) -> None:
    said = judge(folder, "--outcome", "fixed", "--bootstraps", 50)
    assert said.status == 0, said.err
    assert_golden("validate_fixed_en.txt", said.out)


def test_json_holds_what_r_finds(folder: Path) -> None:
    said = judge(folder, *OVER_TIME, "--bootstraps", 0, "-o", "-")
    assert said.status == 0, said.err
    measures = json.loads(said.out)["measures"]
    assert measures["uno"]["value"] == pytest.approx(R["death.uno"], rel=1e-9)
    assert measures["slope"]["error"] == pytest.approx(R["death.slope_error"], rel=1e-6)
    assert measures["slope"]["low"] is None


def test_the_same_seed_writes_the_same_file(folder: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        assert judge(folder, *OVER_TIME, "--bootstraps", 20, "--seed", seed, "-o", f"{name}.json").status == 0
    first, second, other = ((folder / f"{name}.json").read_text(encoding="utf-8") for name in "abc")
    assert first == second
    assert first.replace('"seed": 3', "") != other.replace('"seed": 4', "")


def test_a_recalibration_is_kept_and_applied_on_request(folder: Path) -> None:
    said = judge(folder, *OVER_TIME, "--bootstraps", 0, "--recalibrate", "ours_2026", "--note", "made up")
    assert said.status == 0, said.err
    text = (folder / "ours_2026.toml").read_text(encoding="utf-8")
    assert 'kind = "recalibration"' in text
    assert re.search(r"made_on = \d{4}-\d{2}-\d{2}", text)
    said = judge(
        folder,
        *OVER_TIME,
        "--bootstraps",
        0,
        "--apply",
        "ours_2026.toml",
        "-o",
        "out.json",
        "--report",
        "out.html",
    )
    assert said.status == 0, said.err
    assert "proves nothing" in said.out
    measures = json.loads((folder / "out.json").read_text(encoding="utf-8"))["measures"]
    assert measures["slope"]["value"] == pytest.approx(1, abs=1e-6)
    assert measures["intercept"]["value"] == pytest.approx(0, abs=1e-6)
    assert "ours_2026" in (folder / "out.html").read_text(encoding="utf-8")
    again = judge(folder, *OVER_TIME, "--recalibrate", "ours_2026")
    assert again.status == 2
    assert "not overwritten" in again.err
    assert (folder / "ours_2026.toml").read_text(encoding="utf-8") == text


def test_a_recalibration_of_another_risk_or_horizon_is_refused(folder: Path) -> None:
    assert judge(folder, *OVER_TIME, "--bootstraps", 0, "--recalibrate", "ours").status == 0
    other = myosteon(
        "validate", "people.csv", "--risk", "points", *OVER_TIME, "--apply", "ours.toml", folder=folder
    )
    assert (other.status, "made for risk_percent, not for points" in other.err) == (2, True)
    shorter = judge(folder, "--event", "fate", "--time", "years", "--horizon", 3, "--apply", "ours.toml")
    assert (shorter.status, "horizon of 5 years, not 3 years" in shorter.err) == (2, True)


def test_refused_values_are_named_and_the_rest_is_judged(folder: Path) -> None:
    lines = (FOLDER / "people.csv").read_text(encoding="utf-8").splitlines()
    lines[1] = "P1,262,3.70,0,1,3"
    lines[2] = "P2,,2.43,1,0,4"
    lines[3] = "P3,27.1,3.62,7,1,3"
    (folder / "people.csv").write_text("\n".join(lines), encoding="utf-8")
    said = judge(folder, *OVER_TIME, "--bootstraps", 0)
    assert said.status == 3
    assert "397 of 400 rows judged" in said.out
    assert "left out: 1 risk refused" in said.out
    assert "left out: 1 no risk given" in said.out
    for part in ("P1", "risk_percent", "262", "2.5 for 2.5 %"):
        assert part in said.err
    for part in ("P3", "fate", "7", "2 or died"):
        assert part in said.err


def test_the_worth_of_acting_is_told_at_the_thresholds_asked_for(folder: Path) -> None:
    said = judge(folder, *OVER_TIME, "--threshold", 5, "--threshold", 20, "--bootstraps", 20, "-o", "-")
    assert said.status == 0, said.err
    decisions = json.loads(said.out)["decisions"]
    assert set(decisions["told"]) == {"0.05", "0.2"}
    place = decisions["thresholds"].index(0.2)
    assert decisions["net_benefit"][place] == pytest.approx(R["death.net_benefit_0.2"], rel=1e-8)
    # By chance a draw may gain less; the interval holds the value all the same.
    told = decisions["told"]["0.2"]
    assert told["low"] <= told["value"] <= told["high"]


def test_help_is_there(folder: Path) -> None:
    said = myosteon("validate", "--help", folder=folder)
    assert (said.status, "--drawn-by-outcome" in said.out) == (0, True)


def test_strict_refuses_the_whole_file(folder: Path) -> None:
    text = (FOLDER / "people.csv").read_text(encoding="utf-8").replace("P1,26.2", "P1,262")
    (folder / "people.csv").write_text(text, encoding="utf-8")
    said = judge(folder, "--event", "fixed", "--strict", "--bootstraps", 0)
    assert said.status == 2
    assert "1 values were refused" in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--outcome", "hip"), "--event"),
        ((), "--event COLUMN"),
        (("--event", "fate", "--time", "years"), "--horizon"),
        (("--event", "fate", "--time", "years", "--horizon", 20), "beyond the longest follow-up of 8."),
        (("--event", "fate", "--time", "years", "--horizon", -1), "years above 0"),
        (("--event", "fate", "--time", "yeers", "--horizon", 5), "no column yeers (asked for by --time)"),
        (("--event", "fixed", "--subgroup", "years"), "at most 12 groups"),
        (("--event", "fixed", "--threshold", 120), "between 0 and 100"),
        (("--event", "fixed", "--points", "--recalibrate", "x"), "neither recalibrated nor"),
        (("--event", "fixed", "--recalibrate", "a/b"), "letters, digits"),
        (("--event", "fixed", "--apply", "absent.toml"), "cannot be read"),
        (("--event", "fixed", "--apply", "people.csv"), "not a recalibration"),
        (("--event", "fixed", "--recalibrate", "x", "--apply", "y.toml"), "do not go together"),
        (("--event", "fixed", "--drawn-by-outcome", "--recalibrate", "x"), "drawn by their outcome"),
        (("--event", "fate", "--time", "years", "--horizon", 5, "--drawn-by-outcome"), "fixed time"),
        (("--event", "fixed", "--report", "nowhere/out.html"), "folder nowhere is not there"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_remedy(
    folder: Path, arguments: tuple[object, ...], said: str
) -> None:
    found = judge(folder, *arguments, "--bootstraps", 0)
    assert found.status == 2, found.out
    assert said in found.err
    assert found.out == ""
    assert sorted(file.name for file in folder.iterdir()) == ["people.csv"]


def test_a_risk_that_is_nowhere_is_refused_with_the_choice(folder: Path) -> None:
    found = myosteon("validate", "people.csv", "--risk", "frax", "--event", "fixed", folder=folder)
    assert found.status == 2
    assert "risk_percent" in found.err
    assert "qfracture_hip_percent" in found.err


def test_errors_speak_chinese(folder: Path) -> None:
    found = judge(folder, "--event", "fate", "--time", "years", "--horizon", 20, language="zh")
    assert (found.status, "最长随访" in found.err) == (2, True)


def test_an_absent_group_is_named_where_the_risk_is_computed(folder: Path) -> None:
    (folder / "hip.csv").write_text(
        "person_id,sex,age_years,Alter,died\nP1,female,80,a,1\nP2,female,81,b,0\n", encoding="utf-8"
    )
    said = myosteon(
        "validate",
        "hip.csv",
        "--risk",
        "nottingham_hip_fracture",
        "--event",
        "died",
        "--subgroup",
        "nowhere",
        folder=folder,
    )
    assert (said.status, "no column nowhere" in said.err) == (2, True)


def test_a_risk_is_computed_from_the_measures(folder: Path) -> None:
    """Nottingham Hip Fracture Score: thirty-day mortality of made-up patients."""
    lines = [
        "person_id,sex,age_years,haemoglobin_g_l,abbreviated_mental_test_score,lives_in_care_home,"
        "comorbid_organ_systems_count,malignancy_20y,fracture_hip,months_since_hip_fracture,died"
    ]
    for number in range(60):
        age, test = 60 + number % 35, number % 11
        died = int((age > 85) + (test <= 6) + number % 3 >= 3)
        hb = "" if number == 7 else "115"
        lines.append(f"P{number},female,{age},{hb},{test},no,{number % 4},no,yes,0,{died}")
    (folder / "hip.csv").write_text("\n".join(lines), encoding="utf-8")
    said = myosteon(
        "validate", "hip.csv", "--risk", "nottingham_hip_fracture", "--event", "died", "--bootstraps", 0, "-o", "-",
        folder=folder,
    )  # fmt: skip
    assert said.status == 0, said.err
    table = json.loads(said.out)
    assert table["risk"] == "nottingham_hip_fracture_percent"
    assert table["counts"]["judged"] + sum(table["counts"]["excluded"].values()) == 60
    assert table["about"]["note"]["competing_death"] in ("counted", "not_counted", "does_not_apply")
