"""The quantities of the chapter cloud."""
