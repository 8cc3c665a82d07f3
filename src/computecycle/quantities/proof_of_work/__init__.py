"""The quantities of the chapter proof_of_work."""
