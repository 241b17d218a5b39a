"""What stands open for people, worked out from the same lines and verdicts as everywhere, and the words of the worklist."""
