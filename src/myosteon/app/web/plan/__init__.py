"""The plan page: one plan as it is shown, kept as it was shown, and printed."""
