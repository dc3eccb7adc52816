"""Policy as pure functions: conditions, dates in force, working days."""
