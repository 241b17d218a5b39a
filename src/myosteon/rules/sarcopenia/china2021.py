"""China 2021: the Chinese consensus for older people, with the tests, stages and cut-offs of AWGS 2019."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.rules.sarcopenia.awgs2019 import as_awgs2019

GUIDELINE = as_awgs2019(load_evidence("cutoffs", "china2021"))
