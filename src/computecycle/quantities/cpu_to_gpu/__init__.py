"""The quantities of the chapter cpu_to_gpu."""
