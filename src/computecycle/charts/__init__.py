"""One function a figure: tidy tables in, an Altair chart out."""
