"""The people told by hand, as steps in the order of the days on which they happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from myosteon.app.web.referral.form import LETTER
from myosteon.app.web.referral.reading import LANGUAGE, SIGNED
from myosteon.registry.database import Write
from myosteon.registry.fractures import FractureFields, add_fracture
from myosteon.registry.measured import Measured
from myosteon.registry.people import PersonFields, add_person
from myosteon.registry.referrals import read_referral, take_step, write_referral
from myosteon.registry.treatments import TreatmentFields, add_treatment, change_treatment, treatments_of
from myosteon.registry.visits import start_visit

Save = Callable[[Write], None]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that a clinic saved so many days ago."""

    days: int
    clinic: str
    save: Save


@dataclass(frozen=True, slots=True)
class Story:
    """One person; `clinics` are the identifiers by key, `signed` the clinician of each, `today` the day that days ago count from."""

    person: Mapping[str, Any]
    clinics: Mapping[str, str]
    signed: Mapping[str, str]
    today: date
    ids: dict[str, str]

    def happenings(self) -> Iterator[Happening]:
        """Registered first, then everything else, each on its day."""
        own = self.person["clinic"]
        steps = list(self._steps(own))
        first = max((one.days for one in steps), default=0)
        yield Happening(first, own, self._register)
        yield from steps

    def _steps(self, own: str) -> Iterator[Happening]:
        for fracture in self.person.get("fracture", ()):
            yield Happening(fracture["days"], own, self._fracture(fracture))
        for visit in self.person.get("visit", ()):
            yield Happening(visit["days"], own, self._visit(visit))
        for course in self.person.get("course", ()):
            given = course.get("given_days", [course.get("start_days")])
            yield from (
                Happening(days, own, self._dose(course, given[: n + 1])) for n, days in enumerate(given)
            )
        for referral in self.person.get("referral", ()):
            yield Happening(referral["days"], own, self._refer(referral))
            yield from (
                Happening(step["days"], referral["to"], self._answer(step))
                for step in referral.get("step", ())
            )

    def _register(self, write: Write) -> None:
        told = self.person
        fields = PersonFields(
            name=told["name"],
            sex=told.get("sex"),
            birth_date=told["born"],
            identifier=told["number"],
            telephone=told.get("telephone"),
            language=told.get("language"),
        )
        self.ids["person"] = add_person(write, self.clinics[told["clinic"]], fields)

    def _visit(self, told: Mapping[str, Any]) -> Save:
        measures = {name: Measured(value) for name, value in told["measures"].items()}

        def save(write: Write) -> None:
            clinic = self.clinics[self.person["clinic"]]
            state = told.get("state", "finished")
            start_visit(write, self.ids["person"], clinic, self._day(told["days"]), measures, state=state)

        return save

    def _fracture(self, told: Mapping[str, Any]) -> Save:
        def save(write: Write) -> None:
            fields = FractureFields(told["site"], day=self._day(told["days"]), low_trauma=True)
            add_fracture(write, self.ids["person"], fields)

        return save

    def _dose(self, course: Mapping[str, Any], given: list[int]) -> Save:
        """The course as it stands after the last of the doses given; one without doses has only its beginning."""

        def save(write: Write) -> None:
            dosed = "given_days" in course
            fields = TreatmentFields(
                course["drug"],
                course["dose"],
                self._day(given[0]),
                last_dose_date=self._day(given[-1]) if dosed else None,
                doses=len(given) if dosed else None,
            )
            if len(given) == 1:
                add_treatment(write, self.ids["person"], fields)
                return
            known = treatments_of(write.connection, self.ids["person"])[0]
            change_treatment(write, known.id, known.number, fields)

        return save

    def _refer(self, told: Mapping[str, Any]) -> Save:
        def save(write: Write) -> None:
            own = self.person["clinic"]
            content = {LETTER: told["letter"].strip(), LANGUAGE: told["language"], SIGNED: self.signed[own]}
            self.ids["referral"] = write_referral(
                write,
                self.ids["person"],
                self.clinics[own],
                question=told["question"],
                to_organisation_id=self.clinics[told["to"]],
                content=content,
            )
            take_step(write, self.ids["referral"], 1, "sent")

        return save

    def _answer(self, told: Mapping[str, Any]) -> Save:
        def save(write: Write) -> None:
            known = read_referral(write.connection, self.ids["referral"])
            take_step(write, known.id, known.number, told["step"], text=told.get("text"))

        return save

    def _day(self, days: int) -> date:
        return self.today - timedelta(days=days)
