"""Orders the rules and runs them over a frame of any engine."""
