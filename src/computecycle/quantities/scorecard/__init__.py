"""The quantities of the chapter scorecard."""
