"""The form of a visit as data, and what is typed into it as values."""
