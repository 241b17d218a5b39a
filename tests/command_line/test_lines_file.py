"""Lines are written in their order, while further ones are made; what cannot be written is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from myosteon.app.lines_file import BYTES_AT_ONCE, write_lines
from myosteon.errors import InputError

LINES = 60


def lines() -> Iterator[bytes]:
    """Several parts of a file, of which no two lines are alike; Chinese among them."""
    for number in range(LINES):
        yield f"{number} 骨 {'x' * (BYTES_AT_ONCE // 20)}\n".encode()


def test_lines_stand_in_their_order(tmp_path: Path) -> None:
    file = tmp_path / "plans.jsonl"
    write_lines(lines(), file)
    assert file.stat().st_size > 2 * BYTES_AT_ONCE
    assert file.read_bytes() == b"".join(lines())


def test_no_lines_make_an_empty_file(tmp_path: Path) -> None:
    file = tmp_path / "plans.jsonl"
    write_lines(iter(()), file)
    assert file.read_bytes() == b""


def test_standard_output_has_the_same_bytes(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_lines(iter([b"{}\n", "骨\n".encode()]), None)
    assert capfdbinary.readouterr().out == "{}\n骨\n".encode()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"plans\.jsonl cannot be written"):
        write_lines(lines(), tmp_path / "nowhere" / "plans.jsonl")


def test_a_full_disk_is_said() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no device that is always full")
    with pytest.raises(InputError, match="cannot be written"):
        write_lines(lines(), full)


def test_an_error_while_lines_are_made_comes_through(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield from lines()
        raise ValueError("no further plan")

    with pytest.raises(ValueError, match="no further plan"):
        write_lines(broken(), tmp_path / "plans.jsonl")
