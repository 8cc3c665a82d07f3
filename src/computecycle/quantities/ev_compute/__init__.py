"""The quantities of the chapter ev_compute."""
