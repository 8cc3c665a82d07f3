"""What is known: tables as of a date, their checks and sources, numbers with their rows."""
