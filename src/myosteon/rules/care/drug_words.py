"""Bone drugs by class, as the rules about them speak of them; the words are those of the measure `drug`."""

from __future__ import annotations

NONE = "none"
DENOSUMAB = "denosumab"
ZOLEDRONATE = "zoledronate"
TERIPARATIDE = "teriparatide"
ABALOPARATIDE = "abaloparatide"
ROMOSOZUMAB = "romosozumab"
ORAL_BISPHOSPHONATES = ("alendronate", "risedronate", "ibandronate")
BISPHOSPHONATES = (*ORAL_BISPHOSPHONATES, ZOLEDRONATE)
BONE_BUILDERS = (TERIPARATIDE, ABALOPARATIDE, ROMOSOZUMAB)
# Drugs whose effect is lost once they stop, so that they have no holiday.
WITHOUT_HOLIDAY = (DENOSUMAB, *BONE_BUILDERS, "raloxifene", "hormone_therapy")
# What may follow denosumab; no other drug holds the bone that it gained.
HOLDS_AFTER_DENOSUMAB = (*BISPHOSPHONATES, ROMOSOZUMAB)
ALL_DRUGS = (*BISPHOSPHONATES, *WITHOUT_HOLIDAY, "calcitonin", "strontium")
