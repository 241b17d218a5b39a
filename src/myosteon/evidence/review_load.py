"""Reads `evidence/care/review.toml`, the safety review; refuses a step or finding without a source, and words that nobody knows."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, get_args

from myosteon.errors import EvidenceError
from myosteon.evidence.guidance_load import load_interactions
from myosteon.evidence.guidance_rows import GuidanceRows, Table
from myosteon.evidence.review_types import MustSee, Review, ReviewFinding, ReviewStep, Severity

REVIEW_FILE = "review.toml"
CITED = {"paper", "where", "status", "read_in"}
DRUG_KEYS = {"id", "classes"}
STEP_KEYS = {"id", "title", "question", "must_have_seen", "guards", *CITED}
FINDING_KEYS = {"id", "step", "when", "severity", "blocks", "text", "sources", *CITED}
SEEN_KEYS = {"any", "when"}
GROUP_KEYS = {"id", "drugs"}


@cache
def load_review() -> Review:
    """The built-in safety review.

    Raises:
        EvidenceError: a row cannot be used; the message names file, row and key.
    """
    return read_review(files("myosteon.evidence") / "care" / REVIEW_FILE)


def read_review(file: Traversable) -> Review:
    """The safety review of one file; errors as for `load_review`."""
    return _ReviewFile(file).read()


class _ReviewFile(GuidanceRows):
    """The rows of the file, each turned into its shape."""

    def __init__(self, file: Traversable) -> None:
        super().__init__(file)
        self._classes = dict(self.rows("drug", self._drug))
        self._groups = dict(self.rows("group", self._group))

    def read(self) -> Review:
        """The whole review."""
        findings: dict[str, list[ReviewFinding]] = {}
        for step, finding in self.rows("finding", self._finding):
            findings.setdefault(step, []).append(finding)
        bare = self.rows("step", lambda row, name: self._step(row, name, findings))
        if not bare:
            raise EvidenceError(f"{self.name}: there is no step")
        ids = [step.id for step in bare]
        for step in findings.keys() - set(ids):
            raise EvidenceError(f"{self.name}: a finding belongs to the step {step}, which there is not")
        for id in set(ids) & {one.id for found in findings.values() for one in found}:
            raise EvidenceError(f"{self.name}: a step and a finding are both called {id}")
        return Review(bare, self._classes, load_interactions())

    def _drug(self, row: Table, name: str) -> tuple[str, tuple[str, ...]]:
        self.check_keys(row, DRUG_KEYS, name)
        classes = tuple(self.medicine_class(one, name) for one in row.get("classes", ()))
        return self.text(row, "id", name), classes

    def _group(self, row: Table, name: str) -> tuple[str, tuple[str, ...]]:
        self.check_keys(row, GROUP_KEYS, name)
        return self.text(row, "id", name), self._known_drugs(row.get("drugs", ()), name)

    def _step(self, row: Table, name: str, findings: dict[str, list[ReviewFinding]]) -> ReviewStep:
        self.check_keys(row, STEP_KEYS, name)
        id = self.text(row, "id", name)
        return ReviewStep(
            id=id,
            title=self.label(row, "title", name),
            question=self.label(row, "question", name),
            must_have_seen=tuple(self._seen(one, name) for one in row.get("must_have_seen", ())),
            guards=self._drugs(row.get("guards", ()), name),
            findings=tuple(findings.get(id, ())),
            source=self.source(row),
        )

    def _seen(self, given: Any, name: str) -> MustSee:
        if isinstance(given, str):
            return MustSee((given,))
        self.check_keys(given, SEEN_KEYS, name)
        if not given.get("any"):
            raise EvidenceError(f"{self.name}: {name} must see nothing in one place of its list")
        return MustSee(tuple(given["any"]), given.get("when", ""))

    def _finding(self, row: Table, name: str) -> tuple[str, ReviewFinding]:
        self.check_keys(row, FINDING_KEYS, name)
        severity = self.one_of(row, "severity", get_args(Severity), name)
        blocks = self._drugs(row.get("blocks", ()), name)
        if blocks and severity != "stop":
            raise EvidenceError(f"{self.name}: {name} bars drugs, and is no stop")
        finding = ReviewFinding(
            id=self.text(row, "id", name),
            when=self.text(row, "when", name),
            severity=severity,
            text=self.label(row, "text", name),
            sources=self.sources(row, name),
            blocks=blocks,
        )
        return self.text(row, "step", name), finding

    def _drugs(self, words: list[str], name: str) -> tuple[str, ...]:
        """Drugs and groups of drugs, each drug once."""
        found = [drug for word in words for drug in self._groups.get(word) or self._known_drugs([word], name)]
        return tuple(dict.fromkeys(found))

    def _known_drugs(self, words: list[str], name: str) -> tuple[str, ...]:
        for word in words:
            if word not in self._classes:
                raise EvidenceError(f"{self.name}: {name}: {word!r} is no drug or group of drugs")
        return tuple(words)
