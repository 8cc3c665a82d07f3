"""The quantities of the chapter llm_scaling."""
