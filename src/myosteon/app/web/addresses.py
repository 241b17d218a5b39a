"""Addresses that a form or a link hands on: only pages of our own are gone to."""

from __future__ import annotations

import re

# One slash, then letters of an address; no second slash at once, no backslash: both would lead elsewhere.
OWN = re.compile(r"/(?:[A-Za-z0-9_\-][A-Za-z0-9_.\-/]*)?")
LONGEST = 300


def own_path(wanted: str) -> str:
    """The path where it is one of ours, else the home page."""
    return wanted if len(wanted) <= LONGEST and OWN.fullmatch(wanted) else "/"
