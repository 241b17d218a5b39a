"""How a page is registered: with the permission that it needs. Each module of `pages` has one `pages = Pages()`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends
from starlette.responses import Response

from myosteon.app.web.access import PERMISSIONS
from myosteon.app.web.call import Call
from myosteon.app.web.guard import LARGEST, PERMISSION, SIZE, open_call
from myosteon.errors import RuleError

Asked = Annotated[Call, Depends(open_call)]
"""What a page is handed first."""

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class Pages:
    """The pages of one noun. Whatever is asked of them passes `open_call` first, whether the page takes a `Call` or not."""

    def __init__(self) -> None:
        self.router = APIRouter(dependencies=[Depends(open_call)], default_response_class=Response)

    def get(self, path: str, *, permission: str) -> Callable[[Endpoint], Endpoint]:
        """A page that is looked at; nothing about a person changes by it."""
        return self._route("GET", path, permission, {})

    def post(
        self, path: str, *, permission: str, fields: Sequence[str] = (), largest: int = LARGEST
    ) -> Callable[[Endpoint], Endpoint]:
        """A page that a form is sent to: its fields, and how many bytes it takes."""
        properties = {name: {"type": "string"} for name in ("csrf", *fields)}
        schema = {"type": "object", "properties": properties}
        body = {"content": {"application/x-www-form-urlencoded": {"schema": schema}}}
        return self._route("POST", path, permission, {"requestBody": body, SIZE: largest})

    def _route(
        self, method: str, path: str, permission: str, extra: dict[str, Any]
    ) -> Callable[[Endpoint], Endpoint]:
        if permission not in PERMISSIONS:
            raise RuleError(f"{path}: nobody declared the permission {permission}")
        return self.router.api_route(
            path, methods=[method], response_model=None, openapi_extra={**extra, PERMISSION: permission}
        )
