"""Falls: the STEADI pathway, the world guidelines of 2022, and the list of what goes with falls."""
