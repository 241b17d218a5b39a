"""The one fixture of the specification: the answers to a test's table, on each engine in turn."""

from __future__ import annotations

import pytest

from engines import Engine

from .answers import Answers, compute_table, judge_tables
from .table import Table

_judged: dict[str, dict[int, Answers]] = {}


@pytest.fixture
def answers(request: pytest.FixtureRequest, engine_name: str, engine: Engine) -> Answers:
    """What came out, and what must come out, for the rows of the test's table."""
    table: Table = request.function.spec_table
    computing = request.function.spec_computing
    if computing is not None:
        return compute_table(engine, table, computing)
    if engine_name not in _judged:
        _judged[engine_name] = judge_tables(engine, _tables(request.session))
    return _judged[engine_name][id(table)]


def _tables(session: pytest.Session) -> list[Table]:
    """The tables of every test that this session runs, each once."""
    functions = {item.function for item in session.items if isinstance(item, pytest.Function)}
    found = [f.spec_table for f in functions if getattr(f, "spec_table", None) and f.spec_computing is None]
    return sorted(found, key=lambda table: (table.expected, table.given))
