"""Which column of a file of treatments is which, under the contract's names, other English ones or Chinese ones."""

from __future__ import annotations

from collections.abc import Sequence

from myosteon.errors import ColumnError
from myosteon.history.drug_names import column_names, plain
from myosteon.history.wording import sentence

NEEDED = ("person_id", "drug", "start_date")
FURTHER = ("stop_date", "last_dose_date", "doses", "dose", "reason_stopped")
ALL = (*NEEDED, *FURTHER)


def find_columns(names: Sequence[str], file: str) -> dict[str, str]:
    """The column of the file for each name of the contract that it has.

    Raises:
        ColumnError: person_id, drug or start_date is missing, or two columns mean the same.
    """
    found: dict[str, str] = {}
    for name in ALL:
        # A column under its own name stands before others that may mean it.
        given = [name] if name in names else [one for one in names if column_names().get(plain(one)) == name]
        if len(given) > 1:
            raise ColumnError(sentence("double_columns", file=file, given=", ".join(given), column=name))
        found |= dict.fromkeys([name], given[0]) if given else {}
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise ColumnError(
            sentence("missing_columns", file=file, columns=", ".join(missing), found=", ".join(names))
        )
    return found
