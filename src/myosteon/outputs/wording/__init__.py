"""The words of every output, in English and Chinese."""
