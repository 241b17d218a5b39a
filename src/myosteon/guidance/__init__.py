"""What guidelines say for one person: the state of each recommendation, and the verdict on each question."""
