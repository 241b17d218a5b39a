"""Which measurements may be compared: those that one device made, as the rules compare scans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from myosteon.app.web.person.trend_types import Kind, Point
from myosteon.app.web.person.voice import Voice
from myosteon.history.change import DEVICE, MAKER


def device_of(visit: Mapping[str, object], measure: str, voice: Voice) -> str:
    """What made the measurement. Bone density: the machine where it is named, else its make, as the rules compare scans."""
    if measure == "grip_kg":
        device = visit.get("grip_device")
        return voice.word("grip_device", str(device)) if device else ""
    if not measure.startswith("bmd_"):
        return ""
    if visit.get(DEVICE):
        return str(visit[DEVICE]).strip().lower()
    return voice.word(MAKER, str(visit[MAKER])) if visit.get(MAKER) else ""


def comparable_points(points: Sequence[Point], kind: Kind) -> tuple[Point, ...]:
    """The points made by the same device as the last; of bone a machine that is not named is the same as none."""
    if not points or (kind == "bone" and not points[-1].device):
        return ()
    return tuple(point for point in points if point.device == points[-1].device)
