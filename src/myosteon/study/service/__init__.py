"""How a fracture liaison service does: its key figures over the people of a file."""
