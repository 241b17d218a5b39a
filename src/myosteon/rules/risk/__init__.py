"""Risk algorithms as rules: fractures, falls, death. Numbers and what each is for stand in evidence."""
