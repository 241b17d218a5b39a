"""Makes the tables of a registry, and changes them from one version of the program to the next."""
