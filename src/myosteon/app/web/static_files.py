"""Styles, scripts and icons: each is served under a name with a hash of its content, so that a browser may keep it for ever."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from myosteon.outputs.html_parts import read_html

KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is served: its name with the hash, its type, its bytes."""

    name: str
    kind: str
    content: bytes


@cache
def static_files() -> Mapping[str, StaticFile]:
    """Every static file by its plain name. The tokens are those of the printed pages: a value has one place."""
    folder = files("myosteon.app.web") / "static"
    found = {
        file.name: file.read_bytes()
        for file in folder.iterdir()
        if PurePath(file.name).suffix in KINDS and file.is_file()
    }
    found["tokens.css"] = read_html("tokens.css").encode()
    return {name: _static_file(name, content) for name, content in found.items()}


@cache
def served_files() -> Mapping[str, StaticFile]:
    """Every static file by the name that it is served under."""
    return {file.name: file for file in static_files().values()}


def static(name: str) -> str:
    """The address of a static file.

    Raises:
        KeyError: there is no such file.
    """
    return f"/static/{static_files()[name].name}"


async def serve_static(request: Request) -> Response:
    """One static file; a name without today's hash is not there."""
    found = served_files().get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    return Response(found.content, media_type=found.kind, headers={"Cache-Control": FOR_EVER})


def _static_file(name: str, content: bytes) -> StaticFile:
    path = PurePath(name)
    kind = KINDS.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return StaticFile(f"{path.stem}.{hashlib.sha256(content).hexdigest()[:16]}{path.suffix}", kind, content)
