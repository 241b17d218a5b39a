"""Cited numbers as data files, and what reads them."""
