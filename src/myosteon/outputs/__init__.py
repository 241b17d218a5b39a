"""Reads results and shows them; computes no medicine."""
