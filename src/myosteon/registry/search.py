"""A search that forgives: part of a name, pinyin or initials, another order of words, one slip in typing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, and_, case, delete, func, insert, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from myosteon.registry.name_words import Named, is_chinese, question_words, search_words, spellings
from myosteon.registry.one_slip import is_one_slip
from myosteon.registry.schema import name_word, person_search, person_word

MOST_WORDS = 6
MOST_NEAR = 60
# In a shorter word a slip makes another one.
SHORTEST = 4
# With as many found as asked, nobody is looked for under a name like it.
ENOUGH = 5
# Above every letter, as text is sorted by its code.
LAST = "\U0010ffff"
# A match of a whole word, of a beginning, of a part, of another spelling, of all characters but one at an end, of a word like it.
# Whatever fits in one of the narrow ways fits in a wider one too.
WHOLE, BEGINNING, PART, SOUND, CLOSE, LIKE = range(6)
NARROW = (WHOLE, BEGINNING, CLOSE)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who was found, and how: as asked, or under words that differ from it by one slip."""

    person_id: str
    how: Literal["asked", "like"]


def find_people(
    connection: Connection, organisation_ids: Collection[str], text: str, limit: int = 20
) -> tuple[Found, ...]:
    """People of these clinics whom every word of `text` fits, the best first.

    A word may be a part of a name, Chinese or its pinyin or initials, a number of the clinic or part of it, a telephone, a
    year or day of birth. Where few are found, names that differ by one slip are added at the end.
    """
    words = question_words(text)[:MOST_WORDS]
    if not words or not organisation_ids:
        return ()
    place_of = func.instr if connection.dialect.name == sqlite.dialect.name else func.strpos
    fits = [_fits(place_of, word) for word in words]
    found = [Found(one, "asked") for one in _matching(connection, organisation_ids, fits, limit)]
    if len(found) >= min(ENOUGH, limit):
        return tuple(found)
    like = [_like(connection, place_of, word) for word in words]
    if any(like):
        known = {one.person_id for one in found}
        wider = [[*own, *nearly] for own, nearly in zip(fits, like, strict=True)]
        if len(words) == 1:
            wider = like
        more = _matching(connection, organisation_ids, wider, limit)
        found += [Found(one, "like") for one in more if one not in known]
    return tuple(found[:limit])


def near_words(connection: Connection, word: str) -> tuple[str, ...]:
    """Words of names that differ from `word` by one slip: a letter wrong, too many, missing, or two changed over."""
    if not word.isascii() or not word.isalpha() or len(word) < SHORTEST:
        return ()
    # A slip leaves the first half or the second as it is; one that changes over the middle leaves all but its edges.
    half = len(word) // 2
    head, tail = word[: half - 1], word[half + 1 :][::-1]
    lengths = range(len(word) - 1, len(word) + 2)
    asked = select(name_word.c.word).where(
        name_word.c.length.in_(lengths),
        or_(_begins(name_word.c.word, word[:half]), _begins(name_word.c.backwards, word[half:][::-1])),
    )
    swapped = select(name_word.c.word).where(
        name_word.c.length == len(word), _begins(name_word.c.word, head), _begins(name_word.c.backwards, tail)
    )
    rows = connection.execute(asked.union(swapped))
    return tuple(sorted(row.word for row in rows if is_one_slip(word, row.word)))[:MOST_NEAR]


def _begins(column: Any, start: str) -> Any:
    return and_(column >= start, column < start + LAST)


def _fits(place_of: Any, word: str) -> list[tuple[Any, int]]:
    """What may fit a word of the question, the best first."""
    text, (own, *sounds) = person_search.c.text, spellings(word)
    return [
        (place_of(text, f" {own} ") > 0, WHOLE),
        (place_of(text, f" {own}") > 0, BEGINNING),
        (place_of(text, own) > 0, PART),
        *((place_of(text, one) > 0, SOUND) for one in sounds),
    ]


def _like(connection: Connection, place_of: Any, word: str) -> list[tuple[Any, int]]:
    """What fits a word that was mistyped: words of names like it, or all but one of its Chinese characters, best in order."""
    near = near_words(connection, word)
    if near:
        whose = select(person_word.c.person_id).where(person_word.c.word.in_(near))
        return [(person_search.c.person_id.in_(whose), LIKE)]
    if len(word) > 2 and is_chinese(word):
        text = person_search.c.text
        there = [case((place_of(text, sign) > 0, 1), else_=0) for sign in word]
        in_order = or_(place_of(text, word[1:]) > 0, place_of(text, word[:-1]) > 0)
        return [(in_order, CLOSE), (sum(there[1:], there[0]) >= len(word) - 1, LIKE)]
    return []


def _matching(
    connection: Connection,
    organisation_ids: Collection[str],
    words: list[list[tuple[Any, int]]],
    limit: int,
) -> list[str]:
    # A part is there wherever a whole word or a beginning is: those only say how well it fits.
    wanted = [or_(*(fits for fits, rank in ways if rank not in NARROW)) for ways in words]
    ranks = [case(*ways, else_=LIKE) for ways in words]
    asked = (
        select(person_search.c.person_id)
        .where(person_search.c.organisation_id.in_(list(organisation_ids)), *wanted)
        .order_by(sum(ranks, literal(0)), func.length(person_search.c.text), person_search.c.person_id)
        .limit(limit)
    )
    return [row.person_id for row in connection.execute(asked)]


def keep_words(connection: Connection, person_id: str, organisation_id: str, known: Named) -> None:
    """Keeps what a search looks through for a person, in place of what was kept."""
    own = person_search.c.person_id == person_id
    before = connection.execute(select(person_search.c.text).where(own)).scalar()
    if before is not None:
        whose = (person_word.c.person_id == person_id) & person_word.c.word.in_(before.split())
        connection.execute(delete(person_word).where(whose))
        connection.execute(delete(person_search).where(own))
    text, words = search_words(known)
    connection.execute(
        insert(person_search).values(person_id=person_id, organisation_id=organisation_id, text=text)
    )
    if words:
        rows = [{"word": word, "person_id": person_id} for word in words]
        connection.execute(insert(person_word), rows)
        keep_name_words(connection, words)


def keep_name_words(connection: Connection, words: Iterable[str]) -> None:
    """Adds the words that are not known yet."""
    rows = [{"word": word, "backwards": word[::-1], "length": len(word)} for word in dict.fromkeys(words)]
    if rows:
        dialect = postgresql if connection.dialect.name == postgresql.dialect.name else sqlite
        connection.execute(dialect.insert(name_word).on_conflict_do_nothing(), rows)
