"""A second reading of the contract, written apart from the program, to compare the program with."""
