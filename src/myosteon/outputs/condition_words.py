"""Says a condition of a recommendation to people: "65 or older and not on dialysis"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from myosteon.evidence.corpus_types import Record
from myosteon.logic.condition import Atom, Condition, Joined, Tree
from myosteon.outputs.condition_rows import flat, is_busy, ranges, words_together
from myosteon.outputs.condition_who import Who, who_of
from myosteon.outputs.recommendation_voice import DENIED, RecommendationVoice
from myosteon.outputs.wording.conditions import condition_words
from myosteon.outputs.wording.load import number
from myosteon.vocabulary.measures import load_measures

SIDES: Mapping[str, str] = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}
DENIED_WORDS: Mapping[str, str] = {
    **DENIED,
    "in": "not in",
    "not in": "in",
    "known": "unknown",
    "unknown": "known",
}


@dataclass(frozen=True, eq=False)
class ConditionWriter:
    """Says conditions in the language of a voice."""

    voice: RecommendationVoice

    def words(self, condition: Condition) -> str:
        """The condition as it was written, as one line without a full stop."""
        return self.voice.plain.outside(self.tree(condition.as_written))

    def applies(self, record: Record) -> str:
        """For whom a recommendation holds."""
        return self.words(record.applies)

    def excluded(self, record: Record) -> str:
        """Whom it excludes; empty where it excludes nobody."""
        return self.words(record.excluded) if record.excluded else ""

    def tree(self, tree: Tree) -> str:
        """A part of a condition."""
        who = who_of(tree)
        if who:
            return self._who(who)
        if isinstance(tree, Atom):
            return self._atom(tree)
        if tree.by == "not":
            return self._denied(tree.parts[0])
        parts = list(flat(tree))
        if tree.by == "or":
            return self._joined("or", [self._inside(part, "or") for part in words_together(parts)])
        return self._and(parts)

    def _and(self, parts: list[Tree]) -> str:
        """Whom it is about first, then what has to be the matter; a woman or a man is set off by a colon."""
        about = [part for part in parts if who_of(part)]
        who = who_of(Joined("and", tuple(about))) if about else None
        rest = [part for part in parts if part not in about] if who else parts
        subject = next((part for part in rest if not (who and who.sex) and self._is_subject(part)), None)
        if subject is not None and who:
            rest = [*about, *(part for part in rest if part is not subject)]
        elif subject is not None:
            rest = [part for part in rest if part is not subject]
        if not rest:
            return self._who(who) if who else self.tree(parts[0])
        if subject is not None or (who and who.sex):
            first = self.tree(subject) if subject is not None else self._who(who)  # type: ignore[arg-type]
            told = self.tree(rest[0]) if len(rest) == 1 else self._joined("and", self._all(rest))
            return self._say("joint.subject", who=first, text=told)
        first_of_all = [self._who(who)] if who else []
        return self._joined("and", [*first_of_all, *self._all(rest)])

    def _all(self, parts: Sequence[Tree]) -> list[str]:
        """Statements of a row joined by `and`; two limits of one number are one range."""
        said: list[str] = []
        for part, second in ranges(parts):
            said.append(self._range(part, second) if second else self._inside(part, "and"))
        return said

    def _is_subject(self, part: Tree) -> bool:
        """Whether a part says only whom a text is about: women past the menopause or men from 50."""
        return isinstance(part, Joined) and part.by == "or" and all(who_of(one) for one in part.parts)

    def _inside(self, part: Tree, by: str) -> str:
        """A part within a row; another row within it stands in brackets."""
        said = self.tree(part)
        if isinstance(part, Atom) or part.by == "not" or (part.by == "and" and who_of(part)):
            return said
        alone = part.by == "or" and len(list(words_together(list(flat(part))))) == 1
        return said if alone or part.by == by else self._say("joint.bracket", text=said)

    def _joined(self, by: str, said: Sequence[str]) -> str:
        said = list(dict.fromkeys(said))
        if len(said) == 1:
            return said[0]
        busy = any(is_busy(part, by) for part in said)
        if len(said) == 2:
            return self._say(f"joint.{by}_apart" if busy else f"joint.{by}", first=said[0], last=said[1])
        between = "semicolon" if busy else "and_comma" if by == "and" else "comma"
        first = self._say(f"joint.{between}").join(said[:-1])
        return self._say(f"joint.{by}_far" if busy else f"joint.{by}_each", first=first, last=said[-1])

    def _denied(self, part: Tree) -> str:
        if isinstance(part, Joined):
            if part.by == "not":
                return self.tree(part.parts[0])
            said = self._joined(part.by, [self._inside(one, part.by) for one in flat(part)])
            return self._say(f"joint.not_{part.by}", text=self._say("joint.bracket", text=said))
        if part.sign:
            return self.tree(replace(part, sign=DENIED_WORDS[part.sign]))
        if f"no.{part.name}" in condition_words():
            return self._say(f"no.{part.name}")
        return self._say("atom.no", name=self._yes(part.name))

    def _atom(self, atom: Atom) -> str:
        special = f"special.{_key(atom)}"
        if special in condition_words():
            return self._say(special)
        if atom.sign == "":
            return self._yes(atom.name)
        if atom.sign in ("known", "unknown"):
            return self._say(f"atom.{atom.sign}", name=self._name(atom.name))
        if isinstance(atom.value, int | float):
            return self._number(atom)
        return self._word(atom)

    def _yes(self, name: str) -> str:
        own = f"yes.{name}"
        return self._say("atom.yes", name=self._say(own) if own in condition_words() else self._name(name))

    def _number(self, atom: Atom) -> str:
        side = SIDES.get(atom.sign, "equal" if atom.sign == "==" else "other")
        own, limit = f"number.{atom.name}.{side}", self._limit(atom)
        if own in condition_words():
            return self._say(own, limit=limit)
        return self._say(f"atom.{side}", name=self._name(atom.name), limit=limit)

    def _range(self, low: Atom, high: Atom) -> str:
        sides = [self._say(f"side.{SIDES[one.sign]}", limit=self._limit(one)) for one in (low, high)]
        return self._say("atom.range", name=self._name(low.name), low=sides[0], high=sides[1])

    def _limit(self, atom: Atom) -> str:
        """A limit with its unit; as many decimals as were written."""
        assert isinstance(atom.value, int | float), atom
        measure, rule = load_measures().get(atom.name), self.voice.graph.rules.get(atom.name)
        unit = measure.unit if measure else rule.unit if rule else ""
        speech = self.voice.plain.speech
        spoken = speech.unit_of(atom.name, unit)
        if not spoken or spoken.startswith("{T"):
            return number(float(atom.value), 1 if "T" in spoken else 0, 4)
        whole = int(atom.value) if float(atom.value).is_integer() else float(atom.value)
        return speech.quantity(whole, spoken, typed=True)

    def _word(self, atom: Atom) -> str:
        values = atom.value if isinstance(atom.value, tuple) else (atom.value,)
        said = [self.voice.plain.value(atom.name, one, self.voice.graph) for one in values]
        value = self._joined("or", said)
        denied = atom.sign in ("!=", "not in")
        own = f"word.{atom.name}"
        if own in condition_words() and not denied:
            return self._say(own, value=value)
        return self._say(
            "atom.other_word" if denied else "atom.word", name=self._name(atom.name), value=value
        )

    def _name(self, name: str) -> str:
        own = f"name.{name}"
        return self._say(own) if own in condition_words() else self.voice.name(name)

    def _who(self, who: Who) -> str:
        word = f"{who.sex}_{who.menopause}" if who.menopause and who.sex else who.sex or who.menopause
        named, age = self._say(f"who.{word}") if word else "", self._age(who)
        if not (named and age):
            return named or age
        if not who.sex:
            return self._joined("and", [age, named])
        # "A woman of 65 or older", but "a woman over 65"; 65岁及以上女性, but 65岁及以上的绝经后女性.
        plain = len(who.ages) > 1 or who.ages[0][0] in (">=", "<=")
        if self.voice.language == "zh":
            plain = plain and not who.menopause
        return self._say("who.aged" if plain else "who.aged_of", who=named, age=age)

    def _age(self, who: Who) -> str:
        if not who.ages:
            return ""
        lows = [(sign, year) for sign, year in who.ages if sign in (">", ">=")]
        highs = [(sign, year) for sign, year in who.ages if sign in ("<", "<=")]
        if len(lows) == 1 and len(highs) == 1 and lows[0][0] == ">=":
            key = "at_least_below" if highs[0][0] == "<" else "at_least_at_most"
            return self._say(f"age.{key}", low=_year(lows[0][1]), high=_year(highs[0][1]))
        said = [
            self._say(f"age.{SIDES.get(sign, 'equal')}", low=_year(year), high=_year(year))
            for sign, year in who.ages
        ]
        return self._joined("and", said)

    def _say(self, key: str, **parts: object) -> str:
        text = condition_words()[key].in_language(self.voice.language)
        return text.format(**parts) if parts else text


def _key(atom: Atom) -> str:
    return f"{atom.name} {atom.sign}" + ("" if atom.value is None else f" {atom.value}")


def _year(year: float) -> str:
    return number(year, 0, 2)
