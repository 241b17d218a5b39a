"""Where all rooms meet: the command line."""
