"""In which language a page speaks: the account's, else the browser's choice by cookie, else what its settings prefer."""

from __future__ import annotations

from starlette.requests import Request

from myosteon.app.web.cookies import LANGUAGE
from myosteon.app.web.wording import LANGUAGES
from myosteon.evidence.types import Language
from myosteon.registry.accounts import Account


def language_for(request: Request, account: Account | None) -> Language:
    """The language of a page for whoever asks."""
    for word in (account.language if account else None, request.cookies.get(LANGUAGE)):
        if word in LANGUAGES:
            return word
    return preferred_language(request.headers.get("accept-language", ""))


def preferred_language(header: str) -> Language:
    """The first of our languages in order of preference; English where the header names none of them."""
    choices: list[tuple[float, int, Language]] = []
    for place, part in enumerate(header.split(",")):
        tag, _, parameters = part.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language in LANGUAGES:
            choices.append((-_quality(parameters), place, language))
    wanted = [choice for choice in sorted(choices) if choice[0] < 0]
    return wanted[0][2] if wanted else "en"


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
