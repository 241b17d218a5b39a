"""Medicines by class and by name, for reading a list of what somebody takes."""
