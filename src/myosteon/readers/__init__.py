"""The way in: files and frames of any kind become the canonical frame."""
