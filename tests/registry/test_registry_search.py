"""The search forgives: parts, pinyin, initials, other orders, one slip; and it never finds people of another clinic."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myosteon.registry.database import PROGRAM, Actor, Database
from myosteon.registry.one_slip import is_one_slip
from myosteon.registry.people import PersonFields, add_person, correct_person
from myosteon.registry.search import MOST_NEAR, find_people, keep_name_words, near_words

CHEN, LI, ZENG, LV, MARY, OUYANG = "陈桂英", "李娜", "曾小红", "吕翠兰", "Mary Ann O'Connor", "欧阳秀珍"
PEOPLE = {
    CHEN: PersonFields(CHEN, "female", date(1948, 3, 12), identifier="W-0007", telephone="138 0013 8000"),
    LI: PersonFields(LI, "female", birth_year=1950, identifier="W-0170"),
    ZENG: PersonFields(ZENG, birth_year=1948),
    LV: PersonFields(LV),
    MARY: PersonFields(MARY, birth_year=1939, identifier="K77/b"),
    OUYANG: PersonFields(OUYANG),
    "José Núñez": PersonFields("José Núñez"),
}


@pytest.fixture
def known(database: Database, village: Actor) -> dict[str, str]:
    """Identifier -> name."""
    with database.write(village) as write:
        return {add_person(write, str(village.organisation_id), one): name for name, one in PEOPLE.items()}


def names(
    database: Database, actor: Actor, known: dict[str, str], text: str, how: str | None = None
) -> list[str]:
    with database.read() as connection:
        found = find_people(connection, [str(actor.organisation_id)], text)
    return [known[one.person_id] for one in found if how in (None, one.how)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("陈桂英", CHEN),
        ("桂英", CHEN),
        ("陈", CHEN),
        ("chen guiying", CHEN),
        ("guiying chen", CHEN),
        ("ChenGuiYing", CHEN),
        ("chen gui ying", CHEN),
        ("cgy", CHEN),
        ("gui", CHEN),
        ("ｃｈｅｎ", CHEN),
        ("陈贵英", CHEN),
        ("w-0007", CHEN),
        ("0007", CHEN),
        ("w0007", CHEN),
        ("1948-03-12", CHEN),
        ("1948年3月12日", CHEN),
        ("13800138000", CHEN),
        ("chen 1948", CHEN),
        ("zeng", ZENG),
        ("zengxiaohong", ZENG),
        ("lv cuilan", LV),
        ("lu cuilan", LV),
        ("o'connor", MARY),
        ("connor mary", MARY),
        ("ann", MARY),
        ("k77b", MARY),
        ("K77/B", MARY),
        ("ouyang", OUYANG),
        ("oyxz", OUYANG),
        ("jose nunez", "José Núñez"),
    ],
)
def test_she_is_found_as_asked(
    database: Database, village: Actor, known: dict[str, str], text: str, name: str
) -> None:
    assert names(database, village, known, text, "asked")[:1] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("guiyng", CHEN),
        ("giuying", CHEN),
        ("guiyinh", CHEN),
        ("guiyying", CHEN),
        ("chenguiyang", CHEN),
        ("陈挂英", CHEN),
        ("陈桂花", CHEN),
        ("zenhg", ZENG),
        ("conor", MARY),
        ("cnonor", MARY),
        ("ouynag", OUYANG),
        ("chen guiyng", CHEN),
        ("guiyng 1948", CHEN),
    ],
)
def test_one_slip_is_forgiven(
    database: Database, village: Actor, known: dict[str, str], text: str, name: str
) -> None:
    assert name in names(database, village, known, text)


def test_two_slips_are_not_forgiven(database: Database, village: Actor, known: dict[str, str]) -> None:
    assert names(database, village, known, "gyuinig") == []


@pytest.mark.parametrize(
    "text", ["", "  ", "-", "%", "_", "'", "%%%%", "zzzz", "chen 1950", "陈 娜", "' OR 8=8 --"]
)
def test_nobody_is_found_where_nobody_fits(
    database: Database, village: Actor, known: dict[str, str], text: str
) -> None:
    assert names(database, village, known, text) == []


def test_whole_words_come_before_beginnings_and_those_before_parts(
    database: Database, village: Actor
) -> None:
    with database.write(village) as write:
        order = [
            add_person(write, str(village.organisation_id), PersonFields(name))
            for name in ("An Li", "Annabel Li", "Susann Lee")
        ]
    with database.read() as connection:
        found = find_people(connection, [str(village.organisation_id)], "an")
    assert [one.person_id for one in found] == order


def test_a_clinic_finds_its_own_people_only(
    database: Database, village: Actor, hospital: Actor, known: dict[str, str]
) -> None:
    assert names(database, hospital, known, "chen") == []
    assert names(database, hospital, known, "guiyng") == []
    with database.read() as connection:
        assert find_people(connection, [], "chen") == ()


def test_after_a_correction_the_new_name_is_found_and_the_old_is_not(
    database: Database, village: Actor, known: dict[str, str]
) -> None:
    chen = next(one for one, name in known.items() if name == CHEN)
    with database.write(village) as write:
        correct_person(write, chen, 1, PersonFields("张秀兰", identifier="W-0007"), "the card says so")
    assert names(database, village, known, "zhang xiulan") == [CHEN]
    assert names(database, village, known, "guiying") == []
    assert names(database, village, known, "guiyng") == []
    assert names(database, village, known, "xiulna") == [CHEN]


def test_no_more_are_given_than_asked(database: Database, village: Actor, known: dict[str, str]) -> None:
    with database.read() as connection:
        assert len(find_people(connection, [str(village.organisation_id)], "n", limit=2)) == 2


def distance(a: str, b: str) -> int:
    """Edits between two words, neighbours changed over counted as one: the table of the textbook."""
    rows = [[i + j if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            rows[i][j] = min(
                rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1])
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_a_slip_is_a_distance_of_one(first: str, second: str) -> None:
    assert is_one_slip(first, second) == (distance(first, second) == 1)


def test_no_word_that_differs_by_one_slip_is_missed(database: Database) -> None:
    """Every word of a few hundred is asked for with every slip, and compared with a look at all of them."""
    random = Random(20261120)
    words = {"".join(random.choices("abc", k=random.randint(4, 7))) for _ in range(250)}
    asked = {"".join(random.choices("abc", k=random.randint(4, 7))) for _ in range(150)}
    with database.write(PROGRAM) as write:
        keep_name_words(write.connection, words)
        keep_name_words(write.connection, words)
        for word in asked:
            wanted = sorted(one for one in words if distance(word, one) == 1)
            assert list(near_words(write.connection, word)) == wanted[:MOST_NEAR], word
