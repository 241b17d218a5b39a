"""Whatever is sent to the screens of a visit gets an answer with words, and what is stored stays within the contract."""

from __future__ import annotations

import random
import re

import pytest

from myosteon.app.web.form.load import load_form
from myosteon.app.web.form.questionnaires import load_questionnaires
from myosteon.frame import check_canonical
from myosteon.registry.frames import person_frame
from web.world import World

ODD = (
    *(
        "",
        "1e400",
        "inf",
        "-inf",
        "nan",
        "9" * 400,
        "９" * 60,
        "-",
        "+",
        "1.",
        "0x10",
        "1_000",
        "١٢",
        "½",
        "²",
        "1e-400",
    ),
    *(
        "true",
        "是",
        "'; drop table visit;--",
        "<b>",
        "%s{0}",
        "a" * 5000,
        "−",
        "1;2;3",
        "\r\n",
        "🙂",
        "\u202e12",
        "1,2,3",
        ".5",
    ),
    *("00012", "[…]", "2", "70", "yes", "no"),
)
SENT = 60


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_that_is_sent_is_a_fault_and_nothing_impossible_is_stored(world: World, seed: int) -> None:
    chance, browser = random.Random(seed), world.with_session("health_worker")
    screens = {f"steps/{step.id}": step.measures for step in load_form().steps.values()}
    screens |= {f"questions/{one.id}": one.measures for one in load_questionnaires().values()}
    tools = (
        "grip_left_1",
        "grip_right_2",
        "gait_time_s",
        "grip_posture",
        "grip.unit",
        "grip.keep",
        "go",
        "reason",
    )
    for _ in range(SENT):
        screen = chance.choice(list(screens))
        own = [measure.name for measure in screens[screen]]
        names = [*chance.sample(own, min(5, len(own))), *chance.sample(tools, 3)]
        form = {name: chance.choice(ODD) for name in names}
        form |= {
            f"{name}.unit": chance.choice(("[in_i]", "N", "m", "kg", "x"))
            for name in names
            if chance.random() < 0.2
        }
        form |= {f"{name}.keep": "keep" for name in names if chance.random() < 0.3}
        page = browser.get(world.path(f"/visits/{{visit}}/{screen}"))
        seen = re.search(r'name="seen" value="(\d+)"', page.text)
        assert seen is not None
        kind, _, id = screen.partition("/")
        live = {"step" if kind == "steps" else "questionnaire": id}
        told = browser.post(
            world.path("/visits/{visit}/live"), {**form, **live}, headers={"Accept": "application/json"}
        )
        assert told.status_code == 200, (screen, form)
        answer = browser.post(world.path(f"/visits/{{visit}}/{screen}"), {**form, "seen": seen[1]})
        assert answer.status_code in (303, 422), (screen, form)
    with world.database.read() as connection:
        check_canonical(person_frame(connection, world.things["village"]["person"]))
    assert browser.get(world.path("/visits/{visit}/check")).status_code == 200
