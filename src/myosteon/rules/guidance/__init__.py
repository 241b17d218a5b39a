"""The facts that guideline recommendations and the safety review of a plan ask for."""
