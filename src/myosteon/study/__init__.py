"""Studies of a cohort: what can be said of many people together, never of one."""
