"""Writes the smallest old Excel file (.xls) that a reader accepts: there is no maintained library that writes one.

An OLE container of 512-byte sectors (allocation table, directory, one stream) around BIFF8 records.
"""

from __future__ import annotations

import struct
from pathlib import Path

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def write_old_workbook(path: Path, rows: list[list[str | float | None]]) -> None:
    stream = make_stream(rows)
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\x00")
    sectors = len(stream) // SECTOR
    table = [TABLE, END, *range(3, 2 + sectors), END]
    table += [FREE] * (SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    directory = make_entry("Root Entry", 5, 1, END, 0) + make_entry("Workbook", 2, FREE, 2, len(stream))
    path.write_bytes(header + struct.pack("<128I", *table) + directory.ljust(SECTOR, b"\x00") + stream)


def make_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\x00").encode("utf-16-le")
    entry = text.ljust(64, b"\x00") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return (entry + bytes(36) + struct.pack("<IQ", start, size)).ljust(128, b"\x00")


def make_stream(rows: list[list[str | float | None]]) -> bytes:
    globals_start = make_record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    name = b"\x06\x00people"
    where = len(globals_start) + 4 + 6 + len(name) + 4
    sheet_entry = make_record(0x85, struct.pack("<IH", where, 0) + name)
    cells = b"".join(
        make_cell(row, column, value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value is not None
    )
    sheet = (
        make_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + make_record(0x0A, b"")
    )
    return globals_start + sheet_entry + make_record(0x0A, b"") + sheet


def make_cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return make_record(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return make_record(0x203, place + struct.pack("<d", value))


def make_record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
