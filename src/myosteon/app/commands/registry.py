"""`myosteon backup`, `restore`, `verify`, `export` and `load`: what is done with a registry as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from myosteon.app.options import Lang, Rename, SexCodes, Sheet, Strict
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import language_of

NOT_WHOLE = 1
REFUSED = 3

Where = Annotated[
    str | None,
    typer.Option(
        "--database",
        help="A SQLite file, or postgresql://...; else MYOSTEON_DATABASE_URL, else myosteon.sqlite here.",
    ),
]


def back_up(
    folder: Annotated[Path, typer.Argument(help="Folder for the backup; made where it is not there.")],
    database: Where = None,
    lang: Lang = None,
) -> None:
    """Back up a registry into FOLDER while people go on working; then look whether the backup is whole."""
    # The registry's libraries load here, as in all of these: no other command waits for them.
    from myosteon.app.registry_run import run_backup

    if not run_backup(folder, database, language_of(lang)):
        raise typer.Exit(NOT_WHOLE)


def restore(
    backup: Annotated[Path, typer.Argument(help="A backup, or the folder of an export.")],
    database: Where = None,
    lang: Lang = None,
) -> None:
    """Bring a backup or an export back into a database that is empty or not there yet, and look whether it is whole."""
    from myosteon.app.registry_run import run_restore

    if not run_restore(backup, database, language_of(lang)):
        raise typer.Exit(NOT_WHOLE)


def verify(database: Where = None, lang: Lang = None) -> None:
    """Look whether a registry is whole: the database, the order of the entries, and the audit trail from its first line."""
    from myosteon.app.registry_run import run_verify

    if not run_verify(database, language_of(lang)):
        raise typer.Exit(NOT_WHOLE)


def export(
    folder: Annotated[Path, typer.Argument(help="A new folder: a file for each table.")],
    format: Annotated[str, typer.Option("--format", help="parquet or csv.")] = "parquet",
    database: Where = None,
    lang: Lang = None,
) -> None:
    """Write everything of a registry into FOLDER, names included; `myosteon restore` takes it back."""
    from myosteon.app.registry_run import run_export

    run_export(folder, format, database, language_of(lang))


def load(
    file: Annotated[Path, typer.Argument(help="People and visits, as for `assess`.")],
    clinic: Annotated[
        str | None,
        typer.Option("--clinic", help="The clinic to whom they belong; needed where there are several."),
    ] = None,
    treatments: Annotated[
        Path | None, typer.Option("--treatments", help="Courses of bone drugs (CSV), one a row.")
    ] = None,
    database: Where = None,
    sex_codes: SexCodes = None,
    rename: Rename = None,
    strict: Strict = False,
    sheet: Sheet = None,
    lang: Lang = None,
) -> None:
    """Add the people and visits of FILE to a clinic; who is there already is known by person_id, and nothing is changed."""
    from myosteon.app.registry_run import Load, run_load

    reading = ReadingOptions(sex_codes, rename, strict, False, sheet)
    if run_load(Load(file, treatments, clinic, reading), database, language_of(lang)):
        raise typer.Exit(REFUSED)
