"""Rules of care: gates before drugs, lines of a plan, doses and dates. Conditions, texts and sources stand in evidence."""
