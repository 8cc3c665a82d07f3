"""The Compute Cycle: a research report that is also software.

The floors, top first; a floor imports only floors below it:

cli         the `computecycle` command
site        what only Jupyter Book needs: roles, directives, pages, publishing
citing      what a reader may take away, and how it is found again
runs        the run of a chapter, the results that it leaves
ledger      what the sources state, recomputed and judged
notebook    what a chapter is and says: parameters, values, claims, figures
quantities  the subject: what chapters share, then a folder a chapter; tables in, tables out
charts      the look, then a file a chapter, a function a figure; tidy tables in, charts out
evidence    tables as of a date, their checks, numbers with their rows, a user's mistake

A chapter bears one name: `notebooks/cloud.ipynb`, `quantities/cloud/`, `charts/cloud.py`.
Only its notebook puts tables, quantities and charts together.
"""
