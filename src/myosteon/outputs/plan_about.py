"""Who a plan is for, in a line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from myosteon.engine.graph import Graph
from myosteon.outputs.plan_voice import PlanVoice


def say_about(values: Sequence[object], voice: PlanVoice, graph: Graph) -> str:
    """Who the plan is for, in a line: sex, age, height and weight as far as they are known."""
    sex, age, height, weight = values
    words = {"female": "title.woman", "male": "title.man"}
    parts = [voice.say(words.get(str(sex), "title.sex_unknown"))]
    if isinstance(age, int | float):
        parts.append(voice.say("title.years", years=f"{age:g}"))
    else:
        parts.append(voice.say("title.age_unknown"))
    sizes = (("height_cm", height), ("weight_kg", weight))
    parts += [_size(voice, graph, name, value) for name, value in sizes if value is not None]
    return voice.say("title.about_join").join(parts)


@lru_cache(maxsize=8192)
def _size(voice: PlanVoice, graph: Graph, name: str, value: object) -> str:
    return voice.value(name, value, graph)
