"""The run of a chapter and the results that it leaves."""
