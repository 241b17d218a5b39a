"""The guidelines pages: the list of definitions, one of them, two side by side."""
