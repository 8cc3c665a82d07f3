"""The quantities of the chapter adoption_and_markets."""
