"""The subject: tables in, tables and small results out. What chapters share, then a folder each."""
