"""The person page: what the rules said of one person over time, as a view, and its drawings."""
