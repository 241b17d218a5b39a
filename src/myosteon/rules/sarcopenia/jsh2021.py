"""JSH 2021: the Japan Society of Hepatology, for people with liver disease, second edition."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.rules.sarcopenia.jsh2016 import as_jsh2016

GUIDELINE = as_jsh2016(load_evidence("cutoffs", "jsh2021"))
