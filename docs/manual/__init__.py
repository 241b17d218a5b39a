"""Makes the pages of the manual, one module a page."""
