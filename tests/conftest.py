"""What all tests share: the engines, how many people the long comparisons take, and Hypothesis' two profiles."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import HealthCheck, settings

from engines import ENGINES, Engine, Polars, assess_on, canonical_people, close_engines, engine_or_skip
from myosteon.rules.guideline import Settings

settings.register_profile(
    "ci", max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "nightly", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--people",
        type=int,
        default=int(os.environ.get("MYOSTEON_ORACLE_PEOPLE", "10000")),
        help="how many random people are judged by the program and by the second reading of the contract",
    )


def pytest_unconfigure() -> None:
    close_engines()


@pytest.fixture(scope="session")
def how_many_people(request: pytest.FixtureRequest) -> int:
    """How many people the comparison with the oracle takes."""
    return int(request.config.getoption("--people"))


@pytest.fixture(scope="session")
def program() -> Callable[[Sequence[Mapping[str, object]], bool], list[dict[str, object]]]:
    """The columns of the contract for people given as measure -> value, estimated masses accepted or not; in order."""

    def judge(people: Sequence[Mapping[str, object]], accept_estimated_mass: bool) -> list[dict[str, object]]:
        settings = Settings(accept_estimated_mass=accept_estimated_mass)
        answered = assess_on(Polars(), canonical_people(people), settings=settings)
        return answered.drop("person_id").to_dicts()

    return judge


@pytest.fixture(scope="session", params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def engine(engine_name: str) -> Engine:
    """The engine, started once; a missing one skips aloud, or fails where MYOSTEON_REQUIRE_ALL=1."""
    return engine_or_skip(engine_name)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is required, a skipped test fails the run: a skip that nobody sees is a defect."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    required = os.environ.get("MYOSTEON_REQUIRE_ALL") == "1"
    if required and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
