"""台账: the problems as a table."""
