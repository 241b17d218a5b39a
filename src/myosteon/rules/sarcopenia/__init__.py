"""One module a definition of sarcopenia."""
