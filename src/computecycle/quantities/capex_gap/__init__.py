"""The quantities of the chapter capex_gap."""
