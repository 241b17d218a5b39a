"""Words the rows of the worklist in one language, as of one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from string import Formatter
from typing import Any

from myosteon.app.web.days import write_day, write_short_day
from myosteon.app.web.standing.judge import StandingJudge
from myosteon.app.web.standing.lines import AGAIN, SCREENED, URGENT
from myosteon.app.web.standing.rows import UNREADABLE
from myosteon.app.web.wording import say
from myosteon.evidence.types import Language
from myosteon.outputs.plan_line_maker import LineMaker
from myosteon.outputs.plan_types import PlanLine
from myosteon.outputs.plan_voice import PlanVoice
from myosteon.outputs.wording.load import number
from myosteon.registry.age import age_on
from myosteon.registry.people import Person
from myosteon.registry.standing import Standing

MOST_DECIMALS = 1
WEEK = 7


@dataclass(frozen=True, slots=True)
class When:
    """When something is due: how it looks, its sign, its words."""

    look: str
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Act:
    """The next step: the wording key of its name, and where it leads below the person's address."""

    key: str
    path: str


@dataclass(frozen=True, slots=True)
class Told:
    """A row in words."""

    when: When
    what: str
    act: Act


@dataclass(frozen=True, slots=True)
class WorklistVoice:
    """Words rows for the people of a clinic; `judge` is that of the clinic and the day."""

    judge: StandingJudge
    language: Language

    @property
    def day(self) -> date:
        """The day as of which is told what is late."""
        return self.judge.day

    def say(self, key: str, **parts: object) -> str:
        """A text of the worklist."""
        return say(f"worklist.{key}", self.language, **parts)

    def tell(self, standing: Standing) -> Told:
        """A row in words."""
        if standing.urgency == SCREENED:
            return Told(
                self._since(standing.due_on), self._screened(standing.content), Act("decide", "/next-step")
            )
        if standing.urgency == AGAIN:
            return Told(self._when(standing), self._lines(standing), Act("visit", "/visits/new"))
        return Told(self._when(standing), self._lines(standing), self._act(standing))

    def name(self, standing: Standing) -> str:
        """What it is about, in a word or two."""
        if standing.urgency == SCREENED:
            return self.say(f"test.{standing.content['screens'][0]['column']}")
        kept = standing.content.get("lines", [])
        maker = _makers(self.judge, self.language).get(kept[0]["id"]) if kept else None
        return maker.make(kept[0]["values"]).heading if maker else ""

    def days(self, days: int) -> str:
        """How long something has stood."""
        if days < 1:
            return self.say("tag.today")
        return self.say("tag.one_day") if days == 1 else self.say("tag.days", days=days)

    def _when(self, standing: Standing) -> When:
        urgent = standing.urgency <= URGENT
        due = standing.due_on
        sign = "alarm" if urgent else "clock"
        if due is None:
            return When("urgent", sign, self.say("tag.now"))
        days = (self.day - due).days
        look = "urgent" if urgent else "caution" if days >= 0 or standing.urgency < AGAIN else "quiet"
        if days == 0:
            return When(look, sign, self.say("tag.today"))
        if days < -WEEK:
            return When(look, sign, write_short_day(due, self.language))
        if days < 0:
            return When(look, sign, self._weekday(due))
        text = self.say("tag.late_one") if days == 1 else self.say("tag.late", days=days)
        return When(look, sign, text)

    def _weekday(self, due: date) -> str:
        month = say(f"month.short{due.month}", self.language)
        weekday = self.say(f"weekday.d{due.isoweekday()}")
        return self.say("tag.day", weekday=weekday, day=due.day, month=month)

    def _since(self, seen: date | None) -> When:
        if seen is None:
            return When("unknown", "question", self.say("tag.undated"))
        return When("unknown", "question", self.days((self.day - seen).days))

    def _lines(self, standing: Standing) -> str:
        """The first line with its reason, and how many more there are; of a day the numbers of which would be old by now: the day."""
        kept = standing.content.get("lines", [])
        texts = [self._line(kept[0], standing)] if kept else []
        if len(kept) == 2:
            texts.append(self.say("also_one"))
        elif len(kept) > 2:
            texts.append(self.say("also", count=len(kept) - 1))
        return self.say("join").join(texts)

    def _line(self, kept: Mapping[str, Any], standing: Standing) -> str:
        if kept["id"] == UNREADABLE:
            return self.say("unreadable")
        maker = _makers(self.judge, self.language).get(kept["id"])
        if maker is None:
            return self.say("unworded")
        made = maker.make(kept["values"])
        if kept.get("held_up"):
            return self.say("held_up", what=made.heading)
        if not isinstance(maker.line.due, str) or standing.due_on is None:
            reason = made.reason if standing.urgency <= URGENT else ""
            return self._sentences(made.action, reason)
        due = self.say("due", what=made.heading, day=write_day(standing.due_on, self.language))
        counted = any(name for _, name, _, _ in Formatter().parse(maker.line.action.en) if name)
        if standing.urgency <= URGENT and not counted:
            # The heading may be the drug that has to follow, and the reason speak of the one that was stopped: the action names both.
            return self._sentences(made.action, made.reason)
        return self._sentences(due, made.reason or ("" if counted else made.action))

    def _sentences(self, *texts: str) -> str:
        stop = "。" if self.language == "zh" else "."
        told = (text.strip() for text in texts if text.strip())
        ended = (text if text[-1] in ".。!?！？" else text + stop for text in told)
        return self.say("join").join(ended)

    def _act(self, standing: Standing) -> Act:
        kept = standing.content.get("lines", [])
        maker = _makers(self.judge, self.language).get(kept[0]["id"]) if kept else None
        if maker is None:
            return Act("open", "")
        if kept[0].get("held_up"):
            return Act("plan", "/plan")
        made: PlanLine = maker.make(kept[0]["values"])
        if made.status == "refer" or made.category == "referral":
            return Act("refer", "/referrals/new")
        is_dose = (
            isinstance(maker.line.due, str) and made.status == "do" and bool(maker.line.drug or made.dose)
        )
        return Act("dose" if is_dose else "plan", "/plan")

    def _screened(self, content: Mapping[str, Any]) -> str:
        first = content["screens"][0]
        test = self.say(f"test.{first['column']}")
        points = first.get("points")
        shown = "" if points is None else number(float(points), 0, MOST_DECIMALS)
        value = first.get("value")
        if isinstance(value, str) and points is not None:
            said = self.say("screen.word", test=test, points=shown, word=self.say(f"word.{value}"))
        elif points is not None:
            said = self.say("screen.positive", test=test, points=shown)
        else:
            said = self.say("screen.without_points", test=test)
        return self.say("join").join((said, self.say(f"screen.{content['about']}")))


def about_person(person: Person, day: date, language: Language) -> str:
    """woman, 78: sex and age on a day, as far as they are known."""
    known = person.fields
    sex = say(f"worklist.sex.{known.sex or 'unknown'}", language)
    age = age_on(day, known.birth_date, known.birth_year)
    return say(
        "worklist.about",
        language,
        sex=sex,
        age=say("worklist.sex.no_age", language) if age is None else int(age),
    )


def name_of(person: Person, language: Language) -> str:
    """The name; the clinic's number where there is none."""
    return person.fields.name or person.fields.identifier or say("worklist.sex.no_name", language)


@lru_cache(maxsize=16)
def _makers(judge: StandingJudge, language: Language) -> dict[str, LineMaker]:
    graph, voice = judge.assessor.graph, PlanVoice(language)
    return {line.id: LineMaker(line, graph, judge.clinic, voice, judge.day) for line in judge.lines}
