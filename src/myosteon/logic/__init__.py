"""Three-valued answers, formulas and rules."""
