"""Who may do what: one table of permissions. Every route names one; whose record it is, is checked where the record is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from myosteon.registry.accounts import Account, Role

# No sign-in is needed.
PUBLIC: Final = "public"
# Whoever is signed in, also before a one-time password is changed.
SELF: Final = "self"

CARE: frozenset[Role] = frozenset({"clinician", "health_worker"})
CLINICIANS: frozenset[Role] = frozenset({"clinician"})
ADMINISTRATORS: frozenset[Role] = frozenset({"administrator"})
RESEARCH: frozenset[Role] = frozenset({"clinician", "researcher"})
ALL: frozenset[Role] = frozenset({"administrator", "clinician", "health_worker", "researcher"})

# An administrator keeps the house and opens no record; a researcher sees cohorts without names; a health worker measures and
# screens, and neither prescribes nor answers referrals.
PERMISSIONS: Mapping[str, frozenset[Role]] = {
    PUBLIC: ALL,
    SELF: ALL,
    "home.read": ALL,
    "guidelines.read": ALL,
    "worklist.read": CARE,
    "person.read": CARE,
    "person.write": CARE,
    "visit.write": CARE,
    "fracture.write": CARE,
    "treatment.write": CLINICIANS,
    "plan.read": CARE,
    "plan.write": CLINICIANS,
    "referral.read": CARE,
    "referral.send": CARE,
    "referral.answer": CLINICIANS,
    "document.read": CARE,
    "cohort.read": RESEARCH,
    "cohort.write": RESEARCH,
    "settings.read": ALL,
    "clinic.write": ADMINISTRATORS,
    "users.write": ADMINISTRATORS,
    "backup.write": ADMINISTRATORS,
    "audit.read": ADMINISTRATORS,
}


def may(account: Account | None, permission: str) -> bool:
    """Whether the account may do it; nobody (None) may only do what is public.

    Raises:
        KeyError: nobody declared such a permission.
    """
    roles = PERMISSIONS[permission]
    return permission == PUBLIC or (account is not None and account.role in roles)
