"""`myosteon serve`: the clinic in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from myosteon.app.options import Lang
from myosteon.app.screen import language_of


def serve_clinic(
    host: Annotated[
        str, typer.Option("--host", help="The address to listen at; 0.0.0.0 for the whole network.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8000,
    database: Annotated[
        str | None,
        typer.Option(
            "--database",
            help="A SQLite file, or postgresql://...; else MYOSTEON_DATABASE_URL, else myosteon.sqlite here.",
        ),
    ] = None,
    time_zone: Annotated[
        str, typer.Option("--time-zone", help="The clinic's time zone: which day it is there.")
    ] = "Asia/Shanghai",
    public_url: Annotated[
        str, typer.Option("--public-url", help="The address that people type, where a proxy stands before.")
    ] = "",
    behind_proxy: Annotated[
        str,
        typer.Option(
            "--behind-proxy",
            help="The address of the proxy whose word on who asks is believed, such as 127.0.0.1.",
        ),
    ] = "",
    certificate: Annotated[
        Path | None, typer.Option("--certificate", help="Serve HTTPS with this certificate.")
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", help="The certificate's private key.")] = None,
    plain_http: Annotated[
        bool,
        typer.Option("--plain-http", help="Serve a network without HTTPS: everybody on it can read all."),
    ] = False,
    backups: Annotated[
        Path | None, typer.Option("--backups", help="Where backups go; else beside the SQLite file.")
    ] = None,
    clinic_demo: Annotated[
        bool,
        typer.Option(
            "--clinic-demo",
            help="Try it: fill an empty database with made-up clinics and people, and print who may sign in.",
        ),
    ] = False,
    lang: Lang = None,
) -> None:
    """Serve the clinic's pages; the first start prints the administrator's one-time password."""
    # The web's libraries load here: no other command waits for them.
    from myosteon.app.serving import Serving, run_clinic

    run_clinic(
        Serving(
            host=host,
            port=port,
            database=database,
            time_zone=time_zone,
            public_url=public_url,
            behind_proxy=behind_proxy,
            certificate=certificate,
            key=key,
            plain_http=plain_http,
            backups=backups,
            made_up_people=clinic_demo,
            language=language_of(lang),
        )
    )
