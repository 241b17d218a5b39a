"""Plans of a crowd as lines of JSON, made by several processes side by side, in the order of the people.

The rules are asked here, a block of people at a time; what was judged is turned into plans in parts, each part by
whichever process is free. A helper that dies, or is told of an error, gives its part back, and it is made here.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from io import BytesIO
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Condition, Thread
from typing import Self

import polars as pl

from myosteon.app.plan_run import Planner
from myosteon.outputs.plan_json import PlanWriter
from myosteon.outputs.plan_maker import PlanMaker
from myosteon.outputs.plan_memory import much_is_kept

# So few people are done before another process has read the rules.
PEOPLE_FOR_TWO = 10_000
PEOPLE_JUDGED_AT_ONCE = 20_000
PEOPLE_IN_A_PART = 4_000
# Parts of one process that may wait until those before them are written.
PARTS_WAITING = 4
MOST_PARTS_WAITING = 2 * PARTS_WAITING
# What is written at once: small enough that the memory of one piece serves the next.
BYTES_AT_ONCE = 4_000_000
MOST_HELPERS = 7
FAILED = b"failed"
MADE = b"made"
# The lines of a part: here, or in a file of another process.
Made = list[bytes] | Path


class PlanCrowd:
    """Makes plans of many people; use it as a context, which ends the other processes.

    `begin` may be called as soon as it is likely that the people are many: another process takes a while to read the rules.
    """

    def __init__(self, planner: Planner, *, suppressed: bool = False) -> None:
        """Args: the planner, and whether suppressed lines are told."""
        self._planner = planner
        self._suppressed = suppressed
        self._helpers: list[_Helper] = []
        self._within = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._within.close()

    def begin(self) -> None:
        """Starts the other processes, as many as there are processors to spare; once."""
        if self._helpers:
            return
        folder = Path(self._within.enter_context(TemporaryDirectory(prefix="myosteon_plans_")))
        for nth in range(min(_cores() - 1, MOST_HELPERS)):
            helper = _Helper(self._planner, self._suppressed, folder / str(nth))
            self._helpers.append(helper)
            self._within.callback(helper.end)

    def lines(self, people: pl.DataFrame) -> Iterator[bytes]:
        """The plans of canonical people as JSON in UTF-8, in their order: one or more whole lines at a time.

        Raises:
            MyosteonError: whatever the making of a plan raises.
        """
        if people.height >= PEOPLE_FOR_TWO:
            self.begin()
        writer = PlanWriter(suppressed=self._suppressed)
        with much_is_kept():
            yield from _Parts(self._planner, people, writer).lines(self._helpers)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Parts:
    """The parts of a crowd: which is next to be made, and which are made and wait for those before them."""

    def __init__(self, planner: Planner, people: pl.DataFrame, writer: PlanWriter) -> None:
        self._planner = planner
        self._writer = writer
        self._parts = enumerate(self._judged(people))
        self._returned: list[tuple[int, pl.DataFrame]] = []
        self._made: dict[int, Made] = {}
        self._written = 0
        self._taken = 0
        self._failure: Exception | None = None
        self._ended = False
        self._changed = Condition()

    def lines(self, helpers: Sequence[_Helper]) -> Iterator[bytes]:
        """The lines of each part, in order."""
        for helper in helpers:
            Thread(target=self._serve, args=(helper,), daemon=True).start()
        try:
            while (made := self._next()) is not None:
                yield from _pieces(made)
        finally:
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def _judged(self, people: pl.DataFrame) -> Iterator[pl.DataFrame]:
        for block in people.iter_slices(PEOPLE_JUDGED_AT_ONCE):
            # Objects that hold one another are looked for here only: `much_is_kept` keeps Python from doing it all the time.
            gc.collect()
            yield from self._planner.judge(block).iter_slices(PEOPLE_IN_A_PART)

    def _next(self) -> Made | None:
        """The lines of the part that is next to be written; parts are made here until it is there. None: no part is left."""
        while True:
            with self._changed:
                if self._written in self._made:
                    lines = self._made.pop(self._written)
                    self._written += 1
                    self._changed.notify_all()
                    return lines
                # A process that stands still must not let parts pile up here.
                full = len(self._made) >= MOST_PARTS_WAITING and not self._returned
                part = None if full else self._take()
                if self._failure is not None:
                    raise self._failure
                if part is None:
                    if self._written == self._taken:
                        return None
                    self._changed.wait()
                    continue
            self._put(part[0], list(lines_of(self._planner.maker, self._writer, part[1])))

    def _serve(self, helper: _Helper) -> None:
        """Has parts made by another process until none is left, or it fails."""
        while True:
            with self._changed:
                while len(self._made) >= PARTS_WAITING and not self._ended:
                    self._changed.wait()
                part = None if self._ended else self._take()
            if part is None:
                return
            lines = helper.make(part[1])
            if lines is None:
                with self._changed:
                    self._returned.append(part)
                    self._changed.notify_all()
                return
            self._put(part[0], lines)

    def _take(self) -> tuple[int, pl.DataFrame] | None:
        if self._returned:
            return self._returned.pop()
        if self._failure is not None:
            return None
        try:
            part = next(self._parts, None)
        except Exception as error:
            # Told where the lines are written, whichever thread asked the rules.
            self._failure = error
            self._changed.notify_all()
            return None
        if part is not None:
            self._taken += 1
        return part

    def _put(self, place: int, lines: Made) -> None:
        with self._changed:
            self._made[place] = lines
            self._changed.notify_all()


class _Helper:
    """Another process that makes plans, and leaves them in files: through a pipe they would take much longer."""

    def __init__(self, planner: Planner, suppressed: bool, file: Path) -> None:
        """Args: the planner, whether suppressed lines are told, and how the files begin."""
        self._file = file
        self._parts = 0
        # A copy by `fork` could stand still: the engine has threads of its own.
        context = get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_help, args=(there, planner.anew(), suppressed), daemon=True)
        self._process.start()
        there.close()

    def make(self, judged: pl.DataFrame) -> Path | None:
        """The file with the lines of people who were judged; None where the process cannot make them."""
        frame = BytesIO()
        judged.write_ipc_stream(frame, compression="lz4")
        self._parts += 1
        file = self._file.with_suffix(f".{self._parts}")
        try:
            self._here.send_bytes(os.fsencode(file))
            self._here.send_bytes(frame.getbuffer())
            return file if self._here.recv_bytes() == MADE else None
        except (EOFError, OSError):
            return None

    def end(self) -> None:
        """Ends the process, even in the midst of a part that nobody waits for."""
        self._process.terminate()
        self._process.join()
        self._here.close()


def _help(asked: Connection, planner: Planner, suppressed: bool) -> None:
    """What another process does: plans of each frame that it is sent, put into a file, until nobody sends any."""
    gc.disable()
    writer = PlanWriter(suppressed=suppressed)
    planner.maker  # noqa: B018 - made while the people are still read
    people = 0
    while True:
        try:
            file, frame = os.fsdecode(asked.recv_bytes()), asked.recv_bytes()
        except EOFError:
            return
        try:
            judged = pl.read_ipc_stream(BytesIO(frame))
            with Path(file).open("wb") as target:
                target.writelines(lines_of(planner.maker, writer, judged))
        except Exception:
            # The same part is made anew by the first process, which says what is wrong.
            asked.send_bytes(FAILED)
            return
        asked.send_bytes(MADE)
        people += judged.height
        if people >= PEOPLE_JUDGED_AT_ONCE:
            people = 0
            gc.collect()


def lines_of(maker: PlanMaker, writer: PlanWriter, judged: pl.DataFrame) -> Iterator[bytes]:
    """The plans of people who were judged, a line each, some million bytes at a time."""
    waiting: list[bytes] = []
    size = 0
    for plan in maker.plans(judged):
        line = writer.write(plan)
        waiting += (line, b"\n")
        size += len(line)
        if size >= BYTES_AT_ONCE:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def _pieces(made: Made) -> Iterator[bytes]:
    """The lines of a part; a file is gone once it was read."""
    if isinstance(made, list):
        yield from made
        return
    with made.open("rb") as file:
        while piece := file.read(BYTES_AT_ONCE):
            yield piece
    made.unlink()
