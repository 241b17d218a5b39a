"""What stands behind the pages of a visit: opening it, saving a screen of it, finishing it."""
