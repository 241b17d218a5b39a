"""An example of a plugin for Myosteon: one definition, its numbers in a data file, its logic in one module."""
